"""What one computer sends of the wrong kind keeps nobody from an answer, and uncovers and forges nothing."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from sync.client.enrol import enrol
from sync.client.http import Transport
from sync.server import doctor, running
from sync.server.__main__ import main
from sync.server.plain import plain
from sync.server.postgres import connect
from sync.server.typed import day, holds, moment
from tests.sync.county import AT, COUNTY, TEA, County
from tests.sync.desk import Desk

ASKED = {"campaign": "冬查", "purpose": "VP16", "asked_at": "2026-11-20T09:30:00+08:00", "asked_by": "county"}
WRONG = (
    ("clue", {"given_by": "x", "found_on": "三月", "step": "suspected"}),
    ("clue", {"given_by": "x", "found_on": "2026-02-30", "step": "suspected"}),
    ("visit_task", {**ASKED, "due_on": "年底"}),
    ("visit_task", {**ASKED, "due_on": "2026-12-20", "dropped": "也许"}),
    ("visit_task", {**ASKED, "due_on": "2026-12-20", "asked_at": "上午"}),
    ("household", {"moved_out": "也许"}),
)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "now", lambda: AT)


def run(here: County, *arguments: str) -> int:
    return main([*arguments, "--database", here.database])


def test_every_command_answers_whatever_stands_in_a_field(
    county_server: County, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = Desk(county_server)
    home = desk.new(door="1号")
    for kind, body in WRONG:
        desk.new(kind, **({} if kind == "household" else {"household": home}), **body)
    desk.new("visit", household=home, purpose="VP16", state="signed", started_at="2026-13-41T99:00:00+08:00")
    desk.sync()
    capsys.readouterr()
    run(county_server, "doctor")
    assert "没查成" not in capsys.readouterr().out
    assert run(county_server, "tasks", "--county", COUNTY) == 0
    told = capsys.readouterr().out
    assert "冬查  全面排查  没写哪天  茶园村：1 户，去了 0" in told
    assert "冬查  全面排查  2026-12-20 前  茶园村：2 户，去了 0" in told
    sent = ("--campaign", "春查", "--purpose", "VP16", "--due", "2027-01-20", "--all")
    assert run(county_server, "dispatch", "--county", COUNTY, *sent) == 0
    assert "派了 2 户" in capsys.readouterr().out
    assert run(county_server, "recall", "--county", COUNTY, "--campaign", "冬查") == 0
    assert "拿掉了 3 户" in capsys.readouterr().out


def test_a_day_and_a_moment_are_read_as_the_database_reads_them(county_database: str) -> None:
    days = ["2026-12-20", "2028-02-29", "2000-02-29", "2026-02-29", "1900-02-29", "2026-04-31", "0000-01-01"]
    moments = [f"{one}T09:30:00.5+08:00" for one in days] + ["2026-12-20T24:00:00Z", "2026-12-20", ""]
    question = (
        f"SELECT {day('%(w)s::text')}::text, {moment('%(w)s::text')} IS NOT NULL, {holds('%(w)s::text')}"
    )
    with psycopg.connect(county_database) as connection:
        found = [connection.execute(question.encode(), {"w": one}).fetchone() for one in (*days, *moments)]
        (said,) = [connection.execute(question.encode(), {"w": "true"}).fetchone()]
    assert [row and row[0] for row in found] == [*days[:3], *[None] * 12, "2026-12-20", None]
    assert [row and row[1] for row in found] == [*[False] * 7, *[True] * 3, *[False] * 7]
    assert said == (None, False, True)


def test_a_check_that_cannot_be_made_is_said_and_the_others_are_made(
    county_server: County, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(doctor, "FOUND", "('三月'::date)")
    with connect(county_server.database) as connection:
        words = [one.words for one in doctor.look(connection, AT)]
    assert any("「发下去的」没查成" in one for one in words)
    assert any("还没有一份验过的备份" in one for one in words)
    assert any("没有人管" in one for one in words)
    assert "a check was not made" in caplog.text
    caplog.clear()


def test_a_number_sent_as_a_number_is_covered_as_the_words_are(county_server: County, tmp_path: Path) -> None:
    desk = Desk(county_server)
    desk.new(
        "person", name="王秀英", id_number=439901195001013013, phone=15400001234, birth=19500101,
        account=6217000012345678, household="h",
    )  # fmt: skip
    desk.new("clue", household="h", people=3, found_on="2026-11-20")
    desk.sync()
    for kind in ("person", "clue"):
        out = ("--type", kind, "--format", "csv", "--out", str(tmp_path / kind))
        assert run(county_server, "export", "--county", COUNTY, *out) == 0
    told = (tmp_path / "person").read_text("utf-8-sig")
    assert not any(one in told for one in ("439901195001013013", "15400001234", "19500101", "6217"))
    assert "4399**********3013" in told
    assert ",3," in (tmp_path / "clue").read_text("utf-8-sig")


def test_the_name_of_a_computer_forges_no_line(
    county_server: County, capsys: pytest.CaptureFixture[str]
) -> None:
    name = "电脑\n01FORGED  田大山  村部电脑\x1b[2K\u202e"
    with Transport(county_server.url) as transport:
        enrol(transport, county_server.issue(TEA), name, at=AT)
    assert run(county_server, "devices", "--county", COUNTY) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert line.isprintable()
    with connect(county_server.database) as connection:
        (row,) = connection.execute("SELECT name FROM device").fetchall()
        assert row["name"] == plain(name), "no other program that reads it is deceived either"
        connection.execute("UPDATE device SET name = %s", (name,))  # enrolled with an earlier release
    assert run(county_server, "devices", "--county", COUNTY) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1
