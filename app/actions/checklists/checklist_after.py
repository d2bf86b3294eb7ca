"""After the printer: the call on the day the paper names, the steps that are done, the walks in vain."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from app.actions.checklists.checklist_days import call_day, planned, waiting_day
from app.actions.desk import Desk
from app.actions.tickets import tickets
from app.domain.checklists.checklist import Checklist, Edition, Printing
from app.domain.checklists.checklist_plan import day_to_go
from app.domain.ids import new_id
from app.domain.people.household import Household
from app.domain.people.person import Person
from app.domain.roles import Right
from app.domain.tickets.followup import FollowUp
from app.domain.tickets.ticket import Ticket, Trip, needs_cause
from app.domain.workdays import next_workday
from app.store.unit import Unit

AFTER_LAST_DAYS = 7  # all done: did the money come?


def printed(desk: Desk, checklist: str, *, draft: bool) -> Checklist:
    """It came out of the printer: logged, with who and when; a paper given away brings the promised call."""
    desk.require(Right.TAKE_OUT)
    found = desk.store.reading.get(Checklist, checklist)
    printing, edition = Printing(desk.now, desk.worker, draft), Edition(desk.now, found.edition, found.pack)
    with desk.unit("print checklist") as unit:
        kept = replace(found, printings=(*found.printings, printing), editions=(*found.editions, edition))
        if not draft and not all(step.done for step in found.steps):
            place = found.steps[found.next_step].place.name or "那里"
            day = max(found.call_on or call_day(desk, found.going_on), desk.today)
            kept = replace(kept, call_on=_call(desk, unit, found, day, f"去{place}办成了没有"))
        unit.save(kept)
        unit.audit("print checklist", checklist, "draft" if draft else "public")
    return kept


def step_done(desk: Desk, checklist: str, step: int, *, done: bool = True) -> Checklist:
    """One errand is done; the next paper starts from the step after it.

    What was to be asked about it is answered. A step that keeps her waiting brings a call when its limit
    is over; one that does not lets the next be planned at once.
    """
    found = desk.store.reading.get(Checklist, checklist)
    one = replace(found.steps[step], done=done, done_on=desk.today if done else None)
    kept = found.with_step(step, one)
    with desk.unit("checklist") as unit:
        _answered(desk, unit, found, f"第 {step + 1} 步{'办好了' if done else '还没办'}，清单上记了")
        waits = waiting_day(desk, one) if done else None
        if waits is not None:
            what = "到哪一步了" if one.external else "批了没有"
            kept = replace(kept, going_on=None, call_on=_call(desk, unit, kept, waits, f"{one.title}{what}"))
        elif all(each.done for each in kept.steps):
            kept = replace(kept, going_on=None, call_on=_last_call(desk, unit, kept))
        else:
            kept = planned(desk, kept, day_to_go(kept.steps, desk.today, desk.calendar))
        unit.save(kept)
    return kept


def add_trip(desk: Desk, checklist: str, trip: Trip) -> Checklist:
    """She walked. With a ticket the walk goes into its story, where the county counts it; else on the list.

    Raises UserError when a further walk, or one in vain, has no cause.
    """
    found = desk.store.reading.get(Checklist, checklist)
    ticket = desk.store.reading.find(Ticket, found.ticket) if found.ticket else None
    if ticket is not None and not ticket.ended:
        tickets.add_trip(desk, ticket.id, trip)
        return found
    needs_cause(found.trips, trip)
    kept = replace(found, trips=(*found.trips, trip))
    with desk.unit("trip") as unit:
        unit.save(kept)
    return kept


def trips(desk: Desk, checklist: Checklist) -> tuple[Trip, ...]:
    """Every walk known of, whichever record keeps it, the first one first."""
    ticket = desk.store.reading.find(Ticket, checklist.ticket) if checklist.ticket else None
    return tuple(sorted({*checklist.trips, *(ticket.trips if ticket else ())}, key=lambda one: one.on))


def _last_call(desk: Desk, unit: Unit, checklist: Checklist) -> date | None:
    if checklist.ticket:
        return None  # closing the ticket brings the call
    day = next_workday(desk.calendar, desk.today + timedelta(days=AFTER_LAST_DAYS)).day
    return _call(desk, unit, checklist, day, "办完一周，落实了没有")


def _call(desk: Desk, unit: Unit, checklist: Checklist, on: date, why: str) -> date:
    """Have the call on the list for `on`; a matter has one call at a time. The day it is due."""
    waiting = _pending(desk, checklist)
    own = [one for one in waiting if one.checklist == checklist.id]
    if waiting and not own:
        return waiting[0].due_on  # the ticket asks already
    if own:
        unit.save(replace(own[0], due_on=on, why=why))
        return on
    person = desk.store.reading.find(Person, checklist.person)
    home = desk.store.reading.find(Household, checklist.household)
    phone = (person.phone if person else "") or (home.phone if home else "")
    unit.save(
        FollowUp(
            id=new_id(desk.now),
            village=checklist.village,
            household=checklist.household,
            due_on=on,
            why=why,
            ticket=checklist.ticket,
            person=checklist.person,
            phone=phone,
            checklist=checklist.id,
        )
    )
    return on


def _answered(desk: Desk, unit: Unit, checklist: Checklist, outcome: str) -> None:
    for one in _pending(desk, checklist):
        if one.checklist == checklist.id:
            unit.save(replace(one, done_at=desk.now, outcome=outcome))


def _pending(desk: Desk, checklist: Checklist) -> list[FollowUp]:
    found = desk.store.reading.each(FollowUp)
    mine = [
        one
        for one in found
        if not one.done_at
        and (one.checklist == checklist.id or (checklist.ticket and one.ticket == checklist.ticket))
    ]
    return sorted(mine, key=lambda one: one.due_on)
