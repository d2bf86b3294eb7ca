"""A family grows and its facts are put right at the table, without anybody standing there twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.actions.desk import Desk
from app.actions.village import members
from app.actions.village.members import Duplicate, MemberFacts
from app.domain.people.household import Household
from app.domain.people.identity import Sex
from app.domain.people.person import Disability, Life, Parent, ParentState, Person
from app.domain.problem import UserError
from app.store import Store
from tests.desks import Clock, desk_on
from tests.facts import GRANNY, HOME, id_number
from tests.ui.village import GRANDSON, NAMESAKE, furnish

BORN = date(2026, 11, 2)
BABY = MemberFacts("何子豪", "41", sex=Sex.MALE, birth=BORN)


@pytest.fixture
def desk(store: Store) -> Desk:
    return furnish(desk_on(store, Clock()))


def of_home(desk: Desk) -> tuple[Person, ...]:
    return desk.store.reading.where(Person, household=HOME)


def test_a_newborn_without_a_number_joins_the_family(desk: Desk) -> None:
    baby = members.add(desk, HOME, BABY)
    assert baby in of_home(desk)
    assert (baby.id_number, baby.no_id_reason, baby.age_on(desk.today)) == (None, "没带证，下次补", 0)
    assert [hit.title for hit in desk.store.finder.find("hezihao", kind="person").shown] == ["何子豪"]


def test_a_number_says_sex_and_birth_itself(desk: Desk) -> None:
    birth = date(1990, 5, 6)
    wife = members.add(desk, HOME, MemberFacts("周艳", "38", id_number(birth, 220), sex=Sex.MALE))
    assert (wife.sex, wife.birth) == (Sex.FEMALE, birth)


def test_whoever_is_here_already_is_asked_about(desk: Desk) -> None:
    with pytest.raises(Duplicate, match="何子航") as caught:
        members.add(desk, HOME, replace(BABY, name="何子航"))
    assert caught.value.person == GRANDSON
    assert len(of_home(desk)) == 2
    members.add(desk, HOME, replace(BABY, name="何子航"), another=True)
    assert len(of_home(desk)) == 3


def test_a_borrowed_number_stays_with_its_owner(desk: Desk) -> None:
    number = desk.store.reading.get(Person, NAMESAKE).id_number or ""
    facts = MemberFacts("蒋桂香", "34", number)
    with pytest.raises(Duplicate) as caught:
        members.add(desk, HOME, facts)
    assert caught.value.same_number
    assert members.add(desk, HOME, facts, another=True).id_number is None


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        (replace(BABY, name=" "), "name"),
        (replace(BABY, relation=""), "relation"),
        (replace(BABY, relation="02"), "relation"),
        (replace(BABY, relation="42"), "relation"),
        (replace(BABY, sex=Sex.UNKNOWN), "sex"),
        (replace(BABY, birth=None), "birth"),
        (replace(BABY, birth=date(2027, 1, 1)), "birth"),
        (replace(BABY, id_number="439901202611020010"), "id_number"),
        (replace(BABY, phone="154000"), "phone"),
    ],
)
def test_what_does_not_fit_is_said_at_its_place(desk: Desk, facts: MemberFacts, field: str) -> None:
    with pytest.raises(UserError) as caught:
        members.add(desk, HOME, facts)
    assert field in {one.field for one in caught.value.problems}
    assert len(of_home(desk)) == 2


def test_facts_go_through_the_form_unchanged(desk: Desk) -> None:
    for person in of_home(desk):
        assert members.amend(desk, person.id, members.facts_of(person)) == person


def test_an_illness_a_card_and_the_parents_are_put_right(desk: Desk) -> None:
    boy = desk.store.reading.get(Person, GRANDSON)
    card = Disability(5, 2, "", date(2030, 1, 1))
    father = Parent("father", ParentState.DEAD, date(2025, 10, 9), "何建平")
    facts = replace(
        members.facts_of(boy), illness="severe", disabilities=(card,), parents=(father,),
        school_stage="primary",
    )  # fmt: skip
    after = members.amend(desk, boy.id, facts)
    assert (after.severe_illness, after.chronic_illness) == (True, None)
    assert (after.disabilities, after.parents, after.school_stage) == ((card,), (father,), "primary")
    assert members.facts_of(after).illness == "severe"


def test_after_a_death_the_family_has_a_new_head(desk: Desk) -> None:
    granny = desk.store.reading.get(Person, GRANNY)
    members.amend(desk, GRANNY, replace(members.facts_of(granny), life=Life.DEAD))
    boy = desk.store.reading.get(Person, GRANDSON)
    members.amend(desk, GRANDSON, replace(members.facts_of(boy), relation="02"))
    assert desk.store.reading.get(Household, HOME).head == GRANDSON


def test_somebody_else_s_number_is_not_taken_over(desk: Desk) -> None:
    number = desk.store.reading.get(Person, NAMESAKE).id_number or ""
    granny = desk.store.reading.get(Person, GRANNY)
    with pytest.raises(UserError, match="这个身份证号是蒋桂英的") as caught:
        members.amend(desk, GRANNY, replace(members.facts_of(granny), id_number=number))
    assert caught.value.problems[0].field == "id_number"
    assert desk.store.reading.get(Person, GRANNY) == granny
