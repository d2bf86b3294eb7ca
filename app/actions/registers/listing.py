"""A register as it is looked through: by words, initials, a stretch of time; and what its forms point at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.actions import form_drafts
from app.actions.desk import Desk
from app.actions.registers import due, notices, reviews, seals, sorting, tellings
from app.actions.registers.books import Book
from app.actions.registers.notices import Boards
from app.actions.registers.reviews import Rooms
from app.actions.registers.seals import Hands
from app.actions.registers.speaking import Spoken
from app.actions.registers.writing import Line, every
from app.domain.packs.policy import ItemKinds
from app.domain.people.household import Household
from app.domain.record import Record
from app.domain.registers.entry import replaced_by
from app.domain.registers.event import Event
from app.domain.registers.period import Period
from app.domain.registers.public_notice import PublicNotice
from app.domain.registers.publicity import Publicity
from app.domain.registers.review import Review, ReviewRules
from app.domain.registers.seal import SealEntry

KINDS: dict[Book, type[SealEntry] | type[Review] | type[PublicNotice] | type[Publicity] | type[Event]] = {
    Book.SEAL: SealEntry,
    Book.REVIEW: Review,
    Book.NOTICE: PublicNotice,
    Book.PUBLICITY: Publicity,
    Book.EVENT: Event,
}


@dataclass(frozen=True)
class Shelf:
    """What stands in one register: `lines` newest day first; `answered` maps those replaced to the later one.

    `begun` are the answers of the form that was left; `owed` the stamps nobody has posted yet.
    """

    book: Book
    lines: tuple[Line, ...]
    answered: Mapping[str, str]
    total: int
    items: Mapping[str, str]
    today: date
    begun: Mapping[str, str]
    owed: Period | None


@dataclass(frozen=True)
class Choices:
    """What the forms let her point at."""

    today: date
    items: ItemKinds
    posted: ItemKinds
    hands: Hands
    rooms: Rooms
    boards: Boards
    tellers: tuple[str, ...]
    givers: tuple[str, ...]
    rules: ReviewRules
    me: str


def shelf(desk: Desk, book: Book, query: str, period: Period, sorts: tuple[str, ...] = ()) -> Shelf:
    """The lines of `book` in `period` that `query` speaks of: by words, or by the initials of a name; and of
    every one of `sorts`, where only those are looked at that count."""
    written: tuple[Line, ...] = every(desk, KINDS[book])  # type: ignore[type-var]  # one of the five
    answered = replaced_by(written)
    within = [one for one in written if period.holds(one.on)]
    if sorts:
        counting = (one for one in within if not one.void and one.id not in answered)
        within = [one for one in counting if sorting.fits(one, sorts, desk.today)]
    spoken = Spoken(query)
    found = [one for one in within if spoken.of(*_texts(one))]
    return Shelf(
        book,
        tuple(sorted(found, key=lambda one: (one.on, one.id), reverse=True)),
        {old: new.id for old, new in answered.items()},
        len(written),
        {one.code: one.name for one in desk.pack.items()},
        desk.today,
        form_drafts.held(desk, draft_kind(book), NEW),
        _owed(desk) if book is Book.SEAL else None,
    )


def book_of(desk: Desk, line: str) -> Book | None:
    """The register a line stands in; None when there is no such line."""
    return next((book for book, kind in KINDS.items() if _stands(desk, kind, line)), None)


def _stands(desk: Desk, kind: type[Record], line: str) -> bool:
    return desk.store.reading.find(kind, line) is not None


NEW = "new"


def draft_kind(book: Book) -> str:
    """Under which kind the unfinished form of a register is kept."""
    return f"register {book.value}"


def choices(desk: Desk) -> Choices:
    """As things stand."""
    kinds = desk.pack.kinds_of_items()
    posted = {one.code for one in desk.pack.items() if one.publicity and one.publicity.days}
    return Choices(
        desk.today,
        kinds,
        tuple(
            (name, tuple(pair for pair in pairs if pair[0] in posted))
            for name, pairs in kinds
            if any(code in posted for code, _ in pairs)
        ),
        seals.hands(desk),
        reviews.rooms(desk),
        notices.boards(desk),
        tellings.tellers(desk),
        tellings.givers(desk),
        reviews.rules(desk),
        desk.worker_name,
    )


def place_of(desk: Desk, household: str) -> str:
    """Where a household lives; "" for none."""
    found = desk.store.reading.find(Household, household) if household else None
    return found.place if found else ""


def _owed(desk: Desk) -> Period | None:
    question, kinds = (desk.today, id(desk.pack)), (SealEntry.TYPE, PublicNotice.TYPE)
    return desk.store.remembered.ask("stamps owed", question, kinds, lambda: due.seals_owed(desk))


def _texts(line: Line) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names, which are found by their initials too, and other words."""
    match line:
        case SealEntry():
            return (line.who, line.approver, line.sealer), (line.paper, line.why, line.number)
        case Review():
            return (line.who, line.host), (line.place, line.minutes)
        case PublicNotice():
            return (line.shown, line.posted_by), (line.what, line.place)
        case Publicity():
            return (line.told_by,), (line.what, line.note)
        case Event():
            return (line.giver,), (line.what, line.goods, line.note)
