"""What is due today, the most pressing first: the one page a worker opens every morning."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from app.actions.checklists import list_changes
from app.actions.desk import Desk
from app.actions.pressing import Entry, Press
from app.actions.registers import day_entries as register_entries
from app.actions.surveys import filling
from app.actions.tickets import catching_up, followups, ticket_drafts, ticket_today, ticket_views
from app.actions.tickets.ticket_drafts import NewTicket
from app.actions.visits import child_safety, day_entries, visits
from app.actions.visits.families import families
from app.actions.visits.plan import plan
from app.actions.visits.visits import Unfinished
from app.domain.people.household import Household
from app.domain.people.person import Person
from app.domain.tickets.followup import FollowUp
from app.domain.tickets.ticket import State, Ticket

RENEWALS = {"CZ": "提醒{}换残疾人证", "GL": "给{}备高龄津贴的材料"}
# A page of things to do, not a register: the rest comes when these are done.
MOST_CHANGED = 5
SEASONS = {"winter": "冬季作息", "summer": "夏季作息"}


@dataclass(frozen=True)
class Agenda:
    """`visited` of `to_visit` households on the register had their visit this month.

    `route` are the groups to walk through, in the order of the list, with `stops` households;
    `season` is the timetable the offices keep now, or empty. `unseen` counts the households where
    somebody is to be looked after and nobody came for a week. `peopled` once anybody is in the register.
    """

    day: date
    entries: tuple[Entry, ...]
    unfinished: tuple[Unfinished, ...]
    visited: int
    to_visit: int
    one_trip: int
    finished: int
    route: tuple[str, ...] = ()
    stops: int = 0
    season: str = ""
    unseen: int = 0
    begun: tuple[NewTicket, ...] = ()  # tickets that were not written to their end
    surveys: tuple[filling.Begun, ...] = ()  # questionnaires that were not asked to theirs
    peopled: bool = True


def agenda(desk: Desk) -> Agenda:
    """Today's list for the whole village, once what fell due while nobody worked here is written down."""
    catching_up.catch_up(desk)
    tickets = ticket_views.board(desk)
    rounds = plan(desk)
    entries = [*_to_report(desk), *_ticket_entries(desk, tickets), *_changed_lists(desk)]
    entries += ticket_today.waiting_for_the_town(desk)
    entries += [*day_entries.rounds(desk, rounds), *_calls(desk), *_renewals(desk)]
    entries += register_entries.entries(desk)
    one_trip, finished = desk.store.remembered.ask("trips", "", (Ticket.TYPE,), lambda: _trips(desk))
    ordered = tuple(sorted(entries, key=lambda entry: entry.press))
    stops = _stops(desk, ordered)
    return Agenda(
        day=desk.today,
        entries=ordered,
        unfinished=visits.drafts(desk),
        begun=ticket_drafts.unfinished(desk),
        surveys=filling.put_aside(desk),
        visited=rounds.visited,
        to_visit=rounds.to_visit,
        one_trip=one_trip,
        finished=finished,
        route=tuple(dict.fromkeys(one.group for one in stops)),
        stops=len(stops),
        season=season(desk),
        unseen=rounds.unseen,
        peopled=bool(rounds.families),
    )


def _trips(desk: Desk) -> tuple[int, int]:
    """How many ended matters cost nobody a second trip, and how many ended."""
    trips = desk.store.figures.lengths(Ticket.TYPE, "state", State.ARCHIVED, "trips")
    return sum(count for length, count in trips.items() if length <= 1), sum(trips.values())


def season(desk: Desk) -> str:
    """The timetable the offices keep today (冬季作息), where the pack gives more than one."""
    for office in desk.pack.offices:
        if len(office.seasons) > 1 and (hours := office.hours(desk.today)):
            return SEASONS.get(hours.id, "")
    return ""


def _stops(desk: Desk, entries: tuple[Entry, ...]) -> tuple[Household, ...]:
    """The households to go to, one stop each; calls and reminders need no walk."""
    walks = [one.household for one in entries if one.household and one.press not in (Press.CALL, Press.RENEW)]
    return desk.store.reading.many(Household, list(dict.fromkeys(walks)))


def _to_report(desk: Desk) -> list[Entry]:
    # The screen may be seen by others: the row says to telephone, not what about.
    words, chip = "先打 110 或 12345，再打镇里", "要马上报告"
    found = []
    for one in child_safety.unreported(desk):
        home = one.household.id
        title = f"{one.head}家：先打电话报告"
        found.append(Entry(Press.URGENT, one.head, title, words, chip, "visits", home, home, verb="接着写"))
    return found


def _ticket_entries(desk: Desk, tickets: tuple[Ticket, ...]) -> list[Entry]:
    return [entry for one in tickets if (entry := ticket_today.asked_today(desk, one))]


def _changed_lists(desk: Desk) -> list[Entry]:
    """Lists in people's pockets that are no longer what the county says; the rest is on their page."""
    found = list_changes.all_changed(desk)
    people = {
        one.id: one.name for one in desk.store.reading.many(Person, [each.checklist.person for each in found])
    }
    entries = []
    for one in found[:MOST_CHANGED]:
        made, count = one.checklist, len(one.differences)
        title = f"{made.called}的清单，县里改了 {count} 处"
        detail = one.differences[0].words + (f" 等 {count} 处" if count > 1 else "")
        who = people.get(made.person, made.called)
        entries.append(Entry(Press.CHANGED, who, title, detail, "县里改了", "checklists", made.id, ""))
    if len(found) > MOST_CHANGED:
        last = entries[-1]
        entries[-1] = replace(last, detail=f"{last.detail}；还有 {len(found) - MOST_CHANGED} 张也改了")
    return entries


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
        elif followup.checklist:
            page, record = "checklists", followup.checklist
        title = f"问{who}：{followup.why.removeprefix('问')}"
        phone = followup.phone or (person.phone if person else "") or _household_phone(desk, followup)
        entry = Entry(Press.CALL, who, title, detail, "回访", page, record, followup.household, "打电话")
        found.append(replace(entry, followup=followup.id, phone=phone))
    return found


def _household_phone(desk: Desk, followup: FollowUp) -> str:
    household = desk.store.reading.find(Household, followup.household) if followup.household else None
    return household.phone if household else ""


def _renewals(desk: Desk) -> list[Entry]:
    """Cards that run out, birthdays that bring or end a benefit: as early as the county's pack says."""
    near = [(one, family) for family in families(desk).values() for one in family.reminders]
    found = []
    for one, family in sorted(near, key=lambda pair: pair[0].on):
        who, left, home = family.names[one.person], (one.on - desk.today).days, family.household
        title = RENEWALS.get(one.item, "{}快满 18 岁了").format(who)
        chip = f"还有 {left} 天" if left >= 0 else "过期了"
        found.append(Entry(Press.RENEW, who, title, one.words, chip, "households", home.id, home.id))
    return found
