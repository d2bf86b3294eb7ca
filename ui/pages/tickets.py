"""首访单: the board, a new ticket, or one ticket with its story — one page, three faces."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.actions.desk import Desk
from app.actions.tickets import catching_up, ticket_drafts, ticket_views
from app.actions.tickets.ticket_drafts import NewTicket
from app.actions.tickets.ticket_papers import TicketPaper
from app.actions.tickets.ticket_views import Choices, Sheet, Story
from app.domain.tickets.ticket import Ticket
from ui.forms.tickets.ticket_list import TicketList
from ui.forms.tickets.ticket_new import TicketNew
from ui.forms.tickets.ticket_print import TicketPrint
from ui.forms.tickets.ticket_print_flow import TicketPrintFlow
from ui.forms.tickets.ticket_side import RELIEF
from ui.forms.tickets.ticket_view import TicketView
from ui.forms.tickets.ticket_words import heading, pill
from ui.pages.page import Page, scrolled
from ui.tasks import Tasks
from ui.widgets.chip import Chip
from ui.widgets.within_sight import WithinSight
from ui.widgets.words import Button, words

# What the ticket asks to have printed, and which paper is chosen first ("" the likeliest).
PAPERS = {"papers": "", "slip": TicketPaper.TAKEN.value, "told": TicketPaper.TOLD.value}
TITLE_WIDE, TITLE_NARROW = 17, 9  # characters


class TicketHead:
    """What stands beside the title: the way back, the pill, the number, and the door to a new ticket."""

    def __init__(self, page: Page) -> None:
        self.back = Button(page.tr("所有首访单"), "", "left")
        self.begin = Button(page.tr("新首访单"), "main", "plus")
        self.number = words("", "body", "quiet")
        self.pill = Chip("")
        page.left.addWidget(self.back)
        page.beside.addWidget(self.pill)
        page.right.addWidget(self.number)
        page.right.addWidget(self.begin)
        self._number_words = page.tr("尾号 {number}")

    def show_board(self) -> None:
        """Only the door to a new ticket."""
        self._show(begin=True)

    def show_form(self) -> None:
        """Only the way back."""
        self._show(back=True)

    def show_ticket(self, story: Story, *, narrow: bool) -> None:
        """The way back, how long is left, and the number people say."""
        self.pill.say(*pill(story.ticket, story.due))
        self.number.setText(self._number_words.format(number=story.ticket.short_number))
        self._show(back=True, one=True, number=not narrow)  # in one pane it is in the story's first line

    def _show(
        self, *, back: bool = False, begin: bool = False, one: bool = False, number: bool = False
    ) -> None:
        self.back.setVisible(back)
        self.begin.setVisible(begin)
        self.pill.setVisible(one)
        self.number.setVisible(number)


class TicketsPage(Page):
    """`open()` shows the board; `open(new=True, household=, person=)` writes a new one;
    `open(ticket=)` or `open(key=)` shows one; `open(draft=)` goes on with one that was begun."""

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(tasks, parent)
        self._ticket = ""
        self._shown: tuple[Story, Choices] | None = None
        self.head = TicketHead(self)
        self.board = TicketList(self.run)
        self.view = TicketView(self.run)
        self.form: TicketNew | None = None
        self.paper = TicketPrint()
        self.printing = TicketPrintFlow(self.paper, self.run)
        self.stack = QStackedWidget()
        self._one = scrolled(self.view)
        self._in_sight = WithinSight(self._one, self.view.story_card, self.wide)
        self.stack.addWidget(self.board)
        self.stack.addWidget(self._one)
        self.stack.addWidget(self.paper)
        self.body.addWidget(self.stack, 1)
        self._connect()

    def open(self, **params: Any) -> None:
        """The board, a new ticket or one ticket."""
        self.clear_problems()
        self.printing.leave()
        household, person = str(params.get("household") or ""), str(params.get("person") or "")
        if draft := str(params.get("draft") or ""):
            self.run(lambda desk: _begun(desk, draft), lambda found: self._show_form(*found))
        elif not params.get("new"):
            self._ticket = str(params.get("ticket") or params.get("key") or "")
            self._leave_form()
            self.refresh()
        elif self.form is not None and self.form.ticket is None and not (household or person):
            self.form.start()  # already writing one
        else:
            self.run(
                lambda desk: (
                    ticket_drafts.begin(desk, visitor=person, household=household),
                    ticket_views.choices(desk),
                ),
                lambda found: self._show_form(*found),
            )

    def refresh(self) -> None:
        """Ask again. A form being written is left alone, and so is an open panel."""
        if self.form is not None or self.printing.standing:
            return
        if self.view.panel is not None and self._shown and self._shown[0].ticket.id == self._ticket:
            self._show_view()
        else:
            self._fetch()

    def leave(self) -> None:
        """Keep what is being written."""
        if self.form is not None:
            self.form.keep()
        self.view.hold()

    def event(self, event: QEvent) -> bool:
        """One pane or two, whenever room or letters change."""
        handled = super().event(event)
        if event.type() in (QEvent.Type.Resize, QEvent.Type.StyleChange) and hasattr(self, "stack"):
            self._fit()
        return handled

    def _connect(self) -> None:
        self.head.back.clicked.connect(lambda: self.open())
        self.head.begin.clicked.connect(lambda: self.open(new=True))
        self.board.opened.connect(lambda ticket: self.open(ticket=ticket))
        self.board.begun.connect(lambda: self.open(new=True))
        self.board.resumed.connect(
            lambda new: self.run(ticket_views.choices, lambda choices: self._show_form(new, choices))
        )
        self.board.discarded.connect(
            lambda new: self.run(lambda desk: ticket_drafts.drop(desk, new.id), lambda _none: self.refresh())
        )
        self.view.changed.connect(self._fetch)
        self.view.primary_changed.connect(lambda button: setattr(self, "primary", button))
        self.view.wanted.connect(self._go_for)
        self.view.lacking.connect(self._say_lacking)
        self.printing.shown.connect(lambda: self.stack.setCurrentWidget(self.paper))
        self.printing.shown.connect(lambda: setattr(self, "primary", self.paper.primary))
        self.printing.done.connect(self._fetch)
        self.paper.primary_changed.connect(
            lambda: self.printing.standing and setattr(self, "primary", self.paper.primary)
        )

    def _fetch(self) -> None:
        if ticket := self._ticket:
            self.run(lambda desk: _one(desk, ticket), self._show_one)
        else:
            self.run(_board, self._show_board)

    def _show_form(self, new: NewTicket, choices: Choices) -> None:
        self._leave_form()
        self._ticket = ""
        form = self.form = TicketNew(self.run, choices)
        form.primary_changed.connect(lambda button: setattr(self, "primary", button))
        form.lacking.connect(self._say_lacking)
        form.finished.connect(lambda ticket: self.open(ticket=ticket))
        form.sent.connect(lambda ticket: (self.open(ticket=ticket), self.printing.begin(ticket)))
        form.put_aside.connect(lambda: self.open())
        self.stack.addWidget(form)
        self.stack.setCurrentWidget(form)
        self.set_title(self.tr("新首访单"))
        self.where.tell()
        self.head.show_form()
        self._fit()
        form.begin(new)

    def _leave_form(self) -> None:
        if self.form is not None:
            self.form.keep()
            self.stack.setCurrentWidget(self.board)  # Qt would choose the widget that stands before the form
            self.stack.removeWidget(self.form)
            self.form.deleteLater()
            self.form = None

    def _show_board(self, found: tuple[Sheet, Choices, tuple[NewTicket, ...]]) -> None:
        if self._ticket or self.form is not None:
            return  # the worker has gone on meanwhile
        self.board.show_sheet(*found)
        self.stack.setCurrentWidget(self.board)
        self.set_title(self.tr("首访单"))
        self.head.show_board()
        self.where.tell()
        self.primary = self.head.begin
        self.board.start()

    def _show_one(self, found: tuple[Story, Choices, dict[str, dict[str, str]]]) -> None:
        if found[0].ticket.id != self._ticket or self.form is not None:
            return
        self._shown = found[:2]
        self.clear_problems()
        self.view.show_story(*found)
        self._show_view()
        self.where.tell("ticket", self._ticket)
        self._one.verticalScrollBar().setValue(0)
        self.view.start()

    def _show_view(self) -> None:
        self.stack.setCurrentWidget(self._one)
        self._fit()

    def _fit(self) -> None:
        narrow = not self.wide()
        self.view.fit(narrow=narrow)
        if self.form is not None:
            self.form.fit(narrow=narrow)
        elif self._shown is not None and self.stack.currentWidget() is self._one:
            story, choices = self._shown
            self.set_title(heading(story.ticket, choices, TITLE_NARROW if narrow else TITLE_WIDE))
            self.head.show_ticket(story, narrow=narrow)

    def _say_lacking(self, lacking: Any) -> None:
        """Problems beside their fields, or what the store said."""
        if isinstance(lacking, Exception):
            self.show_error(lacking)
        else:
            self.clear_problems()
            self.show_problems(lacking)

    def _go_for(self, what: str) -> None:
        if what in PAPERS:
            self.printing.begin(self._ticket, PAPERS[what])
        elif what.startswith("ticket:"):
            self.open(ticket=what.partition(":")[2])
        elif what == "survey" and self._shown is not None:
            self.navigate.emit("surveys", _survey_params(self._shown[0].ticket))
        elif self._shown is not None:
            self.navigate.emit("checklists", _list_params(self._shown[0].ticket, what))


def _list_params(ticket: Ticket, what: str) -> dict[str, Any]:
    """What a new checklist is begun with: relief for the visitor herself, else for whom she came."""
    item = RELIEF if what == "relief" else next(iter(ticket.items), "")
    beneficiary = "" if what == "relief" or ticket.subject == ticket.visitor else ticket.subject
    return {
        "new": True,
        "item": item,
        "person": ticket.visitor,
        "beneficiary": beneficiary,
        "ticket": ticket.id,
    }


def _survey_params(ticket: Ticket) -> dict[str, Any]:
    """A questionnaire about this very matter, and the way back to it."""
    back = ("tickets", {"ticket": ticket.id})
    home = {"household": ticket.household, "person": ticket.visitor}
    return {"new": True, **home, "ticket": ticket.id, "back": back}


def _one(desk: Desk, ticket: str) -> tuple[Story, Choices, dict[str, dict[str, str]]]:
    catching_up.catch_up(desk)
    return ticket_views.story(desk, ticket), ticket_views.choices(desk), ticket_drafts.held(desk, ticket)


def _begun(desk: Desk, draft: str) -> tuple[NewTicket, Choices]:
    found = (one for one in ticket_drafts.unfinished(desk) if one.id == draft)
    return next(found, ticket_drafts.begin(desk)), ticket_views.choices(desk)


def _board(desk: Desk) -> tuple[Sheet, Choices, tuple[NewTicket, ...]]:
    catching_up.catch_up(desk)
    return ticket_views.sheet(desk), ticket_views.choices(desk), ticket_drafts.unfinished(desk)
