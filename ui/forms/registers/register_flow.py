"""What a register's page needs beside its lists: names of papers, and what a form begins with."""

from __future__ import annotations

from collections.abc import Callable

from app.actions.desk import Desk
from app.actions.registers import listing, notices, register_papers
from app.actions.registers.books import Book
from app.actions.registers.listing import Choices
from app.actions.registers.writing import Line
from app.domain.people.person import Person
from app.domain.registers import period as periods
from app.domain.registers.event import Event
from app.domain.registers.period import Period
from app.domain.registers.public_notice import NoticeKind, PublicNotice
from app.domain.registers.publicity import Publicity
from app.domain.registers.review import Review
from app.domain.registers.seal import SealEntry
from ui.forms.panel import Ask
from ui.forms.registers import notice_form, review_form, seal_form, telling_forms
from ui.forms.registers.register_form import RegisterForm
from ui.forms.registers.register_sieve import EVER, QUARTER
from ui.forms.registers.register_words import tr

FORMS: dict[Book, Callable[[Ask, Choices], RegisterForm]] = {
    Book.SEAL: seal_form.SealForm,
    Book.REVIEW: review_form.ReviewForm,
    Book.NOTICE: notice_form.NoticeForm,
    Book.PUBLICITY: telling_forms.PublicityForm,
    Book.EVENT: telling_forms.EventForm,
}


def stretch(key: str, desk: Desk) -> Period:
    """The days a choice of the list stands for."""
    if ".." in key:
        return periods.of_key(key)
    if key == EVER:
        return periods.ever()
    return periods.quarter_of(desk.today) if key == QUARTER else periods.year_of(desk.today)


def book_subject(desk: Desk, book: Book, key: str) -> str:
    """The register of a stretch of time, as its paper is named."""
    return register_papers.register_subject(book, stretch(key, desk))


def answers_for(desk: Desk, line: Line) -> dict[str, str]:
    """What the form shows of a line that is to be corrected."""
    match line:
        case SealEntry():
            return seal_form.answers_of(line, listing.place_of(desk, line.household))
        case Review():
            return review_form.answers_of(line, listing.place_of(desk, line.household))
        case PublicNotice():
            person = desk.store.reading.find(Person, line.person) if line.person else None
            name = person.name if person else ""
            return notice_form.answers_of(line, name, listing.place_of(desk, line.household))
        case Publicity():
            return telling_forms.telling_answers(line)
        case Event():
            return telling_forms.event_answers(line)


def seals_posted(period: Period) -> dict[str, str]:
    """The notice of a quarter's stamps, begun."""
    what = tr("{period}用章情况").format(period=period.words)
    return {"kind": NoticeKind.SEALS.value, "what": what}


def powers_updated(period: str) -> dict[str, str]:
    """The notice of a month's list of powers, begun; `period` is 2026-11."""
    what = tr("{month} 月权力清单").format(month=int(period[5:]))
    return {"kind": NoticeKind.POWERS.value, "what": what, "stays": notice_form.STAYS}


def begun_notice(desk: Desk, household: str, item: str, person: str) -> dict[str, str]:
    """The notice of a family whose sheet was just printed, begun."""
    found = desk.store.reading.find(Person, person) if person else None
    names = {one.code: one.name for one in desk.pack.items()}
    place = listing.place_of(desk, household)
    who = "\t".join((found.name, person, household, place)) if found else ""
    answers = {"kind": NoticeKind.OPINION.value, "item": item, "who": who}
    answers["days"] = str(notices.days(desk, item).count)
    return answers | {"what": tr("{item}初审意见").format(item=names.get(item, ""))}
