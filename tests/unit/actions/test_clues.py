"""A clue is followed to its end: seen at the door before it is settled, and nothing of it is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.actions.desk import Desk
from app.actions.registers import clues
from app.actions.registers.clues import OPEN, SETTLED, Noted, Wanted
from app.actions.reports import reports
from app.actions.visits import visits
from app.domain.problem import UserError
from app.domain.registers.clue import Clue, Step
from app.domain.reports.period import year_of
from app.domain.visits.visit import Met, Visit
from app.store import Store
from tests.desks import Clock
from tests.facts import GRANNY, HOME, NOW
from tests.unit.actions.reporting import figures, village

SAID = Noted(NOW.date(), "neighbour", "illness", "她女儿住院花了好几万。", person=GRANNY, people=2)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(store: Store, clock: Clock) -> Desk:
    return village(store, clock)


def _seen(desk: Desk, clue: Clue) -> Visit:
    """The visit that checks it, signed."""
    visit = clues.check(desk, clue.id)
    visit = replace(visit, met=Met.ABSENT, again_on="2026-11-27")
    visits.keep(desk, visit)
    return visits.finish(desk, visit)


def test_a_clue_brings_the_household_of_its_person_along(desk: Desk) -> None:
    clue = clues.note(desk, SAID)
    assert (clue.household, clue.name, clue.step) == (HOME, "蒋桂英", Step.SUSPECTED)


def test_what_is_not_said_is_asked_for_beside_its_field(desk: Desk) -> None:
    with pytest.raises(UserError) as raised:
        clues.note(desk, Noted(NOW.date() + timedelta(days=1), "", "", " ", people=0))
    assert {one.field for one in raised.value.problems} == {
        "on",
        "source",
        "signal",
        "words",
        "who",
        "people",
    }


def test_nothing_is_concluded_before_somebody_went_to_see(desk: Desk) -> None:
    clue = clues.note(desk, SAID)
    with pytest.raises(UserError, match="先去看一趟"):
        clues.settle(desk, clue.id, "relief", covered=1)


def test_the_visit_is_a_check_from_a_clue_and_signing_it_marks_the_clue(desk: Desk) -> None:
    clue = clues.note(desk, SAID)
    visit = clues.check(desk, clue.id)
    assert (visit.purpose, visit.origin, visit.household) == ("VP05", "clue", HOME)
    assert clues.look(desk, clue.id).visiting
    assert clues.check(desk, clue.id).id == visit.id, "the one begun is gone on with"
    _seen(desk, clue)
    line = clues.look(desk, clue.id)
    assert not line.visiting
    assert (line.clue.step, line.clue.checked_on) == (Step.VERIFIED, NOW.date())


@pytest.mark.parametrize(
    ("conclusion", "covered", "why", "field"),
    [
        ("", 1, "", "conclusion"),
        ("relief", 0, "", "covered"),
        ("relief", 3, "", "covered"),
        ("none", 0, " ", "why"),
    ],
)
def test_a_conclusion_says_for_how_many_or_why_not(
    desk: Desk, conclusion: str, covered: int, why: str, field: str
) -> None:
    clue = clues.note(desk, SAID)
    _seen(desk, clue)
    with pytest.raises(UserError) as raised:
        clues.settle(desk, clue.id, conclusion, covered=covered, why=why)
    assert raised.value.problems[0].field == field


def test_a_settled_clue_is_only_read_and_stands_in_the_funnel(desk: Desk, clock: Clock) -> None:
    clue = clues.note(desk, SAID)
    _seen(desk, clue)
    clock.forward(days=9)
    clues.settle(desk, clue.id, "temporary", covered=2)
    with pytest.raises(UserError):
        clues.settle(desk, clue.id, "none", why="看错了")
    with pytest.raises(UserError), desk.unit("tamper") as unit:
        unit.save(replace(desk.store.reading.get(Clue, clue.id), covered=1))
    funnel, steps = reports.make(desk, "funnel", year_of(NOW.date())).tables
    line = figures(funnel, "重病")
    assert (line["线索"], line["核实了"], line["临时救助"], line["纳入人数"]) == (1, 1, 1, 2)
    assert line["平均多少天定下来"] == 9.0
    assert figures(steps, "精准施保")["线索"] == 1


def test_somebody_not_on_the_roll_is_enrolled_before_the_visit(desk: Desk) -> None:
    clue = clues.note(desk, replace(SAID, person="", name="外来的老王"))
    with pytest.raises(UserError, match="先建一户"):
        clues.check(desk, clue.id)
    clues.belongs_to(desk, clue.id, HOME)
    assert clues.check(desk, clue.id).household == HOME


def test_open_clues_stand_first_the_oldest_before(desk: Desk) -> None:
    late = clues.note(desk, SAID)
    early = clues.note(desk, replace(SAID, found_on=NOW.date() - timedelta(days=3)))
    done = clues.note(desk, replace(SAID, found_on=NOW.date() - timedelta(days=9)))
    _seen(desk, done)
    clues.settle(desk, done.id, "none", why="不符合条件。")
    assert [line.clue.id for line in clues.listing(desk)] == [early.id, late.id, done.id]


def test_a_clue_is_found_by_name_initials_words_and_what_is_known_of_it(desk: Desk) -> None:
    first = clues.note(desk, SAID)
    earlier = NOW.date() - timedelta(days=40)
    other = clues.note(desk, Noted(earlier, "grid", "elder", "屋里冇人管。", name="老王"))

    def found(**asked: object) -> list[str]:
        wanted = Wanted(**asked)  # type: ignore[arg-type]  # keyword facts of a test
        return [one.clue.id for one in clues.listing(desk, wanted)]

    for words in ("蒋桂英", "jgy", "住院"):
        assert found(words=words) == [first.id], words
    assert found(words="lw") == found(source="grid") == found(signal="elder") == [other.id]
    assert found(first=NOW.date()) == found(last=NOW.date(), words="jgy") == [first.id]
    assert found(last=earlier) == [other.id]
    assert found() == found(stand=OPEN) == [other.id, first.id]
    assert found(stand=SETTLED) == []
    assert clues.open_count(desk) == 2
