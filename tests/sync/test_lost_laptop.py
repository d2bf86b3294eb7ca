"""A laptop is lost and the clerk does what the page says: who is kept out, what of her work comes back."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.actions.entry.readmission import readmit
from app.paths import Paths
from sync.client.enrol import enrol
from sync.client.http import Transport
from sync.protocol.errors import REVOKED, Refused
from sync.server import alarms, devices, query, running
from sync.server.__main__ import main
from sync.server.postgres import connect
from tests.sync.county import AT, COUNTY, TEA, County
from tests.sync.test_restored_device import at_desk, back_up, put_back, sees, sync
from tests.unit.actions.backing import Laptop, laptop


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "now", lambda: AT)


def lost(county: County, *by: str) -> int:
    return main(["lost", "--database", county.database, *by])


def test_a_lost_laptop_is_stopped_and_her_work_goes_on_elsewhere(
    county_server: County, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    box = laptop(tmp_path, county_server.enrol().identity)
    _, sent = at_desk(box, "7号")
    sync(box, county_server)
    _, unsent = at_desk(box, "8号")
    backup = back_up(box, tmp_path / "stick")
    assert lost(county_server, "--county", COUNTY, "--worker", "向海燕") == 0
    out = capsys.readouterr().out
    assert "停用了：" in out
    assert out.index("从备份恢复") < out.index("用新码")
    with pytest.raises(Refused) as refused:
        sync(box, county_server)
    assert refused.value.refusal is REVOKED
    where = ("--database", county_server.database)
    assert main(["enrol", *where, "--village", TEA, "--worker", "向海燕"]) == 0
    code = capsys.readouterr().out.split()[1]
    new = Laptop(Paths(tmp_path / "new"), box.clock, box.opened, "")
    put_back(new, backup)
    desk = new.open()
    with Transport(county_server.url) as transport:
        told = enrol(transport, code, "村部电脑", at=AT)
    readmit(desk, told.identity, told.villages)
    desk.store.close()
    assert sync(new, county_server).waiting == 0
    assert sees(new) == ("8号", {sent, unsent}, 0)
    with connect(county_server.database) as connection:
        numbers = {row.body["number"] for row in query.bodies(connection, COUNTY, "ticket")}
    assert numbers == {sent, unsent}
    with pytest.raises(Refused):
        sync(box, county_server)


def test_of_several_computers_none_is_stopped_before_it_is_known_which(
    county_server: County, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = county_server.enrol().identity, county_server.enrol().identity
    by_name = ("--county", COUNTY, "--worker", "向海燕")
    assert lost(county_server, *by_name) == 1
    told = capsys.readouterr().err
    assert "有 2 台在用" in told
    assert first.device in told
    assert second.device in told
    with connect(county_server.database) as connection:
        assert not any(one.revoked_at for one in devices.every(connection, COUNTY))
    assert lost(county_server, "--worker", "向海燕") == 1
    assert "--county" in capsys.readouterr().err
    assert lost(county_server, "--device", first.device) == 0
    assert lost(county_server, *by_name) == 0, "now there is only one"
    assert lost(county_server, *by_name) == 1
    assert "没有在用的电脑" in capsys.readouterr().err


def test_of_several_alarms_each_is_looked_at_before_it_is_closed(
    county_server: County, capsys: pytest.CaptureFixture[str]
) -> None:
    close = ["alarm-close", "--database", county_server.database, "--county", COUNTY, "--kind", "fork"]
    with connect(county_server.database) as connection:
        for device in ("device-1", "device-2"):
            alarms.sound(connection, COUNTY, "fork", device, AT)
        assert main(close) == 1
        assert "device-1；device-2" in capsys.readouterr().err
        assert main([*close, "--subject", "device-1"]) == 0
        assert [one.subject for one in alarms.still_open(connection, COUNTY)] == ["device-2"]
        assert main(close) == 0
        assert alarms.still_open(connection, COUNTY) == ()
