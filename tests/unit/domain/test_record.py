"""A record survives the road to JSON and back, and two devices compare equal what means the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.domain.change import difference
from app.domain.checklists.checklist import Bundled, Checklist, Goer, Going, Paper, Place, Step, Want, Way
from app.domain.packs.service_item import Limit
from app.domain.people.person import BankAccount, Benefit, Disability, Life, Parent, ParentState, Person
from app.domain.record import Record, from_body, to_body
from app.domain.tickets.followup import FollowUp
from app.domain.tickets.ticket import Trip
from app.domain.visits.visit import Met
from tests.facts import household, person, ticket, visit

FULL = person(
    life=Life.AWAY,
    disabilities=(Disability(4, 3, "43990119380615102543", date(2030, 1, 1)),),
    parents=(Parent("father", ParentState.DEAD, date(2025, 3, 1)),),
    benefits=(Benefit("DB", date(2024, 1, 1), 51_500),),
    account=BankAccount("邮政储蓄", "9999990000000000", "蒋桂英"),
    tags=("独居",),
    severe_illness=False,
)
LIST = Checklist(
    id="c", village="439901101201", household="h", person="p", item="GE", item_name="孤儿基本生活费",
    called="蒋奶奶", code="K7M3P4", made_on=date(2026, 11, 20), pack="hunan 2026.11",
    steps=(
        Step("apply", "镇里交材料", "hall", Place("镇政府"), papers=(Paper("id", "证", "id_front", 1, 2),)),
    ),
)  # fmt: skip

WHOLE_LIST = replace(
    LIST,
    bundled=(Bundled("CH", "重度残疾人护理补贴", "领护理补贴", "child"),),
    goer=Goer(Going.AGENT, "蒋先生", "儿子", "son"),
    show_held=False,
    going_on=date(2026, 11, 23),
    call_on=date(2026, 11, 24),
    trips=(Trip(date(2026, 11, 21), "镇里", "没开门", "W09"),),
    steps=(
        Step(
            "apply", "镇里交材料", "hall",
            Place(
                "镇政府", building="便民服务中心", bus="7:20 村口上车", market="逢 3、8",
                route=(Way("bus", "村口坐车"), Way("walk", "往前走 50 步")),
            ),
            papers=(
                Paper(
                    "id", "证", "id_front", 1, 3, spec="没过期的", held=True, held_why="名册里有",
                    wanted_by=(Want("GE", 1, 1), Want("CH", 1, 2)),
                ),
                Paper(
                    "bill", "看病的单子", "hospital_bill", 1, may_follow=True,
                    owed_until=date(2026, 12, 4),
                ),
            ),
            items=("GE", "CH"), must_come="本人", limit=Limit(30), before=date(2026, 12, 31),
            done_on=date(2026, 11, 23), done=True, office="town", after=("police",),
        ),
    ),
)  # fmt: skip


@pytest.mark.parametrize(
    "record",
    [FULL, household(), visit(met=Met.HOME).answered("wage", {"fen": 1}), ticket(), LIST, WHOLE_LIST],
)
def test_every_record_comes_back_equal(record: Record) -> None:
    assert from_body(type(record), record.id, record.village, to_body(record)) == record


def test_a_list_kept_before_bundles_and_agents_still_opens_as_one_matter_she_goes_for_herself() -> None:
    body = to_body(LIST)
    new = {"bundled", "goer", "show_held", "going_on", "call_on", "trips"}
    old = {name: value for name, value in body.items() if name not in new}
    opened = from_body(Checklist, LIST.id, LIST.village, old)
    assert opened == LIST
    assert (opened.items, opened.goer.role, opened.goer.words) == (("GE",), Going.SELF, "")


def test_the_body_leaves_out_what_is_empty_and_keeps_what_was_answered_no() -> None:
    body = to_body(FULL)
    assert "note" not in body
    assert "id" not in body
    assert body["severe_illness"] is False


@pytest.mark.parametrize(
    "record",
    [
        household(group="", door=""),
        visit(visitors=()),
        FollowUp(id="f", village="v", household="", due_on=date(2026, 11, 27), why=""),
        ticket(trips=(Trip(date(2026, 11, 20), "", ""),)),
    ],
)
def test_what_must_be_given_but_was_left_empty_still_comes_back(record: Record) -> None:
    assert from_body(type(record), record.id, record.village, to_body(record)) == record


def test_spaces_and_composed_characters_make_no_difference() -> None:
    spelt = "e\u0301 "
    assert to_body(person(note=spelt)) == to_body(person(note="\u00e9"))


def test_a_field_this_release_does_not_know_is_no_obstacle() -> None:
    assert from_body(Person, FULL.id, FULL.village, {**to_body(FULL), "sunlight": "good"}) == FULL


def test_a_value_of_the_wrong_kind_is_refused() -> None:
    with pytest.raises((TypeError, ValueError)):
        from_body(Person, "p", "v", {**to_body(FULL), "name": 7})
    with pytest.raises(ValueError, match="missing"):
        from_body(Person, "p", "v", {})


def test_a_difference_names_each_field_with_old_and_new() -> None:
    moved = replace(FULL, phone="15400000001", tags=())
    assert difference(to_body(FULL), to_body(moved)) == {
        "phone": ("15400003013", "15400000001"),
        "tags": (["独居"], None),
    }
