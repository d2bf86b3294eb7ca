"""What the clerk sends by command stands in the worker's window after the next sync, and comes back done."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.actions.desk import Desk
from app.actions.visits import visits
from app.domain.people.household import Household
from app.domain.people.person import Person
from app.domain.registers.clue import Clue
from app.domain.visits.task import VisitTask
from demo import job, stage
from demo.hand import Hand
from demo.village import story
from sync.server import query, running
from sync.server.__main__ import main
from sync.server.postgres import connect
from tests.desks import Clock

CAMPAIGN = "冬季取暖排查"


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> None:
    monkeypatch.setattr(running, "now", clock)


def clerk(play: stage.Stage, *arguments: object) -> None:
    command, *rest = map(str, arguments)
    assert main([command, *rest, "--database", play.database.url, "--county", stage.COUNTY]) == 0


def listed(play: stage.Stage, folder: Path) -> Path:
    """A list from a department about the grandmother and about somebody nobody knows."""
    with connect(play.database.url) as connection:
        people = query.bodies(connection, stage.COUNTY, Person.TYPE)
    number = next(one.body["id_number"] for one in people if one.body["name"] == story.GRANDMOTHER)
    file = folder / "县医保局 11 月大病.csv"
    rows = ["村,姓名,身份证号,线索,说明", f",{story.GRANDMOTHER},{number},重病,住院自付 38000 元"]
    rows.append(f"{stage.VILLAGE},欧阳小满,,失业,停缴社保两个月")
    file.write_text("\n".join(rows), encoding="utf-8-sig")
    return file


def test_clues_and_tasks_of_the_county_are_seen_and_begun(
    play: stage.Stage, hand: Hand, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    job.unlock(hand)
    clerk(play, "import-clues", listed(play, tmp_path))
    clerk(
        play, "dispatch", "--campaign", CAMPAIGN, "--purpose", "VP16", "--due", "2026-11-21",
        "--why", "看炭火、看煤气", "--village", stage.VILLAGE, "--class", "DB",
    )  # fmt: skip
    hand.click("同步")
    hand.click("现在上传")
    hand.wait_for(job.ALL_SENT)
    hand.program.window.go("clues")
    hand.settle()
    hand.picture("clues")
    hand.pick(story.GRANDMOTHER)
    hand.wait_for("县里发的：县医保局 11 月大病")
    hand.picture("clue")
    hand.click("去看一趟")
    hand.settle()
    hand.program.window.go("visits")
    hand.settle()
    hand.picture("plan")
    seen, poor, tasks = _held(hand)
    assert seen[story.GRANDMOTHER].visit
    assert seen["欧阳小满"].household == ""
    assert {one.campaign for one in tasks} == {CAMPAIGN}
    assert {one.household for one in tasks} == set(poor)
    hand.pick(f"{poor[tasks[0].household]}家")
    hand.wait_for(f"县里派的：{CAMPAIGN}。看炭火、看煤气")
    hand.picture("task")
    hand.click("去走访")
    drafts = _asked(hand, visits.drafts)
    begun = next(one.visit for one in drafts if one.household.id == tasks[0].household)
    assert (begun.purpose, begun.origin, begun.answers["campaign"]) == ("VP16", "campaign", CAMPAIGN)
    capsys.readouterr()
    clerk(play, "tasks")
    assert f"{CAMPAIGN}  全面排查" in capsys.readouterr().out


def _held(hand: Hand) -> tuple[dict[str, Clue], dict[str, str], list[VisitTask]]:
    """Clues by name, the heads of households on 低保 by household, and what the county asked for."""
    clues, homes, people, tasks = _asked(
        hand,
        lambda desk: tuple(
            list(desk.store.reading.each(kind)) for kind in (Clue, Household, Person, VisitTask)
        ),
    )
    names = {one.id: one.name for one in people}
    poor = {one.id: names[one.head] for one in homes if "DB" in one.classes}
    return {one.name: one for one in clues}, poor, tasks


def _asked(hand: Hand, work: Callable[[Desk], Any]) -> Any:
    heard: list[Any] = []
    hand.program.tasks.run(hand.program, work, heard.append)
    hand.settle()
    return heard[0]
