"""How a ticket is put in words on the screen: its title, pill, three 件件, story and row of the list."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import QCoreApplication

from app.actions.tickets.ticket_due import Due
from app.actions.tickets.ticket_views import Choices, Line, Story
from app.domain.tickets.ticket import ReplyMode, State, Ticket, TicketEvent
from app.domain.tickets.ticket_map import WORDS
from app.domain.workdays import CHINA
from ui.widgets.deadline import deadline_words
from ui.widgets.rows import Row
from ui.widgets.three_items import Item
from ui.widgets.timeline import Moment

LOCKED_RESULT = frozenset({State.DRAFT, State.REGISTERED, State.TRIAGED})
# How far up a late matter is known.
UP = {"town": "镇里知道超期了", "county": "县里知道超期了"}
# A sorting of the machine that the citizen has no part in; the line after it says the same in words.
SILENT = ("分类",)


def tr(text: str) -> str:
    """`text` in the language of the screen; for functions that belong to no widget."""
    return QCoreApplication.translate("Ticket", text)


def reply_modes() -> tuple[tuple[str, str], ...]:
    """How the citizen can be told (M-22)."""
    return (
        (ReplyMode.FACE.value, tr("当面")),
        (ReplyMode.PHONE.value, tr("电话")),
        (ReplyMode.MESSAGE.value, tr("短信")),
        (ReplyMode.PAPER.value, tr("书面")),
        (ReplyMode.RELAY.value, tr("托人")),
    )


def visitor(ticket: Ticket) -> str:
    """Her name, or 群众 when she gave none."""
    return ticket.visitor_name or tr("群众")


def matter(ticket: Ticket, choices: Choices) -> str:
    """What it is about: the items by name, else her own words."""
    return choices.item_names(ticket.items) or ticket.request


def heading(ticket: Ticket, choices: Choices, most: int) -> str:
    """`李桂英：孤儿基本生活费`, at most `most` characters."""
    return shortened(f"{visitor(ticket)}：{matter(ticket, choices)}", most)


def shortened(text: str, most: int) -> str:
    """`text`, cut with 「…」 beyond `most` characters."""
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1] + "…"


def day_words(day: date, today: date) -> str:
    """`今天`, `昨天`, `11月18日`; another year is named."""
    back = (today - day).days
    if back in (0, 1):
        return tr("今天") if back == 0 else tr("昨天")
    return f"{day.month}月{day.day}日" if day.year == today.year else f"{day.year}年{day.month}月{day.day}日"


def when(at: datetime, today: date) -> str:
    """`今天 9:10` for today and yesterday, else the day alone."""
    local = at.astimezone(CHINA)
    clock = f" {local.hour}:{local.minute:02d}" if (today - local.date()).days in (0, 1) else ""
    return day_words(local.date(), today) + clock


def pill(ticket: Ticket, due: Due | None) -> tuple[str, str, str]:
    """(words, tone, icon): how long is left, or how it ended."""
    if ticket.state is State.WITHDRAWN:
        return tr("不办了"), "neutral", "x"
    if ticket.state is State.DUPLICATE:
        return tr("登记重了"), "neutral", "x"
    if ticket.ended:
        return tr("已办结"), "ok", "check"
    if ticket.state is State.MERGED:
        return tr("并到别的单里办"), "neutral", "swap"
    if ticket.bounced_from:
        return tr("没人接，退回来了"), "bad", "phone"
    if due is None and ticket.state in LOCKED_RESULT:
        return tr("还没说怎么办"), "warn", "wait"
    if due is None:
        return stands(ticket), "neutral", "wait"
    if due.hours is not None and not due.paused:
        return _hours_left(due.hours)
    return deadline_words(due.left, estimated=due.day if due.estimated else None, paused=due.paused)


def _hours_left(hours: int) -> tuple[str, str, str]:
    if hours <= -2 * 24:
        return tr("超了 {n} 天").format(n=-hours // 24), "bad", "warn"
    if hours < 0:
        return tr("超了 {n} 小时").format(n=-hours), "bad", "warn"
    return tr("还剩 {n} 小时").format(n=hours), "bad" if hours < 24 else "warn", "wait"


def three_items(story: Story, today: date) -> tuple[Item, Item, Item]:
    """The three 件件, each done, open, or locked with its reason."""
    ticket = story.ticket
    taken = day_words(ticket.received_at.astimezone(CHINA).date(), today)
    registered = Item("done", tr("{day} 已取号").format(day=taken))
    return registered, _result_item(story, today), _echo_item(story, today)


def _result_item(story: Story, today: date) -> Item:
    ticket = story.ticket
    if ticket.result:
        return Item("done", _since(story, State.RESOLVED, today, tr("有了结果")))
    if ticket.state in (State.WITHDRAWN, State.DUPLICATE):
        return Item("locked", WORDS[ticket.state])
    if ticket.state is State.MERGED:
        waits = Item("locked", tr("等那张单的结果"))
        return Item("done", tr("那边有结果了")) if story.outcome else waits
    if ticket.state in LOCKED_RESULT:
        return Item("locked", tr("先说怎么办，才能填"))
    if ticket.waiting_for:
        return Item("open", shortened(tr("等{what}").format(what=ticket.waiting_for), 9))
    if ticket.handed_to:
        return Item("open", tr("{where}正在办").format(where=shortened(ticket.handed_to, 6)))
    return Item("open", WORDS[ticket.state])


def _echo_item(story: Story, today: date) -> Item:
    ticket = story.ticket
    if ticket.replied_at and ticket.reply_mode:
        mode = dict(reply_modes())[ticket.reply_mode.value]
        told = day_words(ticket.replied_at.astimezone(CHINA).date(), today)
        return Item("done", f"{told} {mode}")
    if ticket.state in (State.WITHDRAWN, State.DUPLICATE):
        return Item("locked", WORDS[ticket.state])
    if ticket.state is State.RESOLVED or (ticket.state is State.MERGED and story.outcome):
        return Item("open", tr("还没告诉{who}").format(who=shortened(visitor(ticket), 4)))
    return Item("locked", tr("先有结果，才能填"))


def _since(story: Story, state: State, today: date, words: str) -> str:
    at = next((one.at for one in story.events if one.to_state is state != one.from_state), None)
    return f"{day_words(at.astimezone(CHINA).date(), today)} {words}" if at else words


def moments(story: Story, today: date) -> tuple[Moment, ...]:
    """The whole story, newest first."""
    return tuple(_moment(event, today) for event in story.events if event.verb not in SILENT)


def _moment(event: TicketEvent, today: date) -> Moment:
    return Moment(event.verb, when(event.at, today), event.actor, event.note)


def first_receiver(story: Story) -> str:
    """The name of the worker who registered it, as the story tells it."""
    return story.events[-1].actor if story.events else ""


def row(line: Line, choices: Choices) -> Row:
    """The ticket as a row: who and what, where it stands and since when, and its pill."""
    ticket = line.ticket
    words, tone, icon = pill(ticket, line.due)
    if line.unclaimed:
        words, tone, icon = tr("没人接，退回来了"), "bad", "phone"
    if line.to_tell:
        words, tone, icon = tr("该回话了"), "warn", "phone"
    if ticket.urgent and not ticket.ended:
        words, tone, icon = tr("急难 · {left}").format(left=words), "bad", "warn"
    stand = stands(ticket)
    received = day_words(ticket.received_at.astimezone(CHINA).date(), choices.today)
    up = UP.get(ticket.escalated, "") if not ticket.ended else ""
    parts = (stand, up, line.place, tr("{day}来的").format(day=received))
    note = " · ".join(one for one in parts if one)
    name = visitor(ticket)
    return Row(
        key=ticket.id,
        title=f"{name}：{matter(ticket, choices)}",
        note=note,
        avatar=name[:1],
        chip=words,
        tone=tone,
        chip_icon=icon,
    )


def stands(ticket: Ticket) -> str:
    """Where it stands, in words: with whom, or waiting for what."""
    if ticket.waiting_for and not ticket.ended:
        return tr("等{what}").format(what=ticket.waiting_for)
    if ticket.state is State.TRANSFERRED:
        return tr("转给了{where}，还没收").format(where=ticket.handed_to)
    if ticket.state is State.IN_PROGRESS and ticket.handed_to:
        return tr("{where}正在办").format(where=ticket.handed_to)
    return WORDS[ticket.state]
