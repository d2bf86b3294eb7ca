"""A register is narrowed to any days and to what its lines are; only lines that count are looked at then."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.actions.desk import Desk
from app.actions.registers import listing, notices, reviews, seals, writing
from app.actions.registers.books import Book
from app.actions.registers.sorting import SORTS
from app.domain.registers.period import between, ever
from app.domain.registers.public_notice import NoticeKind
from app.domain.registers.seal import SealEntry, SealUse
from app.store import Store
from tests.desks import Clock, desk_on
from tests.facts import household, person
from tests.unit.actions.test_registers import MEETING, SHEET, STAMP


@pytest.fixture
def desk(store: Store) -> Desk:
    desk = desk_on(store, Clock())
    with desk.unit("roster") as unit:
        unit.save(household())
        unit.save(person())
    return desk


def _shelf(desk: Desk, book: Book, *sorts: str, query: str = "") -> list[str]:
    return [one.id for one in listing.shelf(desk, book, query, ever(), sorts).lines]


def test_stamps_are_narrowed_to_what_they_were_set_on(desk: Desk) -> None:
    first = seals.add(desk, STAMP)
    other = seals.add(desk, replace(STAMP, use=SealUse.CONTRACT, paper="合同"))
    assert _shelf(desk, Book.SEAL, "use:contract") == [other.id]
    assert _shelf(desk, Book.SEAL, "use:application") == [first.id]
    assert _shelf(desk, Book.SEAL, "use:contract", "major:") == []
    writing.take_back(desk, SealEntry, other.id)
    assert _shelf(desk, Book.SEAL, "use:contract") == [], "it counts no more"
    assert len(_shelf(desk, Book.SEAL)) == 3, "all lines are still there to look at"


def test_notices_are_narrowed_to_what_has_become_of_them(desk: Desk) -> None:
    over = notices.post(desk, replace(SHEET, on=date(2026, 11, 3)))
    hanging = notices.post(desk, SHEET)
    money = notices.post(
        desk, replace(SHEET, kind=NoticeKind.MONEY, item="", household="", person="", stays=True)
    )
    notices.object_to(desk, hanging.id, "她儿子在外头挣钱")
    down = notices.take_down(desk, over.id)
    late = notices.post(desk, replace(SHEET, on=date(2026, 11, 4)))
    assert _shelf(desk, Book.NOTICE, "hangs:down") == [down.id]
    assert _shelf(desk, Book.NOTICE, "hangs:over") == [late.id]
    assert _shelf(desk, Book.NOTICE, "hangs:objected") == [hanging.id]
    assert _shelf(desk, Book.NOTICE, "hangs:up", "kind:money") == [money.id]
    assert _shelf(desk, Book.NOTICE, "kind:opinion", query="jgy") == []
    assert len(_shelf(desk, Book.NOTICE, "photo:none")) == 4


def test_meetings_are_narrowed_to_what_they_came_to(desk: Desk) -> None:
    agreed = reviews.add(desk, MEETING)
    few = reviews.add(
        desk, replace(MEETING, attended=9, representatives=7, recused=(), agree=0, against=0, abstain=0)
    )
    assert _shelf(desk, Book.REVIEW, "verdict:agreed") == [agreed.id]
    assert _shelf(desk, Book.REVIEW, "verdict:too-few") == [few.id]


@pytest.mark.parametrize("book", list(Book))
def test_every_sort_that_is_offered_can_be_asked(desk: Desk, book: Book) -> None:
    for _, choices in SORTS[book]:
        for sort, _ in choices:
            assert _shelf(desk, book, sort) == []


def test_any_two_days_are_a_stretch_and_one_alone_is_open(desk: Desk) -> None:
    for day in (3, 10, 17):
        seals.add(desk, replace(STAMP, on=date(2026, 11, day)))

    def days(first: date | None, last: date | None) -> list[int]:
        return [one.on.day for one in listing.shelf(desk, Book.SEAL, "", between(first, last)).lines]

    assert days(date(2026, 11, 3), date(2026, 11, 10)) == [10, 3]
    assert days(date(2026, 11, 11), None) == [17]
    assert days(None, date(2026, 11, 3)) == [3]
    assert days(None, None) == [17, 10, 3]
