"""Policy is found by the words people use, told with its amounts, and looked for in the whole village."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.actions.desk import Desk
from app.actions.policy import policies
from app.domain.people.household import Household
from app.domain.people.person import Person
from app.domain.problem import UserError
from app.domain.rules import eligibility
from app.domain.rules.eligibility import Kind
from app.store import Store
from tests.desks import Clock, desk_on
from tests.facts import household, id_number, person
from tests.policy import COUNTY


@pytest.fixture
def desk(store: Store) -> Desk:
    return desk_on(store, Clock(), COUNTY)


def asked(desk: Desk, query: str) -> list[str]:
    return [item.code for item in policies.items(desk, query)]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("老人 80 了有钱领吗", "GL"),
        ("八十了有没有钱领？", "GL"),
        ("吃低保", "DB"),
        ("爹娘管不了伢儿", "SW"),
        ("火化能减免吗", "BZ"),
        ("老年证坐车", "YD"),
        ("当过兵的补助", "JJ"),
        ("怕返贫", "FP"),
        ("伢儿没人管", "KT"),
        ("gl", "GL"),
        ("dibao", "DB"),
        ("ＤＢ", "DB"),
    ],
)
def test_a_spoken_question_finds_its_item_first(desk: Desk, query: str, first: str) -> None:
    assert asked(desk, query)[0] == first


def test_words_of_asking_alone_list_everything(desk: Desk) -> None:
    assert asked(desk, "有没有") == asked(desk, "") == [item.code for item in desk.pack.items()]


def test_what_nobody_pays_for_finds_nothing(desk: Desk) -> None:
    assert asked(desk, "火星") == []


def test_a_certificate_is_found_by_what_people_call_it_and_by_its_sound(desk: Desk) -> None:
    def found(query: str) -> list[str]:
        return [proof.code for proof in policies.proofs(desk, query)]

    assert found("要开死亡证明怎么办") == ["Z11"]
    assert found("swzm") == found("siwang") == ["Z11"]
    assert found("死亡") == ["Z11"]
    assert found("吃低保") == []
    assert len(found("")) == 20


def test_a_certificate_says_whom_to_ring_here(desk: Desk) -> None:
    found = policies.proof(desk, "Z05")
    assert found.office is not None
    assert (found.office.name, found.office.contacts[0].phone) == ("枫香派出所", "154-0000-3301")
    assert policies.proof(desk, "Z10").office is None
    with pytest.raises(UserError, match="县里的清单上没有"):
        policies.proof(desk, "Z99")


def test_what_another_office_decides_names_it(desk: Desk) -> None:
    refer = policies.answer(desk, "FP").refer
    assert refer is not None
    assert refer.name == "枫香镇农业农村办"
    assert policies.answer(desk, "GL").refer is None


def test_a_basis_of_another_county_is_not_told_here(desk: Desk) -> None:
    titles = [basis.title for basis in policies.answer(desk, "BZ").item.basis]
    assert any("湖南省" in title for title in titles)
    assert not any("澧县" in title or "益阳" in title for title in titles)


def test_an_answer_tells_the_amounts_of_this_place_only(desk: Desk) -> None:
    told = policies.answer(desk, "GL")
    assert [amount.words.split("：")[0] for amount in told.amounts] == ["80–89 岁", "90–99 岁", "100 岁以上"]


def test_an_item_the_county_has_not_sent_is_said_so(desk: Desk) -> None:
    with pytest.raises(UserError, match="还没发"):
        policies.answer(desk, "XX")


def village(desk: Desk) -> None:
    born = date(1940, 3, 4)
    elder = person(birth=born, id_number=id_number(born, 202), phone="")
    gone = replace(elder, id="01900000-0000-7000-8000-0000000000ff", household="h-gone", id_number=None)
    with desk.unit("roster") as unit:
        unit.save(household())
        unit.save(elder)
        unit.save(household(id="h-gone", door="9号", moved_out=True))
        unit.save(gone)


def test_candidates_are_what_each_household_would_be_told(desk: Desk) -> None:
    village(desk)
    for item in desk.pack.items():
        told = {
            (home.id, one.person)
            for home in desk.store.reading.each(Household)
            if not home.moved_out
            for one in eligibility.suggest(
                home, desk.store.reading.where(Person, household=home.id), desk.pack, desk.now
            )
            if one.item == item.code and one.verdict.kind is not Kind.NO
        }
        found = policies.candidates(desk, item.code)
        assert {(one.household, one.suggestion.person) for one in found} == told


def test_those_who_moved_away_are_no_candidates(desk: Desk) -> None:
    village(desk)
    assert {one.household for one in policies.candidates(desk, "GL")} == {household().id}
