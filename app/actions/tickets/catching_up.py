"""What the rules did to open tickets while nobody worked here, written down the next time somebody does.

A transfer nobody took comes back; what is late goes up to the town and then to the county; a ticket that
went on in another, which was taken back, stands on its own again. Every line says when the rule applied and,
where it is written later, why. Running it again writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from app.actions import clock
from app.actions.desk import Desk
from app.actions.tickets import joining, ticket_due, ticket_views
from app.actions.tickets.ticket_steps import clock_of, move, tell
from app.domain.tickets.limits import Timed
from app.domain.tickets.ticket import State, Ticket, TicketEvent
from app.domain.workdays import china_day
from app.store.unit import Unit

BOUNCED = "没人接，退回"
TO_TOWN, TO_COUNTY = "升级到镇里", "升级到县里"


def catch_up(desk: Desk) -> tuple[str, ...]:
    """Write down what is due; gives the ids of the tickets it touched.

    Only this worker's own tickets: every other device does its own. Looked at anew every hour and after every
    change of a ticket, so that asking again costs nothing. Nothing is written while the clock
    cannot be right, or where nobody may record.
    """
    if not desk.may_record:
        return ()
    asked = (desk.worker, id(desk.pack), desk.now.replace(minute=0, second=0, microsecond=0))
    kinds = (Ticket.TYPE, TicketEvent.TYPE)
    waiting = desk.store.remembered.ask("catching up", asked, kinds, lambda: _waiting(desk))
    if not waiting or clock.doubt(desk) is not None:
        return ()
    with desk.unit("deadline passed") as unit:
        for ticket in waiting:
            _write(desk, unit, ticket)
    return tuple(one.id for one in waiting)


def _waiting(desk: Desk) -> tuple[Ticket, ...]:
    mine = [one for one in ticket_views.board(desk) if one.owner in ("", desk.worker)]
    return tuple(one for one in mine if any(True for _ in _due(desk, one)))


def _due(desk: Desk, ticket: Ticket) -> Iterator[str]:
    if ticket_due.unclaimed(desk, ticket):
        yield BOUNCED
    if ticket.state is State.MERGED and _left_alone(desk, ticket):
        yield joining.ALONE
    yield from (verb for verb, _, _ in _steps_up(desk, ticket))


def _write(desk: Desk, unit: Unit, ticket: Ticket) -> None:
    if ticket_due.unclaimed(desk, ticket):
        ticket = _bounce(desk, unit, ticket)
    if ticket.state is State.MERGED and _left_alone(desk, ticket):
        ticket = joining.apart(desk, unit, ticket, joining.ALONE, "")
    for verb, level, day in _steps_up(desk, ticket):
        ticket = replace(ticket, escalated=level)
        unit.save(ticket)
        tell(
            desk,
            unit,
            ticket,
            ticket.state,
            verb,
            "。".join(filter(None, (_late(ticket), _absence(desk, day)))),
        )


def _bounce(desk: Desk, unit: Unit, ticket: Ticket) -> Ticket:
    since = ticket_due.handed_on(desk, ticket) or desk.today
    days = clock_of(desk).limit(Timed.UNCLAIMED)
    words = f"{ticket.handed_to} {days.words if days else ''}没接，退回首访人。打电话问，再说怎么办"
    day = clock_of(desk).over_on(Timed.UNCLAIMED, since) or desk.today
    back = replace(ticket, bounced_from=ticket.handed_to, handed_to="")
    return move(
        desk, unit, back, State.TRIAGED, BOUNCED, "。".join(filter(None, (words, _absence(desk, day))))
    )


def _steps_up(desk: Desk, ticket: Ticket) -> Iterator[tuple[str, str, date]]:
    """Where a late ticket has yet to go: the verb, the level, and the day from which that was so."""
    due = ticket_due.due(desk, ticket)
    if due is None or not due.over or ticket.result:
        return
    if not ticket.escalated:
        yield TO_TOWN, "town", due.day + timedelta(due.hours is None)  # its last day is still its own
    if ticket.escalated != "county" and clock_of(desk).over(Timed.TO_COUNTY, due.day, desk.today):
        yield TO_COUNTY, "county", clock_of(desk).over_on(Timed.TO_COUNTY, due.day) or desk.today


def _late(ticket: Ticket) -> str:
    return f"{ticket.due_on.month}月{ticket.due_on.day}日到期" if ticket.due_on else ""


def _absence(desk: Desk, day: date) -> str:
    """Why a line about `day` is only written today: no network since, or the program was not open."""
    if day >= desk.today:
        return ""
    reached = desk.store.meta.synced_at()
    should = f"应在 {day.month}月{day.day}日"
    if reached is None or china_day(reached) < day:
        last = (
            f"上次联上县里是 {china_day(reached).month}月{china_day(reached).day}日"
            if reached
            else "还没联上过县里"
        )
        return f"{should}，期间没有网（{last}），离线造成"
    return f"{should}，今天才补记"


def _left_alone(desk: Desk, ticket: Ticket) -> bool:
    target = desk.store.reading.find(Ticket, ticket.merged_into)
    return target is None or target.state in (State.WITHDRAWN, State.DUPLICATE, State.MERGED)
