"""Tickets of one matter: merged into one (并入), taken out again, or found to be registered twice."""

from __future__ import annotations

from dataclasses import replace

from app.actions.desk import Desk
from app.actions.tickets.ticket_steps import get, move, tell
from app.domain.problem import UserError
from app.domain.tickets.ticket import STILL_OPEN, ReplyMode, State, Ticket
from app.store.unit import Unit

ALONE = "并入的那张不办了，单独办"


def merged(desk: Desk, ticket: str) -> tuple[Ticket, ...]:
    """The tickets that go on in this one, or only repeat it, the oldest first."""
    return desk.store.reading.where(Ticket, merged_into=ticket)


def may_join(desk: Desk, ticket: Ticket, *, most: int = 8) -> tuple[Ticket, ...]:
    """Open tickets it could go on in: those of the same household or item first, then the latest."""
    if ticket.ended or not ticket.registered or ticket.merged_into:
        return ()
    others = [
        one
        for one in desk.store.reading.where(Ticket, state=STILL_OPEN)
        if one.id != ticket.id and one.registered and not one.merged_into
    ]
    others.sort(key=lambda one: one.received_at, reverse=True)
    return tuple(sorted(others, key=lambda one: -_likeness(ticket, one))[:most])


def merge(desk: Desk, ticket: str, into: str, *, why: str = "") -> Ticket:
    """Handle it inside `into`. It stays open until its own citizen has been told what came of that one.

    Raises UserError when `into` is not open, when others were merged into this one, or itself is meant.
    """
    found, target = get(desk, ticket), get(desk, into)
    _check(desk, found, target)
    with desk.unit("merge ticket") as unit:
        kept = move(
            desk,
            unit,
            replace(found, merged_into=into, waiting_for="", due_on=None, due_at=None),
            State.MERGED,
            f"并入 {target.short_number}",
            why,
        )
        who = found.visitor_name or "群众"
        tell(desk, unit, target, target.state, f"并进来 {found.short_number}", f"{who}：{found.request}")
    return kept


def duplicate(desk: Desk, ticket: str, of: str) -> Ticket:
    """The same citizen's same matter stands under another number; she hears back there.

    Raises UserError as `merge` does, and when somebody else came: she must be told too, so it is merged.
    """
    found, target = get(desk, ticket), get(desk, of)
    _check(desk, found, target)
    if not _same_citizen(found, target):
        raise UserError("来的不是同一个人，她也要听到回音。选「并到那张单里办」。", field="merged_into")
    with desk.unit("duplicate ticket") as unit:
        kept = move(
            desk,
            unit,
            replace(found, merged_into=of),
            State.DUPLICATE,
            f"和 {target.short_number} 登记重了",
            "",
        )
        tell(desk, unit, target, target.state, f"{found.short_number} 登记重了", "在这张单里一起回话。")
    return kept


def take_out(desk: Desk, ticket: str, *, why: str) -> Ticket:
    """It is a matter of its own after all. Raises UserError without a reason or when it is not merged."""
    if not why.strip():
        raise UserError("为什么要单独办？写一句。", field="note")
    with desk.unit("ticket on its own") as unit:
        return apart(desk, unit, get(desk, ticket), "拆出来，单独办", why)


def apart(desk: Desk, unit: Unit, ticket: Ticket, verb: str, note: str) -> Ticket:
    """A merged ticket on its own again, to decide anew."""
    return move(desk, unit, replace(ticket, handed_to="", disposition=None), State.TRIAGED, verb, note)


def outcome(desk: Desk, ticket: Ticket) -> str:
    """What came of the matter a merged ticket went on in; empty while it has no result."""
    target = desk.store.reading.find(Ticket, ticket.merged_into) if ticket.merged_into else None
    if target is None or target.state in (State.WITHDRAWN, State.MERGED, State.DUPLICATE):
        return ""
    return target.result


def pass_on(desk: Desk, ticket: str, *, mode: ReplyMode, words: str) -> Ticket:
    """Tell the citizen of a merged ticket what came of the other; with that it goes to the archive.

    Raises UserError while there is no result to tell.
    """
    found = get(desk, ticket)
    result = outcome(desk, found)
    if not result:
        raise UserError("那张单还没有结果，有了再告诉群众。", field="reply_mode")
    told = replace(found, result=result, replied_at=desk.now, reply_mode=mode, reply=words)
    with desk.unit("pass a result on") as unit:
        return move(desk, unit, told, State.ARCHIVED, "回了话，归档", words or result)


def _check(desk: Desk, ticket: Ticket, target: Ticket) -> None:
    if target.id == ticket.id:
        raise UserError("不能并到自己这张单里。", field="merged_into")
    if not target.registered or target.ended or target.merged_into:
        raise UserError("那张单已经办结或并走了，换一张。", field="merged_into")
    if merged(desk, ticket.id):
        raise UserError("已经有单并到这张里，反过来并：打开那一张，并到这张。", field="merged_into")


def _same_citizen(one: Ticket, other: Ticket) -> bool:
    if one.visitor and other.visitor:
        return one.visitor == other.visitor
    return bool(one.visitor_name) and one.visitor_name == other.visitor_name


def _likeness(one: Ticket, other: Ticket) -> int:
    home = bool(one.household) and one.household == other.household
    return 2 * home + bool(set(one.items) & set(other.items))
