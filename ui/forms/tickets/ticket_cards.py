"""Cards beside a ticket's story: what others do of it, papers that follow, tickets it is joined with."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.actions.tickets.subtasks import MAY_ASK
from app.actions.tickets.ticket_views import Choices, Story
from app.domain.tickets.subtask import SubTask
from app.domain.tickets.ticket import State, Ticket
from ui import theme
from ui.forms.tickets.ticket_words import day_words, first_receiver, shortened, tr, visitor
from ui.widgets.card import Card
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.row_stack import RowStack
from ui.widgets.rows import Row
from ui.widgets.words import Button, words

# Where a matter may still be joined with another: before anything came of it.
MAY_JOIN = MAY_ASK | {State.REGISTERED, State.TRIAGED, State.EXPLAINED}


class PartsCard(Card):
    """协办 1/3: who leads, and each part with its state. `chosen(key)` opens one, `asked` a new one."""

    chosen = Signal(str)

    def __init__(self, story: Story, choices: Choices) -> None:
        done = sum(one.done_at is not None for one in story.parts)
        title = tr("协办 {done}/{all}").format(done=done, all=len(story.parts))
        super().__init__(title)
        self.setAccessibleName(title)
        lead = story.ticket.handed_to or first_receiver(story)
        self.add(words(tr("主办：{who}").format(who=lead), "body", "quiet", wrap=True))
        rows = RowStack(title, framed=False)
        rows.set_rows([_part_row(one, choices) for one in story.parts])
        open_ones = {one.id for one in story.parts if one.done_at is None}
        rows.opened.connect(lambda key: self.chosen.emit(f"part:{key}") if key in open_ones else None)
        self.add(rows)


def _part_row(part: SubTask, choices: Choices) -> Row:
    if part.done_at is not None:
        chip, tone, icon = (tr("没等"), "neutral", "x") if part.unfinished else (tr("办好了"), "ok", "check")
        return Row(part.id, part.who, part.result or part.what, chip=chip, tone=tone, chip_icon=icon)
    late = part.due_on is not None and part.due_on < choices.today
    day = day_words(part.due_on, choices.today) if part.due_on else ""
    note = tr("{what} · {day}前").format(what=part.what, day=day) if day else part.what
    chip, tone = (tr("超期了"), "bad") if late else (tr("在办"), "info")
    return Row(part.id, part.who, note, chip=chip, tone=tone, chip_icon="warn" if late else "wait")


class OwedCard(Card):
    """容缺: what may follow, each with a button that says it came. `chosen(key)` is `brought:<name>`."""

    chosen = Signal(str)

    def __init__(self, ticket: Ticket, choices: Choices) -> None:
        super().__init__(tr("容缺，先办后补"))
        for one in ticket.owed:
            row = QHBoxLayout()
            row.setSpacing(theme.soft(10))
            day = day_words(one.brought_on or one.owed_on, choices.today)
            said = tr("{day}补来了") if one.brought_on else tr("{day}前补")
            row.addWidget(words(f"{one.name}\n{said.format(day=day)}", "body", wrap=True), 1)
            if not one.brought_on and not ticket.ended:
                came = Button(tr("补来了"), "small", "check")
                came.setAccessibleName(tr("{name}补来了").format(name=one.name))
                came.clicked.connect(lambda _on=False, name=one.name: self.chosen.emit(f"brought:{name}"))
                row.addWidget(came)
            self.add(row)


class JoinedCard(Card):
    """The tickets of the same matter; `chosen(key)` is `ticket:<id>`."""

    chosen = Signal(str)

    def __init__(self, story: Story) -> None:
        title = tr("并进来的单") if story.merged else tr("和它一件事的单")
        super().__init__(title)
        rows = RowStack(title, framed=False)
        shown = [one for one in (story.into, *story.merged) if one is not None]
        rows.set_rows([_ticket_row(one) for one in shown])
        rows.opened.connect(lambda key: self.chosen.emit(f"ticket:{key}"))
        self.add(rows)


def _ticket_row(ticket: Ticket) -> Row:
    note = f"{ticket.short_number} · {shortened(ticket.request, 14)}"
    told = ticket.state is State.ARCHIVED
    return Row(
        ticket.id,
        visitor(ticket),
        note,
        chip=tr("回过话了") if told else "",
        tone="ok" if told else "neutral",
        chip_icon="check" if told else "",
    )


class MoreCard(Card):
    """还可以: quiet ways that are seldom needed. `chosen(key)` names the panel."""

    chosen = Signal(str)

    def __init__(self, story: Story) -> None:
        super().__init__()
        self.setAccessibleName(tr("还可以"))
        holder = QWidget()
        holder.setProperty("surface", "clear")
        flow = FlowLayout(holder, theme.soft(8))
        for text, key in more_ways(story):
            button = Button(text, "small")
            button.clicked.connect(lambda _on=False, key=key: self.chosen.emit(key))
            flow.addWidget(button)
        self.add(holder)


def more_ways(story: Story) -> tuple[tuple[str, str], ...]:
    """(words, panel) of what else can be done with it now."""
    ticket, ways = story.ticket, []
    if ticket.provisional and story.may_confirm:
        ways.append((tr("镇里再看一遍"), "confirm"))
    if ticket.state in MAY_ASK:
        ways.append((tr("请别处协办"), "part"))
    if ticket.state in MAY_ASK or (ticket.urgent and ticket.state in MAY_JOIN):
        ways.append((tr("容缺先办"), "owe"))
    if ticket.state in MAY_JOIN and story.joinable:
        ways.append((tr("和别的单是一件事"), "join"))
    return tuple(ways)
