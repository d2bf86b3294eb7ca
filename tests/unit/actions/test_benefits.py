"""What was granted stands on the register, in the story and in a line of its own, all or nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.actions.desk import Desk
from app.actions.tickets import ticket_steps, tickets
from app.actions.village import benefits
from app.domain.papers.granted import grants
from app.domain.people.benefit_change import BenefitChange, Ending, Turn
from app.domain.people.household import Household
from app.domain.people.person import Person
from app.domain.problem import UserError
from app.domain.rules import eligibility
from app.domain.tickets.followup import FollowUp
from app.store import Store
from tests.desks import Clock, desk_on
from tests.facts import GRANNY, HOME, household, person
from tests.ui.village import furnish

GRANDSON = "01900000-0000-7000-8000-000000000005"
JULY = date(2026, 7, 1)


@pytest.fixture
def desk(store: Store) -> Desk:
    return furnish(desk_on(store, Clock()))


def home(desk: Desk) -> Household:
    return desk.store.reading.get(Household, HOME)


def members(desk: Desk) -> tuple[Person, ...]:
    return desk.store.reading.where(Person, household=HOME)


def test_low_income_relief_takes_in_the_whole_family(desk: Desk) -> None:
    benefits.grant(desk, HOME, "DB", since=JULY, monthly_fen=70_001)
    assert home(desk).classes == ("DB",)
    assert all(one.receives("DB") for one in members(desk))
    (told,) = grants(home(desk), members(desk), desk.pack, desk.today)
    assert (told.item, told.monthly_fen, told.since, told.who) == ("DB", 70_001, JULY, ())


def test_a_grant_to_one_person_leaves_the_others_alone(desk: Desk) -> None:
    benefits.grant(desk, HOME, "GE", people=(GRANDSON,), since=JULY)
    assert {one.id: one.receives("GE") for one in members(desk)} == {GRANNY: False, GRANDSON: True}
    assert home(desk).classes == ()


def test_what_is_granted_is_no_longer_proposed(desk: Desk) -> None:
    benefits.grant(desk, HOME, "DB", since=JULY)
    found = eligibility.suggest(home(desk), members(desk), desk.pack, desk.now)
    assert "DB" not in {one.item for one in found}


def test_the_ticket_s_story_tells_of_the_grant(desk: Desk) -> None:
    ticket = tickets.register(desk, request="屋里过不下去。", household=HOME, items=("DB",))
    assert benefits.begin(desk, HOME).ticket_for("DB") == (ticket.id, ticket.short_number)
    benefits.grant(desk, HOME, "DB", since=JULY, monthly_fen=52_000, ticket=ticket.id)
    last = ticket_steps.told_of(desk, ticket.id)[-1]
    assert (last.verb, last.note) == ("批下来了", "最低生活保障，2026年7月起，2 人，每月 520 元")
    calls = [one for one in desk.store.reading.where(FollowUp, ticket=ticket.id) if one.rule == "paid"]
    assert [one.why for one in calls] == ["问钱到账没有"]


def test_a_new_sum_takes_the_place_of_the_old_one_and_both_lines_stay(desk: Desk) -> None:
    benefits.grant(desk, HOME, "DB", since=JULY, monthly_fen=52_000)
    benefits.grant(desk, HOME, "DB", since=date(2026, 10, 1), monthly_fen=56_000)
    (told,) = grants(home(desk), members(desk), desk.pack, desk.today)
    assert (told.monthly_fen, told.since) == (56_000, date(2026, 10, 1))
    assert [one.monthly_fen for one in benefits.of_household(desk, HOME)] == [56_000, 52_000]


def test_what_ended_is_gone_from_the_register_with_its_reason_kept(desk: Desk) -> None:
    benefits.grant(desk, HOME, "DB", since=JULY)
    benefits.end(desk, HOME, "DB", on=date(2026, 11, 1), why=Ending.BETTER)
    assert home(desk).classes == ()
    assert not any(one.receives("DB") for one in members(desk))
    last = benefits.of_household(desk, HOME)[0]
    assert (last.turn, last.why, set(last.people)) == (Turn.ENDED, Ending.BETTER, {GRANNY, GRANDSON})


def test_two_that_exclude_each_other_are_not_both_written_down(desk: Desk) -> None:
    with desk.unit("特困") as unit:
        unit.save(household(classes=("TK",)))
    with pytest.raises(UserError, match=r"蒋桂英在领.*特困.*先把.*记成停了") as caught:
        benefits.grant(desk, HOME, "DB", since=JULY)
    assert caught.value.problems[0].field == "item"
    assert home(desk).classes == ("TK",)
    assert benefits.of_household(desk, HOME) == ()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"item": "", "since": JULY}, "item"),
        ({"item": "GE", "since": JULY}, "who"),
        ({"item": "DB", "since": None}, "since"),
        ({"item": "DB", "since": date(2062, 7, 1)}, "since"),
        ({"item": "DB", "since": JULY, "monthly_fen": 0}, "monthly"),
        ({"item": "DB", "since": JULY, "monthly_fen": 520_000_000}, "monthly"),
    ],
)
def test_what_is_missing_is_said_at_its_place(desk: Desk, given: dict[str, object], field: str) -> None:
    item = str(given.pop("item"))
    with pytest.raises(UserError) as caught:
        benefits.grant(desk, HOME, item, **given)  # type: ignore[arg-type]  # keyword facts of a test
    assert caught.value.problems[0].field == field
    assert benefits.of_household(desk, HOME) == ()


def test_an_ending_wants_a_reason_and_another_one_its_words(desk: Desk) -> None:
    benefits.grant(desk, HOME, "DB", since=JULY)
    for why, field in ((None, "why"), (Ending.OTHER, "words")):
        with pytest.raises(UserError) as caught:
            benefits.end(desk, HOME, "DB", on=desk.today, why=why)
        assert caught.value.problems[0].field == field


def test_the_dead_and_those_who_moved_are_not_granted_anything(desk: Desk) -> None:
    from app.domain.people.person import Life

    with desk.unit("moved") as unit:
        unit.save(replace(desk.store.reading.get(Person, GRANDSON), life=Life.MOVED))
    benefits.grant(desk, HOME, "DB", since=JULY)
    assert {one.id: one.receives("DB") for one in members(desk)} == {GRANNY: True, GRANDSON: False}


def test_a_line_once_written_stays_as_it_is(desk: Desk) -> None:
    made: BenefitChange = benefits.grant(desk, HOME, "DB", since=JULY)
    with pytest.raises(UserError, match="台账"), desk.unit("change") as unit:
        unit.save(replace(made, monthly_fen=1))
    assert person().name == "蒋桂英"
