"""A register as a table for one period: for the wall, the binder, or a workbook."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from app.actions.desk import Desk
from app.actions.registers.writing import every
from app.documents.registers.list_sheet import render
from app.domain.papers.masking import mask_name
from app.domain.people.person import Person
from app.domain.people.phone import spoken
from app.domain.registers import sheets
from app.domain.registers.event import Event
from app.domain.registers.period import Period
from app.domain.registers.public_notice import GROWN_UP, PublicNotice
from app.domain.registers.publicity import Publicity
from app.domain.registers.review import Review
from app.domain.registers.seal import SealEntry
from app.domain.registers.sheets import CHILD, ListSheet
from app.domain.roles import Right


class Book(StrEnum):
    """Which register; the value is the kind of its records."""

    SEAL = "seal_log"
    REVIEW = "democratic_review"
    NOTICE = "public_notice"
    PUBLICITY = "publicity"
    EVENT = "event"

    @property
    def words(self) -> str:
        return BOOKS[self]

    @property
    def short(self) -> str:
        """As it is said across the table."""
        return self.words.removesuffix("登记").removeprefix("民主").removeprefix("活动")


BOOKS = {
    Book.SEAL: "用章登记",
    Book.REVIEW: "民主评议",
    Book.NOTICE: "公示",
    Book.PUBLICITY: "宣传",
    Book.EVENT: "活动慰问",
}
OBJECTIONS = "对用章有意见，可以到村里说，也可以打电话：{phone}。"


def rows(desk: Desk, book: Book, period: Period) -> tuple[tuple[str, ...], ...]:
    """Heads and rows as plain text, for a workbook."""
    return sheet(desk, book, period).table


def sheet(desk: Desk, book: Book, period: Period) -> ListSheet:
    """The register of `period`, whole names and all, for the office's own binder."""
    columns, found = _kept(desk, book, period)
    title = f"{desk.village_name}{book.words}台账"
    about = f"{period.words}，一共 {len(found)} 笔。"
    return _sheet(desk, title, about, columns, found)


def seals_to_post(desk: Desk, period: Period) -> ListSheet:
    """用章公示: what hangs on the wall each quarter, masked; children are not named (用章情况定期公示)."""
    entries = every(desk, SealEntry)
    names = _names(desk, entries)
    found = sheets.posted_seal_rows(entries, period, names)
    stamps = sum(one[2] != "作废" for one in found)
    closing = (OBJECTIONS.format(phone=spoken(desk.worker_phone)),) if desk.worker_phone else ()
    title = f"{desk.village_name}{period.words}用章情况公示"
    made = _sheet(desk, title, f"一共盖章 {stamps} 次。审批的不盖章，盖章的不审批。", sheets.SEAL, found)
    return ListSheet(
        made.title, made.about, made.columns, made.rows, closing, made.village_name, made.on,
        posted=True, simulated=made.simulated, stacked=sheets.SEAL_POSTED,
    )  # fmt: skip


def pdf(desk: Desk, made: ListSheet) -> bytes:
    """The very bytes that are shown and printed. Not every role may: UserError."""
    desk.require(Right.TAKE_OUT)
    return render(made, fonts_folder=desk.fonts)


def _kept(
    desk: Desk, book: Book, period: Period
) -> tuple[tuple[sheets.Column, ...], tuple[tuple[str, ...], ...]]:
    if book is Book.SEAL:
        return sheets.SEAL_KEPT, sheets.counted(every(desk, SealEntry), period, sheets.seal_row)
    if book is Book.REVIEW:
        names = {one.code: one.name for one in desk.pack.items()}
        made = every(desk, Review)

        def row(one: Review) -> tuple[str, ...]:
            return sheets.review_row(one, names.get(one.item, one.item))

        return sheets.REVIEW, sheets.counted(made, period, row)
    if book is Book.NOTICE:
        return sheets.NOTICE, sheets.counted(every(desk, PublicNotice), period, sheets.notice_row)
    if book is Book.PUBLICITY:
        return sheets.PUBLICITY, sheets.counted(every(desk, Publicity), period, sheets.publicity_row)
    return sheets.EVENT, sheets.counted(every(desk, Event), period, sheets.event_row)


def _sheet(
    desk: Desk, title: str, about: str, columns: tuple[sheets.Column, ...], found: tuple[tuple[str, ...], ...]
) -> ListSheet:
    return ListSheet(
        title, about, columns, found, (), desk.village_name, desk.today, simulated=desk.pack.simulated
    )


def _names(desk: Desk, entries: tuple[SealEntry, ...]) -> dict[str, str]:
    """What stands for the person of each entry: the masked name, nothing of a child."""
    people = {
        one.id: one
        for one in desk.store.reading.many(Person, sorted({each.person for each in entries if each.person}))
    }
    return {one.id: _shown(people.get(one.person), one) for one in entries}


def _shown(person: Person | None, entry: SealEntry) -> str:
    if person is None:
        return mask_name(entry.who).shown
    return CHILD if _young(person, entry.on) else mask_name(person.name).shown


def _young(person: Person, on: date) -> bool:
    years = person.age_on(on)
    return years is None or years < GROWN_UP
