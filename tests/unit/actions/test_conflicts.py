"""What two wrote differently, at the desk: shown in words, decided once, taken back while unsent."""

from __future__ import annotations

import pytest

from app.actions import sync_state
from app.actions.conflicts import conflicts
from app.actions.conflicts.wording import value_words
from app.actions.desk import Desk
from app.domain.change import Incoming, Outcome, Receipt
from app.domain.conflict import WHOLE, Choice, Conflict, Kind, State
from app.domain.people.person import Person
from app.domain.problem import UserError
from app.domain.record import Body
from app.store import Store
from tests.desks import Clock, desk_on
from tests.facts import GRANNY, NOW, VILLAGE, household, person

CASE = "00000000-0000-8000-8000-000000000001"
SEEN = "15400002222"


@pytest.fixture
def desk(store: Store) -> Desk:
    made = desk_on(store, Clock())
    with made.unit("x") as unit:
        unit.save(household())
        unit.save(person())
    hear(store, CASE, body())
    return made


def body(**more: object) -> Body:
    told: Body = {
        "of": GRANNY, "of_type": "person", "field": "phone", "kind": "field",
        "opened_at": NOW.isoformat(), "base": "15400000000", "theirs": SEEN, "theirs_by": "w-tian",
        "theirs_who": "田大山", "theirs_at": NOW.isoformat(), "mine": "15400001111", "mine_by": "w-xiang",
        "mine_who": "向海燕", "mine_at": NOW.isoformat(), "gone": False, "removes": False, "state": "open",
    }  # fmt: skip
    return told | more  # type: ignore[operator]  # values of a body


def hear(store: Store, record: str, told: Body, revision: int = 9) -> None:
    row = Incoming(record, Conflict.TYPE, VILLAGE, revision, False, told)
    store.ledger.settle([], [row], {VILLAGE: revision}, "e-1", NOW)


def test_both_values_are_told_with_who_wrote_them(desk: Desk) -> None:
    (case,) = conflicts.listing(desk)
    assert case.what == "联系电话"
    assert (case.mine.words, case.mine.own) == ("15400001111", True)
    assert (case.theirs.words, case.theirs.who, case.theirs.own) == (SEEN, "田大山", False)
    assert case.choices == frozenset(Choice)
    assert (case.page, case.record) == ("households", GRANNY)


def test_the_sync_page_tells_of_it_once(desk: Desk) -> None:
    (one,) = sync_state.asides(desk)
    assert (one.page, one.record, one.outcome) == ("conflicts", CASE, Outcome.CONFLICT)


def test_her_word_says_what_she_saw_and_is_taken_back_while_unsent(desk: Desk) -> None:
    before = desk.store.ledger.waiting()
    case = conflicts.decide(desk, CASE, Choice.MINE, seen=SEEN)
    assert (case.open, case.choice, case.waiting) == (False, Choice.MINE, True)
    change = desk.store.ledger.outgoing(10**6)[-1]
    assert change.fields["state"] == ("open", "decided")
    assert change.fields["theirs"] == (SEEN, SEEN)
    assert conflicts.count(desk) == 0
    again = conflicts.take_back(desk, CASE)
    assert again.open
    assert desk.store.ledger.waiting() == before
    assert desk.store.body(CASE) == body()
    with pytest.raises(UserError, match="改不回来"):
        conflicts.take_back(desk, CASE)


def test_what_the_county_has_answered_is_not_taken_back(desk: Desk) -> None:
    conflicts.decide(desk, CASE, Choice.MINE, seen=SEEN)
    sent = desk.store.ledger.outgoing(10**6)
    desk.store.ledger.settle(
        [Receipt(one.id, Outcome.APPLIED, 20) for one in sent], [], {VILLAGE: 20}, "e-1", NOW
    )
    with pytest.raises(UserError, match="已经传给县里了"):
        conflicts.take_back(desk, CASE)
    assert not conflicts.one(desk, CASE).waiting


def test_nobody_decides_over_what_is_no_longer_there(desk: Desk) -> None:
    hear(desk.store, CASE, body(theirs="15400004444"), 10)
    with pytest.raises(UserError, match="又变了"):
        conflicts.decide(desk, CASE, Choice.MINE, seen=SEEN)
    decided = body(state="decided", choice="theirs", decided_who="田大山")
    hear(desk.store, CASE, decided, 11)
    with pytest.raises(UserError, match="田大山已经定过了"):
        conflicts.decide(desk, CASE, Choice.MINE, seen=SEEN)


def test_a_third_value_must_be_written(desk: Desk) -> None:
    with pytest.raises(UserError, match="写上应该是什么") as caught:
        conflicts.decide(desk, CASE, Choice.OTHER, "", seen=SEEN)
    assert caught.value.problems[0].field == "value"


def test_an_identity_number_is_covered_in_the_list_and_whole_when_she_must_decide(desk: Desk) -> None:
    hear(desk.store, CASE, body(field="id_number", mine="439901194811203427", theirs=None), 10)
    (case,) = conflicts.listing(desk)
    assert "*" in case.mine.words
    assert conflicts.one(desk, CASE).mine.words == "439901194811203427"


def test_a_late_step_of_a_ticket_can_only_be_left(desk: Desk) -> None:
    late = body(kind="transition", field="*", of="t", of_type="ticket", mine={"state": "instant"}, theirs={})
    hear(desk.store, CASE, late, 10)
    case = conflicts.one(desk, CASE)
    assert (case.kind, case.choices) == (Kind.TRANSITION, {Choice.THEIRS})
    assert case.mine.words == "办到哪一步：当场办"
    with pytest.raises(UserError):
        conflicts.decide(desk, CASE, Choice.MINE, seen=case.theirs.words)


def test_two_lists_can_both_be_kept(desk: Desk) -> None:
    hear(desk.store, CASE, body(field="tags", mine=["独居"], theirs=["高龄"], base=[]), 10)
    assert conflicts.one(desk, CASE).both == ("高龄", "独居")
    conflicts.decide(desk, CASE, Choice.OTHER, ["高龄", "独居"], seen="高龄")
    held = desk.store.reading.get(Conflict, CASE)
    assert (held.state, held.value) == (State.DECIDED, ["高龄", "独居"])
    assert desk.store.reading.get(Person, GRANNY)  # her record waits for the county's word


def test_who_took_a_ticket_over_is_named_where_the_county_told_it(desk: Desk) -> None:
    assert value_words(desk, "owner", "w-tian") == "田大山"
    assert value_words(desk, "owner", desk.worker) == desk.worker_name
    assert value_words(desk, "owner", "w-nobody-wrote") == "同事"
    assert value_words(desk, WHOLE, {"owner": "w-tian"}) == "谁负责：田大山"
