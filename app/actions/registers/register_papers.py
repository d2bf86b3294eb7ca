"""The papers of the registers, as print jobs name them: a book of some time, stamps to post, minutes."""

from __future__ import annotations

from app.actions.desk import Desk
from app.actions.registers import books, photo_pages, pictures
from app.actions.registers import minutes as meetings
from app.actions.registers.books import Book
from app.domain.registers import period as periods
from app.domain.registers.period import Period
from app.domain.registers.public_notice import PublicNotice


def register_subject(book: Book, period: Period) -> str:
    """`seal_log 2026-Q4`."""
    return f"{book.value} {period.key}"


def register(desk: Desk, subject: str) -> bytes:
    """The register of a stretch of time, for the binder, as PDF."""
    book, _, key = subject.partition(" ")
    return books.pdf(desk, books.sheet(desk, Book(book), periods.of_key(key)))


def register_title(_desk: Desk, subject: str) -> str:
    """`用章登记台账 2026 年`."""
    book, _, key = subject.partition(" ")
    return f"{Book(book).words}台账 {periods.of_key(key).words}"


def stamps(desk: Desk, key: str) -> bytes:
    """The stamps of a quarter, for the wall, as PDF."""
    return books.pdf(desk, books.seals_to_post(desk, periods.of_key(key)))


def stamps_title(_desk: Desk, key: str) -> str:
    """`2026 年第三季度用章情况`."""
    return f"{periods.of_key(key).words}用章情况"


def minutes(desk: Desk, review: str) -> bytes:
    """The minutes of a meeting, to be signed, as PDF."""
    return meetings.filled(desk, review)


def minutes_title(_desk: Desk, _review: str) -> str:
    return "民主评议会议记录"


def photos(desk: Desk, line: str) -> bytes:
    """The pictures of a notice or a meeting, for its file, as PDF."""
    return photo_pages.pages(desk, line)


def photos_title(desk: Desk, line: str) -> str:
    """公示照片、评议照片."""
    return "公示照片" if isinstance(pictures.find(desk, line), PublicNotice) else "评议照片"


def empty_minutes(desk: Desk, _none: str) -> bytes:
    """Minutes to take along and write on, as PDF."""
    return meetings.empty(desk)


def empty_minutes_title(_desk: Desk, _none: str) -> str:
    return "空白会议记录"
