"""The worker's own diary of a period: her visits, the steps of her tickets and her calls, by day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from app.actions.desk import Desk
from app.actions.visits import visit_subjects
from app.actions.visits.visit_lists import family_title
from app.domain.people.household import Household
from app.domain.people.person import Person
from app.domain.tickets.followup import FollowUp
from app.domain.tickets.ticket import Ticket
from app.domain.visits.asking import Situation
from app.domain.visits.diary import Diary, Entry, Tally, days_of, handed_out, visit_entry
from app.domain.visits.visit import Met, Visit, VisitState
from app.domain.workdays import china_day
from app.forms import form_of

EVENT = ("ticket", "at", "actor", "verb", "note")
SPOKEN = 40  # characters of her own words that say what a ticket is about
REGISTERED, SORTED = "登记", "分类"  # a step of the machine, told by the next one


def diary(desk: Desk, first: date, last: date) -> Diary:
    """What she did from `first` to `last`, both counted; a corrected visit stands once, corrected."""
    seen = _visits(desk, first, last)
    tickets = dict(_steps(desk, first, last, {one.id for one in seen}))
    calls = _calls(desk, first, last)
    entries = [_visit(desk, one) for one in seen]
    entries += [entry for each in tickets.values() for entry in each]
    entries += [_call(desk, one, at) for one, at in calls]
    tally = Tally(
        visits=len(seen),
        met=sum(one.met is Met.HOME for one in seen),
        copies=sum(map(handed_out, seen)),
        tickets=len(tickets),
        calls=len(calls),
    )
    days = days_of(entries)
    return Diary(desk.worker_name, desk.village_name, first, last, days, tally, simulated=desk.pack.simulated)


def _visits(desk: Desk, first: date, last: date) -> tuple[Visit, ...]:
    every = desk.store.reading.by_day(Visit, first=first, before=last + timedelta(days=1))
    corrected = {one.amends for one in every if one.state is VisitState.SIGNED}
    return tuple(
        one
        for one in every
        if one.state is VisitState.SIGNED and one.id not in corrected and desk.worker in one.visitors
    )


def _visit(desk: Desk, visit: Visit) -> Entry:
    reading = desk.store.reading
    home = reading.get(Household, visit.household)
    members = reading.where(Person, household=home.id)
    known = visit_subjects.spoken_of(desk, visit, members)
    opened = [str(one["ticket"]) for one in visit.answers.get("findings", ()) if one.get("ticket")]
    return visit_entry(
        Situation(visit, home, members, china_day(visit.started_at)),
        form_of(visit),
        lambda key: known.get(key, key),
        door=f"{home.place} {family_title(desk, home)}",
        tickets={one.id: one.short_number for one in reading.many(Ticket, opened)},
    )


def _steps(desk: Desk, first: date, last: date, visits: set[str]) -> Iterator[tuple[str, list[Entry]]]:
    """Her steps with each ticket, one entry a day; what a visit opened is told with that visit."""
    told: dict[str, dict[date, list[tuple[datetime, str]]]] = {}
    for _, _, ticket, at, actor, verb, note in desk.store.figures.between(
        "ticket_event", "at", first, last, EVENT
    ):
        moment = datetime.fromisoformat(at)
        if actor == desk.worker_name and first <= china_day(moment) <= last:
            if verb == SORTED:
                continue
            # Her words stand in the head of the entry already.
            said = f"{verb}：{note}" if note and verb != REGISTERED else str(verb)
            told.setdefault(ticket, {}).setdefault(china_day(moment), []).append((moment, said))
    for ticket in desk.store.reading.many(Ticket, list(told)):
        entries = [
            _step(ticket, steps)
            for on, steps in told[ticket.id].items()
            if not (ticket.visit in visits and on == china_day(ticket.received_at))
        ]
        yield ticket.id, entries


def _step(ticket: Ticket, steps: Iterable[tuple[datetime, str]]) -> Entry:
    (at, _), *_rest = ordered = sorted(steps)
    who = f"{ticket.visitor_name}：" if ticket.visitor_name else ""
    asked = ticket.request if len(ticket.request) <= SPOKEN else f"{ticket.request[: SPOKEN - 1]}…"
    head = f"首访单 {ticket.short_number}。{who}{asked}"
    return Entry(at, head, tuple(f"{words.rstrip('。')}。" for _, words in ordered))


def _calls(desk: Desk, first: date, last: date) -> list[tuple[FollowUp, datetime]]:
    found = [row[0] for row in desk.store.figures.between("followup", "done_at", first, last, ("why",))]
    calls = desk.store.reading.many(FollowUp, found)
    return [(one, at) for one in calls if one.made and (at := one.done_at) and first <= china_day(at) <= last]


def _call(desk: Desk, call: FollowUp, at: datetime) -> Entry:
    person = desk.store.reading.find(Person, call.person) if call.person else None
    home = desk.store.reading.find(Household, call.household) if call.household else None
    who = person.name if person else family_title(desk, home) if home else "群众"
    how = "到家里问" if call.channel == "home" else "打电话问"
    why = call.why.rstrip("。")
    return Entry(at, f"{how}{who}：{why}。", (f"说：{call.outcome}",) if call.outcome else ())
