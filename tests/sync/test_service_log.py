"""The service's log says who, how much and how long, and never a word of what anybody wrote."""

from __future__ import annotations

import json
import logging

import pytest

from sync.server import handlers
from sync.server.logs import AsJson, Plain
from tests.sync.county import County
from tests.sync.desk import Desk
from tests.sync.served import ask

SECRETS = ("覃冬梅", "43990119550101002X", "15400001234", "999999000011", "墙裂了")


def test_no_value_of_any_field_is_ever_written_down(
    county_server: County, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    first, second = Desk(county_server), Desk(county_server, worker="田大明")
    record = first.new(name=SECRETS[0], id_number=SECRETS[1], phone=SECRETS[2], account=SECRETS[3])
    first.sync()
    second.sync()
    first.edit(record, name=SECRETS[4])
    second.edit(record, name=SECRETS[4] + "二")  # a conflict
    second.edit("no-such-record", note=SECRETS[4])  # quarantined
    first.sync()
    second.sync()
    ask(county_server.url, f"/v1/{SECRETS[0]}?q={SECRETS[1]}")
    ours = [record for record in caplog.records if not record.name.startswith("urllib3")]  # the asker's own
    said = [form.format(record) for record in ours for form in (Plain(), AsJson())]
    assert len(said) > 6
    assert not [line for line in said if any(secret in line for secret in SECRETS)]
    caplog.clear()


def test_an_error_is_logged_by_kind_and_place_without_its_text(
    county_server: County, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ValueError(f"a row that says {SECRETS[0]}")

    desk = Desk(county_server)
    monkeypatch.setattr(handlers, "exchange", broken)
    with pytest.raises(Exception, match="县里"):
        desk.sync()
    (line,) = [Plain().format(record) for record in caplog.records if record.levelno >= logging.ERROR]
    assert "ValueError in broken:" in line
    assert SECRETS[0] not in line
    caplog.clear()


def test_a_line_of_json_holds_the_facts_apart(
    county_server: County, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    desk = Desk(county_server)
    desk.new(group="茶园组", door="3号")
    desk.sync()
    lines = [json.loads(AsJson().format(record)) for record in caplog.records]
    line = next(one for one in lines if one.get("ops") == 1)
    assert line["device"] == desk.ledger.identity().device
    assert (line["level"], line["room"]) == ("info", "sync.server.exchanges")
    assert line["ms"] > 0
    assert line["at"].endswith("+00:00")


def test_a_traceback_is_its_kind_and_place(caplog: pytest.LogCaptureFixture) -> None:
    try:
        raise KeyError(SECRETS[0])
    except KeyError:
        logging.getLogger("sync.server").exception("something broke")
    (record,) = caplog.records
    for form in (Plain(), AsJson()):
        assert "KeyError in test_a_traceback" in form.format(record)
        assert SECRETS[0] not in form.format(record)
    caplog.clear()
