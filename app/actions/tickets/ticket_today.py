"""What a ticket asks of the worker today: what to do, why now, and whom to dial; nothing when it can wait."""

from __future__ import annotations

from app.actions.desk import Desk
from app.actions.pressing import Entry, Press
from app.actions.tickets import joining, subtasks, ticket_due, ticket_views
from app.actions.tickets.ticket_due import Due
from app.actions.tickets.ticket_steps import clock_of
from app.domain.roles import Role
from app.domain.tickets.handling import DISPUTED
from app.domain.tickets.limits import Timed
from app.domain.tickets.subtask import open_parts
from app.domain.tickets.ticket import ENDED, State, Ticket


def asked_today(desk: Desk, ticket: Ticket) -> Entry | None:
    """The one thing to do about it today, or None."""
    name = ticket.visitor_name or "群众"
    if desk.role is Role.OFFICER and ticket.provisional:
        return _entry(ticket, Press.TODAY, f"看一遍{name}的单：拟定的对不对", "等镇里定")
    if ticket.state is State.MERGED:
        told = joining.outcome(desk, ticket)
        return _entry(ticket, Press.TODAY, f"给{name}回话", "并的那张有结果了", "去回话") if told else None
    if ticket.bounced_from:
        title = f"问{ticket.bounced_from}：为什么没接"
        press = Press.URGENT if ticket.urgent else Press.TODAY
        return _entry(ticket, press, title, "没人接，退回来了", "打电话", _phone(desk, ticket))
    pressing = _pressing(desk, ticket, ticket_due.due(desk, ticket))
    return _late_part(desk, ticket) if pressing is None else _matter(ticket, name, *pressing)


def waiting_for_the_town(desk: Desk) -> tuple[Entry, ...]:
    """Ended matters whose nature is still only proposed, for the officer who speaks for the town."""
    if desk.role is not Role.OFFICER:
        return ()
    rows = desk.store.reading.columns(Ticket, "state", "nature", "confirmed_by")
    ended = {state.value for state in ENDED}
    asked = [one for one, state, nature, yes in rows if state in ended and nature in DISPUTED and not yes]
    found = desk.store.reading.many(Ticket, asked)
    return tuple(entry for one in found if (entry := asked_today(desk, one)))


def _matter(ticket: Ticket, name: str, press: Press, chip: str) -> Entry:
    what = {
        State.RESOLVED: f"给{name}回话",
        State.REPLIED: f"给{name}的单子办结",
        State.REGISTERED: f"{name}的事怎么办",
        State.TRIAGED: f"{name}的事再说怎么办",
        State.TRANSFERRED: f"问{ticket.handed_to or '对方'}收了没有",
        State.DELIBERATING: f"问{ticket.handed_to or '镇里'}议了没有",
        State.WAITING_APPLICANT: f"催{name}补{ticket.waiting_for}",
    }.get(ticket.state, f"跟{name}的事")
    verb = {State.RESOLVED: "去回话", State.REGISTERED: "说怎么办"}.get(ticket.state, "去看")
    return _entry(ticket, press, what, chip, verb)


def _pressing(desk: Desk, ticket: Ticket, due: Due | None) -> tuple[Press, str] | None:
    if ticket.urgent:
        return Press.URGENT, urgent_words(desk, ticket, due)
    if due is None:
        late = ticket_due.handover_late(desk, ticket)
        return (Press.OVERDUE, "早该说怎么办了") if late else (Press.TODAY, "还没说怎么办")
    if due.paused:
        return None  # its clock stands still; the weekly call to ask is on the list
    if due.over or due.day < desk.today:
        return Press.OVERDUE, f"超了 {-due.left} 个工作日" if due.left < 0 else "超期了"
    if due.day == desk.today:
        return Press.TODAY, "今天到期"
    if ticket_due.unclaimed(desk, ticket):
        return Press.TODAY, "还没人接"
    reminded = clock_of(desk).limit(Timed.REMIND)
    soon = reminded is not None and due.left <= reminded.count
    return (Press.SOON, f"还剩 {due.left} 个工作日") if soon else None


def urgent_words(desk: Desk, ticket: Ticket, due: Due | None) -> str:
    """`急难 · 还剩 5 小时`: what is short of an urgent matter, the most pressing first."""
    if due is not None and due.hours is not None and due.hours < 0 and not due.paused:
        late = -due.hours
        return f"急难 · 超了 {late} 小时" if late < 48 else f"急难 · 超了 {late // 24} 天"
    if ticket_due.first_step_late(desk, ticket):
        return "急难 · 还没走第一步"
    if idle := ticket_due.idle_hours(desk, ticket):
        return f"急难 · {idle} 小时没动" if idle < 48 else f"急难 · {idle // 24} 天没动"
    if due is None or due.hours is None or due.paused:
        return "急难"
    return f"急难 · 还剩 {due.hours} 小时"


def _entry(ticket: Ticket, press: Press, title: str, chip: str, verb: str = "去看", phone: str = "") -> Entry:
    who = ticket.visitor_name or "群众"
    return Entry(
        press, who, title, ticket.request, chip, "tickets", ticket.id, ticket.household, verb, phone=phone
    )


def _late_part(desk: Desk, ticket: Ticket) -> Entry | None:
    late = [
        one
        for one in open_parts(subtasks.of_ticket(desk, ticket.id))
        if one.due_on is not None and one.due_on <= desk.today
    ]
    if not late:
        return None
    first = late[0]
    return _entry(
        ticket, Press.TODAY, f"问{first.who}：{first.what}办了没有", "协办到期了", "打电话", first.phone
    )


def _phone(desk: Desk, ticket: Ticket) -> str:
    office = next((one for one in ticket_views.offices(desk) if one.name == ticket.bounced_from), None)
    return next((one.phone for one in (office.contacts if office else ()) if one.phone), "")
