"""A ticket's whole story gathered for the file: facts, the three 件件, sealed lines, calls, trips."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from app.actions.desk import Desk
from app.actions.tickets import ticket_views
from app.actions.tickets.ticket_steps import chain_of, told_of
from app.actions.tickets.ticket_views import Story
from app.domain.tickets.file_copy import FileCopy, Pair, StoryLine
from app.domain.tickets.followup import FollowUp
from app.domain.tickets.ticket import Ticket, TicketEvent
from app.domain.tickets.ticket_map import WORDS
from app.domain.tickets.ticket_terms import CHANNELS, COURSES, FACES, RELATIONS, TOLD_BY
from app.domain.workdays import CHINA, china_day

SEAL = 8  # figures of a hash that two people can compare


def file_copy(desk: Desk, story: Story) -> FileCopy:
    """Everything the file keeps of `story`."""
    ticket, events = story.ticket, told_of(desk, story.ticket.id)
    calls = desk.store.reading.where(FollowUp, ticket=ticket.id)
    causes = {one.code: one.cause for one in desk.pack.trip_causes}
    return FileCopy(
        number=ticket.number,
        village=desk.village_name,
        facts=tuple(pair for pair in _facts(desk, story) if pair[1]),
        kept=tuple(_kept(ticket)),
        story=tuple(_line(one) for one in events),
        trips=tuple(
            (_day(one.on), one.where, one.outcome, causes.get(one.cause, one.cause)) for one in ticket.trips
        ),
        calls=tuple(_call(one) for one in calls if one.made),
        ratings=tuple(
            (_day(china_day(one.at)), FACES.get(one.score, "没有指"), one.by) for one in ticket.ratings
        ),
        seal=chain_of(events[-1])[:SEAL] if events else "",
        unbroken=unbroken(events),
        simulated=desk.pack.simulated,
    )


def phone_of(story: Story) -> str:
    """Where the citizen can be reached: what she left, else her own, else her household's; "" for nowhere."""
    own = story.ticket.visitor_phone or (story.visitor.phone if story.visitor else "")
    return own or (story.household.phone if story.household else "")


def unbroken(events: tuple[TicketEvent, ...]) -> bool:
    """Whether every line but the first names a line that is there; two devices may have written after one."""
    hashes = {chain_of(one) for one in events}
    first = [one for one in events if not one.previous]
    return len(first) <= 1 and all(one.previous in hashes for one in events if one.previous)


def _facts(desk: Desk, story: Story) -> Iterator[Pair]:
    ticket = story.ticket
    receiver = story.events[-1].actor if story.events else ""
    subject = story.subject.name if story.subject and ticket.subject != ticket.visitor else ""
    yield "谁来的", ticket.visitor_name or "没留名字"
    yield "住哪里", story.household.place if story.household else "村外的人"
    yield "怎么来的", CHANNELS.get(ticket.channel, "")
    yield "哪天来的", _minute(ticket.received_at)
    yield "为谁的事", subject
    yield "是他什么人", RELATIONS.get(ticket.relation, "")
    yield "首访人", receiver
    yield "急难", "急难，先救" if ticket.urgent else ""
    yield "怎么办", COURSES[ticket.disposition] if ticket.disposition else ""
    yield "转给谁", ticket.handed_to
    yield "期限", _day(ticket.due_on) if ticket.due_on else ""
    yield "办到哪了", WORDS[ticket.state]
    yield "什么事", ticket_views.choices(desk).item_names(ticket.items)
    yield "原话", f"「{ticket.request}」"
    yield "谁陪着去", "；".join(f"{_day(one.on)} {one.who} {one.where}".strip() for one in ticket.accompanied)


def _kept(ticket: Ticket) -> Iterator[Pair]:
    yield "件件有登记", f"{_minute(ticket.received_at)} 取号 {ticket.short_number}"
    yield "件件有结果", ticket.result or "还没有"
    if ticket.replied_at and ticket.reply_mode:
        slip = "，回音单交到了手里" if ticket.receipt_at else ""
        yield "件件有回音", f"{_minute(ticket.replied_at)} {TOLD_BY[ticket.reply_mode]}：{ticket.reply}{slip}"
    else:
        yield "件件有回音", "还没有"


def _line(event: TicketEvent) -> StoryLine:
    return StoryLine(_minute(event.at), event.actor, event.verb, event.note, chain_of(event)[:SEAL])


def _call(call: FollowUp) -> tuple[str, str, str]:
    assert call.done_at is not None, "asked only of calls that were made"
    return _day(china_day(call.done_at)), call.why, call.outcome


def _day(day: date) -> str:
    return f"{day.year}-{day.month:02d}-{day.day:02d}"


def _minute(at: datetime) -> str:
    local = at.astimezone(CHINA)
    return f"{_day(local.date())} {local.hour:02d}:{local.minute:02d}"
