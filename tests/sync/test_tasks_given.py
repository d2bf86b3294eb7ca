"""Campaigns: the county asks for visits, the villages have them at their next sync, and nothing twice."""

from __future__ import annotations

from datetime import datetime

import pytest

from sync.server import running
from sync.server.__main__ import main
from tests.sync.county import AT, BRIDGE, COUNTY, TEA, County
from tests.sync.desk import Desk

LATER = datetime.fromisoformat("2026-12-21T08:00:00+08:00")


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "now", lambda: AT)


def run(here: County, *arguments: str) -> int:
    return main([*arguments, "--database", here.database, "--county", COUNTY])


def dispatch(here: County, *more: str, name: str = "冬季大排查") -> int:
    asked = ("--campaign", name, "--purpose", "VP16", "--due", "2026-12-20", "--why", "看取暖")
    return run(here, "dispatch", *asked, *more)


def tasks(desk: Desk) -> dict[str, dict[str, object]]:
    desk.sync()
    return {str(row["household"]): dict(row) for row in desk.sees_all("visit_task").values()}


def test_a_campaign_reaches_the_households_meant_once(
    county_server: County, capsys: pytest.CaptureFixture[str]
) -> None:
    tea, bridge = Desk(county_server), Desk(county_server, BRIDGE, worker="杨桂英")
    poor, other = tea.new(classes=["DB"], group="a"), tea.new(group="b")
    tea.new(classes=["DB"], group="c", moved_out=True)
    across = bridge.new(village=BRIDGE, classes=["TK", "DB"], group="d")
    tea.sync()
    bridge.sync()
    assert dispatch(county_server, "--all", "--class", "DB", "--dry-run") == 0
    assert tasks(tea) == {}
    assert dispatch(county_server, "--all", "--class", "DB") == 0
    assert "派了 2 户" in capsys.readouterr().out
    assert list(tasks(tea)) == [poor]
    assert tasks(bridge)[across]["campaign"] == "冬季大排查"
    assert dispatch(county_server, "--village", TEA) == 0
    assert "派了 1 户，以前派过的 1 户没有动" in capsys.readouterr().out
    assert set(tasks(tea)) == {poor, other}


def test_who_has_been_seen_is_counted_and_who_has_not_is_called_off(
    county_server: County, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(county_server)
    seen, unseen = desk.new(group="a"), desk.new(group="b")
    desk.sync()
    assert dispatch(county_server, "--village", TEA) == 0
    desk.new("visit", household=seen, purpose="VP16", state="signed", started_at="2026-11-20T08:00:00+08:00")
    desk.new(
        "visit", household=unseen, purpose="VP16", state="signed", started_at="2026-11-19T23:00:00+08:00"
    )
    desk.sync()
    capsys.readouterr()
    monkeypatch.setattr(running, "now", lambda: LATER)
    assert run(county_server, "tasks") == 0
    assert "茶园村：2 户，去了 1，过期没去 1" in capsys.readouterr().out
    main(["doctor", "--database", county_server.database])
    assert "1 户派了走访，过了日子还没去" in capsys.readouterr().out
    assert run(county_server, "recall", "--campaign", "冬季大排查") == 0
    assert {home: row.get("dropped") for home, row in tasks(desk).items()} == {seen: False, unseen: True}
    assert run(county_server, "recall", "--campaign", "没有的") == 1


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--village", "439901101299"), "县里没有 439901101299"),
        (("--village", TEA, "--class", "XX"), "没有「XX」这类户"),
        (("--village", TEA, "--purpose", "VP99"), "没有「VP99」这种走访"),
        (("--village", TEA, "--due", "2026-11-19"), "已经过了"),
        (("--village", TEA), "一户也没选到"),
        (("--village", TEA, "--household", "nobody"), "nobody"),
    ],
)
def test_what_cannot_be_asked_for_is_said(
    county_server: County, capsys: pytest.CaptureFixture[str], more: tuple[str, ...], said: str
) -> None:
    assert dispatch(county_server, *more) == 1
    assert said in capsys.readouterr().err
