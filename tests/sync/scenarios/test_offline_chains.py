"""Edits made one upon another without a network, and what the county makes of them whenever they come.

After the offline scenarios of ODK Central; docs/proof.md says which is which, and which do not apply.
"""

from __future__ import annotations

import pytest

from app.domain.change import Outcome
from sync.server import query
from sync.server.postgres import connect
from tests.sync.county import COUNTY, TEA, County
from tests.sync.desk import Desk
from tests.sync.test_cases import open_cases

A = Outcome.APPLIED


@pytest.fixture
def mine(county_server: County) -> Desk:
    return Desk(county_server)


@pytest.fixture
def theirs(county_server: County) -> Desk:
    return Desk(county_server, worker="田大山")


def shared(mine: Desk, theirs: Desk) -> str:
    """A household both have heard of."""
    house = mine.new(group="茶园组", door="3号")
    mine.sync()
    theirs.sync()
    return house


def test_edits_upon_edits_are_applied_in_their_order(mine: Desk, theirs: Desk) -> None:
    house = shared(mine, theirs)
    chain = [mine.edit(house, door=door) for door in ("4号", "5号", "6号")]
    mine.sync()
    theirs.sync()
    assert [mine.outcome(one) for one in chain] == [A, A, A]
    assert (theirs.sees(house) or {})["door"] == "6号"


def test_a_chain_that_begins_with_the_record_itself_goes_whole(mine: Desk, theirs: Desk) -> None:
    house = mine.new(group="茶园组", door="3号")
    chain = [mine.edit(house, door="4号"), mine.edit(house, note="有狗")]
    mine.sync()
    theirs.sync()
    assert [mine.outcome(one) for one in chain] == [A, A]
    assert theirs.sees(house) == {"group": "茶园组", "door": "4号", "note": "有狗"}


def test_a_chain_holds_after_the_record_went_on_elsewhere(mine: Desk, theirs: Desk) -> None:
    house = shared(mine, theirs)
    chain = [mine.edit(house, door=door) for door in ("4号", "5号")]
    theirs.edit(house, note="有狗")
    theirs.sync()
    mine.sync()
    assert [mine.outcome(one) for one in chain] == [A, A]
    assert mine.sees(house) == {"group": "茶园组", "door": "5号", "note": "有狗"}


def test_a_chain_holds_with_somebody_else_s_edits_between_its_links(mine: Desk, theirs: Desk) -> None:
    house = shared(mine, theirs)
    chain = []
    for number, door in enumerate(("4号", "5号", "6号")):
        theirs.edit(house, note=f"第{number}次")
        theirs.sync()
        chain.append(mine.edit(house, door=door))
        mine.sync()
    assert [mine.outcome(one) for one in chain] == [A, A, A]
    assert mine.sees(house) == {"group": "茶园组", "door": "6号", "note": "第2次"}


def test_the_links_of_a_chain_that_disagrees_are_one_question_with_the_last_word(
    mine: Desk, theirs: Desk
) -> None:
    house = shared(mine, theirs)
    theirs.edit(house, door="9号")
    theirs.sync()
    for door in ("4号", "5号"):
        mine.edit(house, door=door)
    mine.sync()
    (case,) = open_cases(mine)
    assert (case.base, case.theirs, case.mine) == ("3号", "9号", "5号")
    assert (mine.sees(house) or {})["door"] == "9号"


def test_a_link_whose_own_forerunner_is_missing_waits_for_nobody(
    mine: Desk, theirs: Desk, county_server: County
) -> None:
    house = shared(mine, theirs)
    first, second = mine.edit(house, door="4号"), mine.edit(house, door="5号")
    mine.ledger._outbox.pop(first.id)  # kept back on the way
    mine.sync()
    assert mine.outcome(second) is Outcome.CONFLICT
    (case,) = open_cases(mine)
    assert (case.base, case.theirs, case.mine) == ("4号", "3号", "5号")
    mine.ledger.save(first)
    mine.sync()
    assert mine.outcome(first) is A
    (case,) = open_cases(mine)
    assert (case.theirs, case.mine) == ("4号", "5号")
    with connect(county_server.database) as connection:
        (held,) = [one for one in query.bodies(connection, COUNTY, "household") if one.record == house]
    assert held.body["door"] == "4号"


def test_a_chain_sent_twice_is_there_once(mine: Desk, theirs: Desk) -> None:
    house = shared(mine, theirs)
    chain = [mine.edit(house, door=door) for door in ("4号", "5号")]
    mine.sync()
    theirs.sync()
    theirs.edit(house, door="6号")
    theirs.sync()
    mine.ledger.given.clear()  # every receipt was lost
    mine.sync()
    assert [mine.outcome(one) for one in chain] == [A, A]
    assert (mine.sees(house) or {})["door"] == "6号"
    assert open_cases(mine) == []


def test_a_worker_with_two_computers_disagrees_with_herself_as_two_people_do(
    mine: Desk, county_server: County
) -> None:
    house = mine.new(group="茶园组", door="3号")
    mine.sync()
    other = Desk(county_server, TEA)
    other.sync()
    other.edit(house, door="4号")
    mine.edit(house, door="5号")
    other.sync()
    mine.sync()
    (case,) = open_cases(mine)
    assert (case.theirs, case.mine) == ("4号", "5号")
