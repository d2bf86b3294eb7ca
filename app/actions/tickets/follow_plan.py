"""The calls a ticket brings by the county's rules: while it waits, after it closes, when money is due.

What was planned for a wait is called off when the wait is over: nobody rings to ask what is known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from app.actions.desk import Desk
from app.domain.ids import new_id
from app.domain.packs.follow_rule import After, FollowRule, rules_at
from app.domain.people.person import Life, Person
from app.domain.tickets.followup import OFF, FollowUp
from app.domain.tickets.ticket import State, Ticket
from app.domain.workdays import WorkCalendar, next_workday
from app.store.unit import Unit

ALONE = "独居"
# A holiday further away than this is planned for when the matter is asked about again.
HOLIDAY_AHEAD = timedelta(days=60)
WAITS = (After.EXTERNAL, After.PAPERS)
WAITED_IN = {After.EXTERNAL: State.WAITING_EXTERNAL, After.PAPERS: State.WAITING_APPLICANT}


def plan(
    desk: Desk, unit: Unit, ticket: Ticket, after: After, *, what: str = "", since: date | None = None
) -> tuple[FollowUp, ...]:
    """Schedule what the pack says follows `after` on the day `since` (today); the calls, earliest first.

    A call of the same rule that is still to be made is not made twice: it moves to the new day.
    """
    start = since or desk.today
    waiting = defaultdict[str, list[FollowUp]](list)
    for one in desk.store.reading.where(FollowUp, ticket=ticket.id):
        if one.rule and one.done_at is None:
            waiting[one.rule].append(one)
    made = []
    for rule, day in sorted(_days(desk, ticket, after, start), key=lambda pair: pair[1]):
        before = waiting[rule.id].pop(0) if waiting[rule.id] else None
        call = FollowUp(
            id=before.id if before else new_id(desk.now),
            village=ticket.village,
            household=ticket.household,
            due_on=next_workday(desk.calendar, max(day, desk.today)).day,
            why=rule.words(what),
            ticket=ticket.id,
            person=ticket.visitor,
            phone=ticket.visitor_phone,
            rule=rule.id,
            after=rule.after.value,
        )
        unit.save(call)
        made.append(call)
    return tuple(made)


def lapse(desk: Desk, unit: Unit, ticket: Ticket) -> tuple[FollowUp, ...]:
    """Call off what was planned for a wait that is over, and after a holiday what has ended; those calls.

    A call somebody planned herself, and one planned for anything else, stays.
    """
    gone = []
    for call in desk.store.reading.where(FollowUp, ticket=ticket.id):
        if call.done_at is None and call.rule and _over(desk, call, ticket):
            why = "办结了，不用等了" if ticket.ended else "不等了，接着办"
            gone.append(replace(call, done_at=desk.now, channel=OFF, called_off=why))
            unit.save(gone[-1])
    return tuple(gone)


def _over(desk: Desk, call: FollowUp, ticket: Ticket) -> bool:
    # Calls of earlier releases say only their rule.
    after = call.after or next((one.after for one in desk.pack.follow_rules if one.id == call.rule), "")
    if after == After.FESTIVAL:
        return ticket.ended
    return after in WAITED_IN and ticket.state is not WAITED_IN[After(after)]


def again_days(desk: Desk, call: FollowUp) -> int:
    """After how many days the rule that brought `call` has it made again, 0 for not at all."""
    rules = rules_at(desk.pack.follow_rules, desk.village, desk.today)
    return next((one.again for one in rules if one.id == call.rule), 0)


def after_holiday(calendar: WorkCalendar, name: str, today: date) -> date | None:
    """The last day of the next holiday called `name`; None where no calendar tells it."""
    days = sorted(day for day, called in calendar.names.items() if called == name and day >= today)
    if not days:
        return None
    last = days[0]
    while calendar.holiday(last + timedelta(days=1)) == name:
        last += timedelta(days=1)
    return last


def _days(desk: Desk, ticket: Ticket, after: After, start: date) -> Iterator[tuple[FollowRule, date]]:
    person = desk.store.reading.find(Person, ticket.visitor) if ticket.visitor else None
    for rule in rules_at(desk.pack.follow_rules, desk.village, desk.today):
        if rule.from_age and not _alone(person, rule.from_age, desk.today):
            continue
        if rule.after is after:
            yield from ((rule, start + timedelta(days=days)) for days in rule.days)
        elif rule.after is After.FESTIVAL and after in WAITS:
            last = after_holiday(desk.calendar, rule.holiday, start)
            if last is not None and last - start <= HOLIDAY_AHEAD:
                yield from ((rule, last + timedelta(days=days)) for days in rule.days)


def _alone(person: Person | None, years: int, on: date) -> bool:
    if person is None or ALONE not in person.tags or person.life is not Life.HERE:
        return False
    return (person.age_on(on) or 0) >= years
