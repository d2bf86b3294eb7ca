"""A clock set back or forward by years decides nothing: not what holds, not an order, not who gets in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.actions.desk import Desk
from app.actions.entry.gate import Gate, Locked
from app.actions.tickets import ticket_replies, ticket_views, tickets
from app.actions.tickets.ticket_steps import chain_of
from app.actions.village import households
from app.actions.visits import visits
from app.domain.ids import new_id
from app.domain.people.household import Household
from app.domain.tickets.ticket import Disposition, ReplyMode
from app.domain.visits.visit import Met
from app.paths import Paths
from app.store import Store
from app.vault.attempts import LONGEST_WAIT
from tests.desks import DEVICE, Clock
from tests.facts import GRANNY, HOME, NOW, household
from tests.faults.day import QUICK
from tests.faults.full_disk import KEY, village
from tests.store.agreement import assert_agrees

YEARS = (2026, 2009, 2038, 2001, 2026)
WORDS = "fengxiang guihua kaile"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = village(tmp_path / "s.db")
    yield desk
    desk.store.close()


def set_to(desk: Desk, year: int) -> None:
    assert isinstance(desk.clock, Clock)
    desk.clock.at = NOW.replace(year=year)


def test_the_last_that_was_typed_holds_and_is_told_in_the_order_it_was_typed(desk: Desk) -> None:
    for year in YEARS:
        set_to(desk, year)
        with desk.unit("edit") as unit:
            unit.save(household(note=f"{year} 年写的"))
    assert desk.store.reading.get(Household, HOME).note == f"{YEARS[-1]} 年写的"
    sent = [one.fields["note"][1] for one in desk.store.ledger.outgoing(10**7) if "note" in one.fields]
    assert sent == [f"{year} 年写的" for year in YEARS]
    assert desk.store.audit.broken_at() is None
    assert_agrees(desk.store)


def test_ids_are_never_alike_and_every_ticket_gets_a_number_of_its_own(desk: Desk) -> None:
    numbers, ids = [], []
    for year in YEARS * 2:
        set_to(desk, year)
        made = tickets.register(desk, request="办低保", household=HOME)
        numbers.append(made.number)
        ids += [made.id, *(new_id(desk.now) for _ in range(50))]
    assert len(set(numbers)) == len(numbers)
    assert len(set(ids)) == len(ids)


def test_the_story_of_a_ticket_stays_one_chain_in_the_order_it_happened(desk: Desk) -> None:
    made = tickets.register(desk, request="补残疾证", household=HOME, visitor=GRANNY).id
    set_to(desk, 2009)
    tickets.decide(desk, made, Disposition.TRANSFER, to="镇民政办")
    set_to(desk, 2038)
    tickets.add_note(desk, made, verb="打电话", note="说在办")
    set_to(desk, 2001)
    tickets.resolve(desk, made, result="办好了")
    set_to(desk, 2026)
    ticket_replies.reply(desk, made, mode=ReplyMode.FACE, words="当面说了", satisfaction=5)
    tickets.close(desk, made)
    told = ticket_views.story(desk, made).events[::-1]
    assert told[0].previous == ""
    assert [one.previous for one in told[1:]] == [chain_of(one) for one in told[:-1]]
    verbs = [one.verb for one in told]
    order = ["登记", "转给镇民政办", "打电话", "有结果了", "回了话", "办结", "归档"]
    assert [verb for verb in verbs if verb in order] == order


def test_a_visit_begun_before_the_clock_went_back_is_kept_and_found(desk: Desk) -> None:
    begun = visits.begin(desk, HOME, purpose="VP01").answered("note", "先写到这里")
    visits.keep(desk, begun)
    set_to(desk, 2009)
    assert visits.resume(desk, begun.id) == begun
    assert visits.begin(desk, HOME, purpose="VP01").id == begun.id
    set_to(desk, 2031)
    signed = visits.finish(desk, replace(begun.answered("note", "写完了"), met=Met.REFUSED))
    assert [one.id for one in households.family(desk, HOME).visits] == [signed.id]


def test_a_store_written_in_the_future_opens_in_the_past(tmp_path: Path) -> None:
    desk = village(tmp_path / "s.db")
    set_to(desk, 2038)
    tickets.register(desk, request="办低保", household=HOME)
    desk.store.close()
    store = Store(tmp_path / "s.db", KEY)
    with store.unit(actor="w", at=NOW.replace(year=2001)) as unit:
        unit.save(household(note="照样写"))
    assert_agrees(store)
    store.close()


@pytest.mark.parametrize("year", [2009, 2001])
def test_a_wait_is_never_longer_than_the_longest_whatever_the_clock_says(tmp_path: Path, year: int) -> None:
    clock = Clock()
    gate = Gate(Paths(tmp_path), clock, cost=QUICK)
    gate.create(WORDS, DEVICE)
    for _ in range(5):
        with pytest.raises(Locked):
            gate.unlock("w-xiang", "not this one")
    clock.at = NOW.replace(year=year)
    assert timedelta(0) < gate.wait() <= LONGEST_WAIT
    clock.at = NOW.replace(year=2038)
    assert gate.wait() == timedelta(0)
    assert gate.unlock("w-xiang", WORDS).worker == "w-xiang"
