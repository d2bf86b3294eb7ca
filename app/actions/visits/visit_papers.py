"""The papers of home visits: the sheet of one visit with its corrections, and the diary of a period."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.actions.desk import Desk
from app.actions.visits import diary as kept
from app.actions.visits import photos, visit_subjects, visits
from app.actions.visits.visit_lists import family_title
from app.documents.visits import diary as notebook
from app.documents.visits.visit_sheet import Picture, render
from app.domain.people.household import Household
from app.domain.people.person import Person
from app.domain.photo import read_photos
from app.domain.problem import UserError
from app.domain.roles import Right
from app.domain.tickets.ticket import Ticket
from app.domain.visits.asking import Situation
from app.domain.visits.form import Kind
from app.domain.visits.photos import SIGNED_PAGE
from app.domain.visits.visit import Visit
from app.domain.visits.visit_sheet import Other, VisitSheet, sheet_of
from app.domain.workdays import china_day
from app.forms import form_of, visit_form

SHEET, DIARY = "走访记录表", "民情日记"


def sheet(desk: Desk, visit: str) -> bytes:
    """The sheet of a visit, signed or still a draft, as PDF dated today.

    A visit that was corrected, or corrects another, is printed with all of that chain, the latest first.
    Raises UserError when neither a record nor a draft is called `visit`.
    """
    desk.require(Right.TAKE_OUT)
    chain = _chain(desk, _found(desk, visit))
    made = [
        (_sheet(desk, one, after, before), _pictures(desk, one))
        for after, one, before in zip((None, *chain), chain, (*chain[1:], None), strict=False)
    ]
    return render(made, printed_on=desk.today, fonts_folder=desk.fonts)


def sheet_title(desk: Desk, visit: str) -> str:
    """`蒋桂英家 走访记录表 2026年11月20日`."""
    found = _found(desk, visit)
    home = desk.store.reading.get(Household, found.household)
    on = china_day(found.started_at)
    return f"{family_title(desk, home)} {SHEET} {on.year}年{on.month}月{on.day}日"


def diary(desk: Desk, first: date, last: date) -> bytes:
    """The worker's diary (民情日记) from `first` to `last`, both counted, as PDF dated today.

    Raises UserError, at the later day, when they are the wrong way round.
    """
    desk.require(Right.TAKE_OUT)
    if first > last:
        raise UserError("末一天比头一天还早。把两个日子换一下。", field="last")
    return notebook.render(kept.diary(desk, first, last), printed_on=desk.today, fonts_folder=desk.fonts)


def diary_between(desk: Desk, days: str) -> bytes:
    """The same for `2026-11-01..2026-11-20`, as a print job carries it."""
    return diary(desk, *_days(days))


def diary_title(desk: Desk, days: str) -> str:
    """`民情日记 11月1日到11月20日`."""
    first, last = _days(days)
    until = "" if first == last else f"到{last.month}月{last.day}日"
    return f"{DIARY} {first.month}月{first.day}日{until}"


def _days(days: str) -> tuple[date, date]:
    first, _, last = days.partition("..")
    return date.fromisoformat(first), date.fromisoformat(last)


def _found(desk: Desk, visit: str) -> Visit:
    return desk.store.reading.find(Visit, visit) or visits.resume(desk, visit)


def _chain(desk: Desk, visit: Visit) -> list[Visit]:
    """`visit` with those it corrects and those that correct it, the latest first."""
    related = [one.visit for one in visits.drafts(desk) if one.visit.household == visit.household]
    related += visits.of_household(desk, visit.household)
    by_id = {one.id: one for one in related} | {visit.id: visit}
    later = {one.amends: one for one in by_id.values() if one.amends}
    newest = visit
    while newest.id in later:
        newest = later[newest.id]
    chain = [newest]
    while (before := chain[-1].amends) and before in by_id:
        chain.append(by_id[before])
    # A correction not yet signed is a paper of its own: a signed sheet does not wait for it.
    return [one for one in chain if one.seal or one.id == visit.id]


def _sheet(desk: Desk, visit: Visit, after: Visit | None, before: Visit | None) -> VisitSheet:
    reading = desk.store.reading
    home = reading.get(Household, visit.household)
    members = reading.where(Person, household=home.id)
    known = visit_subjects.spoken_of(desk, visit, members)
    wanted = [str(one["ticket"]) for one in visit.answers.get("findings", ()) if one.get("ticket")]
    made = sheet_of(
        Situation(visit, home, members, china_day(visit.started_at)),
        form_of(visit),
        lambda key: known.get(key, key),
        title=family_title(desk, home),
        village=desk.village_name,
        tickets={one.id: one.short_number for one in reading.many(Ticket, wanted)},
    )
    return replace(made, corrects=_other(before), corrected=_other(after), simulated=desk.pack.simulated)


def _pictures(desk: Desk, visit: Visit) -> tuple[Picture, ...]:
    """The small copies of its photos, without the page that is a photo of this very sheet."""
    small, form = photos.thumbs(desk, visit), visit_form()
    taken = [
        (field.words_of(one.category), small[one.id])
        for field in form.fields.values()
        if field.kind is Kind.PHOTOS
        for one in read_photos(visit.answers.get(field.id))
        if one.category != SIGNED_PAGE and one.id in small
    ]
    return tuple(Picture(words, *photos.shape(jpeg), jpeg) for words, jpeg in taken)


def _other(visit: Visit | None) -> Other | None:
    return Other(china_day(visit.ended_at or visit.started_at), visit.seal[:12]) if visit else None
