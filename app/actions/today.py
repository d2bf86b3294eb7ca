"""What is due today, the most pressing first: the one page a worker opens every morning."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum

from app.actions import followups, ticket_views, visits
from app.actions.desk import Desk
from app.actions.visits import Unfinished
from app.domain.household import Household
from app.domain.person import Person, birthday
from app.domain.ticket import State, Ticket
from app.domain.visit import Visit, VisitState
from app.domain.workdays import workdays_between

# A due date this many working days away or less is on today's list.
SOON_WORKDAYS = 2
# 残疾人证 90 天, 高龄津贴 60 天: reminders before the day (domain rules; a county sets its own).
CARD_EXPIRES_DAYS = 90
AGE_BENEFIT_DAYS = 60
AGE_BENEFIT_FROM = 80


class Press(IntEnum):
    """How pressing an entry is; the list is in this order."""

    URGENT = 0
    OVERDUE = 1
    TODAY = 2
    SOON = 3
    CALL = 4
    VISIT = 5
    RENEW = 6


@dataclass(frozen=True)
class Entry:
    """One thing to do: who (the name in the disc), what, why, how pressing, and what it opens."""

    press: Press
    who: str
    title: str
    detail: str
    chip: str
    page: str  # which page opens
    record: str  # and on which record
    household: str


@dataclass(frozen=True)
class Agenda:
    """`visited` of `to_visit` households on the register had their visit this month."""

    day: date
    entries: tuple[Entry, ...]
    unfinished: tuple[Unfinished, ...]
    visited: int
    to_visit: int
    one_trip: int
    finished: int


def agenda(desk: Desk) -> Agenda:
    """Today's list for the whole village."""
    tickets = ticket_views.board(desk)
    visited, to_visit = _month(desk)
    entries = [*_ticket_entries(desk, tickets), *_calls(desk), *_not_visited(desk, to_visit, visited)]
    entries += _renewals(desk)
    ended = [one for one in desk.store.reading.each(Ticket) if one.state is State.ARCHIVED]
    return Agenda(
        day=desk.today,
        entries=tuple(sorted(entries, key=lambda entry: entry.press)),
        unfinished=visits.drafts(desk),
        visited=len(visited),
        to_visit=len(to_visit),
        one_trip=sum(len(one.trips) <= 1 for one in ended),
        finished=len(ended),
    )


def _ticket_entries(desk: Desk, tickets: tuple[Ticket, ...]) -> list[Entry]:
    return [entry for ticket in tickets if (entry := _ticket_entry(desk, ticket))]


def _ticket_entry(desk: Desk, ticket: Ticket) -> Entry | None:
    name = ticket.visitor_name or "群众"
    if ticket.due_on is None:
        press, chip = Press.TODAY, "还没说怎么办"
    else:
        left = workdays_between(desk.calendar, desk.today, ticket.due_on)
        press, chip = _pressing(ticket, desk.today, left)
    if press is Press.SOON and chip == "":
        return None
    what = {
        State.RESOLVED: f"给{name}回话",
        State.REPLIED: f"给{name}的单子办结",
        State.REGISTERED: f"{name}的事怎么办",
        State.TRANSFERRED: f"问{ticket.handed_to or '对方'}收了没有",
        State.WAITING_APPLICANT: f"催{name}补{ticket.waiting_for}",
    }.get(ticket.state, f"跟{name}的事")
    return Entry(press, name, what, ticket.request, chip, "tickets", ticket.id, ticket.household)


def _pressing(ticket: Ticket, today: date, left: int) -> tuple[Press, str]:
    if ticket.urgent:
        return Press.URGENT, "急难"
    if ticket.due_on is not None and ticket.due_on < today:
        return Press.OVERDUE, f"超了 {-left} 个工作日" if left else "超期了"
    if ticket.due_on == today:
        return Press.TODAY, "今天到期"
    return Press.SOON, f"还剩 {left} 个工作日" if left <= SOON_WORKDAYS else ""


def _calls(desk: Desk) -> list[Entry]:
    found = []
    for followup in followups.due(desk):
        person = desk.store.reading.find(Person, followup.person) if followup.person else None
        who = person.name if person else "群众"
        late = (desk.today - followup.due_on).days
        detail = "主动回访" + (f" · 晚了 {late} 天" if late else "")
        page, record = "households", followup.household
        if followup.ticket:
            page, record = "tickets", followup.ticket
        title = f"问{who}：{followup.why}"
        found.append(Entry(Press.CALL, who, title, detail, "回访", page, record, followup.household))
    return found


def _month(desk: Desk) -> tuple[set[str], dict[str, Household]]:
    """Households visited this month, and those on the register that must be (在册户月入户)."""
    first = desk.today.replace(day=1)
    due = {one.id: one for one in desk.store.reading.each(Household) if one.classes and not one.moved_out}
    visited = {
        visit.household
        for visit in desk.store.reading.each(Visit)
        if visit.state is VisitState.SIGNED and visit.started_at.date() >= first
    }
    return visited & set(due), due


def _not_visited(desk: Desk, to_visit: dict[str, Household], visited: set[str]) -> list[Entry]:
    """The households on the register not yet seen this month, a handful at a time."""
    late = sorted((one for key, one in to_visit.items() if key not in visited), key=lambda one: one.place)
    found = []
    for household in late[:5]:
        head = desk.store.reading.find(Person, household.head) if household.head else None
        who = head.name if head else household.place
        last = visits.last(desk, household.id)
        when = f"上次 {last.started_at:%m月%d日}" if last else "还没去过"
        title = f"{who}家 月入户"
        detail = f"{household.place} · {when}"
        found.append(Entry(Press.VISIT, who, title, detail, "本月", "households", household.id, household.id))
    return found


def _renewals(desk: Desk) -> list[Entry]:
    found = []
    for person in desk.store.reading.each(Person):
        if person.readable_only:
            continue
        home = person.household
        for words, chip in _renewals_of(person, desk.today):
            found.append(Entry(Press.RENEW, person.name, words, "提前提醒", chip, "households", home, home))
    return found


def _renewals_of(person: Person, today: date) -> list[tuple[str, str]]:
    found = []
    for disability in person.disabilities:
        if disability.expires and today <= disability.expires <= today + timedelta(days=CARD_EXPIRES_DAYS):
            left = (disability.expires - today).days
            found.append((f"提醒{person.name}换残疾人证", f"还有 {left} 天"))
    if person.birth and not person.receives("GL"):
        day = birthday(person.birth, AGE_BENEFIT_FROM)
        if today <= day <= today + timedelta(days=AGE_BENEFIT_DAYS):
            found.append((f"{person.name}快满 80 岁，可办高龄津贴", f"还有 {(day - today).days} 天"))
    return found
