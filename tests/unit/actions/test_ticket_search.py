"""A ticket is found by whatever of it somebody remembers, and a sieve lets through only what it says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.actions.desk import Desk
from app.actions.tickets import ticket_replies, ticket_search, tickets
from app.actions.tickets.ticket_search import Wanted, search
from app.domain.tickets.slip import slip_code
from app.domain.tickets.ticket import Disposition, ReplyMode, Ticket, Trip
from app.store import Store
from tests.desks import Clock, desk_on
from tests.facts import household, person


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(store: Store, clock: Clock) -> Desk:
    desk = desk_on(store, clock)
    with desk.unit("roster") as unit:
        unit.save(household())
        unit.save(person())
    return desk


def _hers(desk: Desk, **more: object) -> str:
    given: dict[str, object] = {
        "request": "伢儿读书钱冒得。", "household": household().id, "visitor": person().id, **more,
    }  # fmt: skip
    return tickets.register(desk, **given).id  # type: ignore[arg-type]  # keyword facts of a test


def _found(desk: Desk, **asked: object) -> list[str]:
    return [one.ticket.id for one in search(desk, Wanted(**asked)).lines]  # type: ignore[arg-type]  # of a test


def test_name_initials_number_tail_words_item_and_slip_code_all_find_it(desk: Desk) -> None:
    ticket = _hers(desk, items=("GE",))
    stranger = tickets.register(desk, request="问去县里的车。", visitor_name="张过路").id
    number = desk.store.reading.get(Ticket, ticket).short_number
    for words in ("蒋桂英", "jgy", number, "读书钱", "孤儿基本生活费", slip_code(ticket)):
        assert _found(desk, words=words) == [ticket], words
    assert _found(desk, words="张过路") == [stranger]
    assert _found(desk, words="没有这个人") == []


def test_every_sieve_lets_through_only_its_own(desk: Desk, clock: Clock) -> None:
    mine = _hers(desk, items=("GE",), channel="call")
    away = _hers(desk, items=("DB",), urgent=True)
    tickets.decide(desk, away, Disposition.TRANSFER, to="镇民政办")
    over = _hers(desk, channel="hotline")
    tickets.decide(desk, over, Disposition.INSTANT)
    tickets.resolve(desk, over, result="办好了。")
    ticket_replies.reply(desk, over, mode=ReplyMode.FACE, words="说了")
    tickets.close(desk, over)
    assert _found(desk, stand="open") == [away, mine]
    assert _found(desk, stand="away") == [away]
    assert _found(desk, stand="over") == [over]
    assert _found(desk, item="GE") == [mine]
    assert _found(desk, disposition="transfer") == [away]
    assert _found(desk, channel="hotline") == [over]
    assert _found(desk, urgent=True) == [away]
    assert _found(desk, group="茶园组") == [over, away, mine]
    assert _found(desk, group="老屋组") == []
    assert _found(desk, receiver="w-xiang") == [over, away, mine]
    assert _found(desk, receiver="w-peng") == []
    clock.forward(days=60)
    assert _found(desk, late=True) == [away]


def test_who_had_to_come_twice_is_found(desk: Desk) -> None:
    ticket, _once = _hers(desk), _hers(desk)
    tickets.add_trip(desk, ticket, Trip(desk.today, "镇民政办", "白跑了", "W02"))
    tickets.add_trip(desk, ticket, Trip(desk.today, "镇民政办", "办成了", "W09"))
    assert _found(desk, again=True) == [ticket]


def test_sieves_and_words_hold_together(desk: Desk) -> None:
    ticket = _hers(desk, items=("GE",))
    _hers(desk, items=("DB",))
    assert _found(desk, words="jgy", item="GE") == [ticket]


def test_a_month_is_from_its_first_day_to_its_last(desk: Desk, clock: Clock) -> None:
    old = _hers(desk)
    clock.forward(days=20)  # 10 December
    new = _hers(desk)
    this, last = (ticket_search.of_month(desk.today, back) for back in (0, 1))
    assert (last.first, last.last) == (date(2026, 11, 1), date(2026, 11, 30))
    assert [one.ticket.id for one in search(desk, this).lines] == [new]
    assert [one.ticket.id for one in search(desk, last).lines] == [old]
    january = ticket_search.of_month(date(2026, 1, 15), 1)
    assert (january.first, january.last) == (date(2025, 12, 1), date(2025, 12, 31))


def test_only_the_page_in_sight_is_made_and_the_rest_counted(desk: Desk) -> None:
    made = [_hers(desk) for _ in range(7)]
    found = search(desk, Wanted(stand="open"), limit=3)
    assert ([one.ticket.id for one in found.lines], found.total) == (made[:-4:-1], 7)


def test_the_sieves_offer_who_received_and_which_groups_there_are(desk: Desk) -> None:
    _hers(desk)
    offered = ticket_search.sieves(desk)
    assert offered.receivers[0] == ("w-xiang", "向海燕")
    assert offered.groups == ("茶园组",)


def test_nothing_wanted_is_said_to_be_nothing() -> None:
    assert not Wanted().anything
    assert replace(Wanted(), late=True).anything


def test_pages_follow_each_other_to_the_last_ticket_and_none_comes_twice(desk: Desk, clock: Clock) -> None:
    made = []
    for _ in range(7):
        clock.forward(minutes=5)
        made.append(_hers(desk))
    wanted = Wanted(stand="open")
    pages = [search(desk, wanted, skip=skip, limit=3) for skip in (0, 3, 6, 7)]
    assert [[one.ticket.id for one in page.lines] for page in pages] == [
        made[:3:-1], made[3:0:-1], made[:1], []
    ]  # fmt: skip
    assert {page.total for page in pages} == {7}


def test_what_is_found_follows_what_is_written(desk: Desk) -> None:
    first = _hers(desk)
    assert _found(desk, stand="open") == [first]
    tickets.withdraw(desk, first, why="不办了")
    assert _found(desk, stand="open") == []
    second = _hers(desk)
    assert _found(desk, stand="open") == [second]
