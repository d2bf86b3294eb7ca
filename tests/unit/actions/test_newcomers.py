"""A new household is entered whole or not at all, and nobody is entered twice unseen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.actions.desk import Desk
from app.actions.village import households
from app.actions.village.households import Duplicate, Newcomer
from app.domain.people.household import Household
from app.domain.people.identity import Sex
from app.domain.people.person import Person
from app.domain.problem import UserError
from app.store import Store
from tests.desks import Clock, desk_on
from tests.facts import GRANNY, HOME, household, id_number, person

BORN = date(1970, 8, 9)
NEW = Newcomer("老屋组", "12号", "覃先福", id_number(BORN, 113), phone="154-0000 3127")


@pytest.fixture
def desk(store: Store) -> Desk:
    desk = desk_on(store, Clock())
    with desk.unit("roster") as unit:
        unit.save(household())
        unit.save(person())
    return desk


def test_the_number_gives_birthday_and_sex(desk: Desk) -> None:
    made = households.create(desk, NEW)
    family = households.family(desk, made.id)
    assert family.title == "覃先福家"
    assert (family.members[0].birth, family.members[0].sex) == (BORN, Sex.MALE)
    assert family.household.phone == "15400003127"
    assert desk.store.finder.find("qxf").total == 1


def test_everything_missing_is_named_at_its_place(desk: Desk) -> None:
    with pytest.raises(UserError) as refused:
        households.create(desk, Newcomer("", "", "", "", phone="123"))
    assert [one.field for one in refused.value.problems] == ["group", "door", "name", "sex", "phone"]
    assert desk.store.reading.count(Household) == 1


def test_a_wrong_number_is_refused_with_the_part_to_read_again(desk: Desk) -> None:
    wrong = NEW.id_number[:-1] + ("1" if NEW.id_number[-1] != "1" else "2")
    with pytest.raises(UserError, match="最后一位对不上"):
        households.create(desk, replace(NEW, id_number=wrong))


def test_a_namesake_is_asked_about_and_may_be_another_person(desk: Desk) -> None:
    namesake = replace(NEW, name="蒋桂英", id_number=id_number(BORN, 114))
    with pytest.raises(Duplicate, match="茶园组 3号也有一位蒋桂英，82 岁。是同一个人吗") as refused:
        households.create(desk, namesake)
    assert (refused.value.person, refused.value.same_number) == (GRANNY, False)
    made = households.create(desk, namesake, another=True)
    assert households.family(desk, made.id).members[0].id_number == namesake.id_number


def test_the_same_number_is_never_kept_twice(desk: Desk) -> None:
    taken = replace(NEW, id_number=str(person().id_number))
    with pytest.raises(Duplicate, match="就是这个身份证号") as refused:
        households.create(desk, taken)
    assert refused.value.same_number
    made = households.create(desk, taken, another=True)
    other = households.family(desk, made.id).members[0]
    assert other.id_number is None
    assert "待核" in other.no_id_reason
    assert len(desk.store.reading.where(Person, id_number=taken.id_number)) == 1


def test_a_person_opens_her_family(desk: Desk) -> None:
    assert households.family(desk, GRANNY).household.id == HOME


def test_a_guardian_goes_for_the_child(desk: Desk) -> None:
    child = "01900000-0000-7000-8000-00000000000c"
    with desk.unit("roster") as unit:
        unit.save(person(id=child, name="何子航", relation="41", birth=date(2017, 9, 1), id_number=None))
    family = households.family(desk, HOME)
    assert family.errand_of(child) == (GRANNY, child)
    assert family.errand_of(GRANNY) == (GRANNY, "")


def test_looking_at_a_number_is_written_down(desk: Desk) -> None:
    assert households.reveal_number(desk, GRANNY) == person().id_number
    line = desk.store.audit.lines(GRANNY)[-1]
    assert (line.verb, line.actor) == ("reveal id_number", "w-xiang")
