"""A new ticket in three steps: 谁来的, 什么事 — then it takes its number — and 怎么办."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer, Signal, SignalInstance
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.actions.desk import Desk
from app.actions.tickets import ticket_drafts
from app.actions.tickets.ticket_drafts import NewTicket
from app.actions.tickets.ticket_views import Choices
from app.domain.tickets.ticket import Ticket
from ui import notices, theme
from ui.forms.holding import Leaving
from ui.forms.panel import Ask, Work, controls
from ui.forms.tickets.alike_note import AlikeNote
from ui.forms.tickets.ticket_course import CourseForm
from ui.forms.tickets.ticket_how import HowStep
from ui.forms.tickets.ticket_what import WhatStep
from ui.forms.tickets.ticket_who import WhoStep
from ui.widgets.scroll import scrolled
from ui.widgets.step_bar import StepBar
from ui.widgets.words import Button

WHO, WHAT, HOW = range(3)
KEEP_AFTER_MS = 2_000
DECIDE = "decide"  # the panel of a ticket in which the third step is gone on with


class TicketNew(QWidget):
    """`finished(ticket)` when it was decided, or left undecided after it took its number; `put_aside`
    when the worker goes away before that; `sent(ticket)` when a certificate was handed to who decides it
    and her slip is wanted. What is written is kept as it is typed."""

    finished = Signal(str)
    sent = Signal(str)
    put_aside = Signal()
    primary_changed = Signal(object)
    lacking = Signal(object)

    def __init__(self, ask: Ask, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ask, self._choices = ask, choices
        self._new = NewTicket()
        self.ticket: Ticket | None = None
        self._course: dict[str, str] = {}
        self.setProperty("surface", "clear")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(12))
        self.bar = StepBar((self.tr("谁来的"), self.tr("什么事"), self.tr("怎么办")))
        self.bar.went.connect(self._go_back_to)
        column.addWidget(self.bar)
        self.who, self.what = WhoStep(ask), WhatStep()
        self.how = HowStep(choices)
        self.course, self.number = self.how.course, self.how.number
        self.alike = AlikeNote(ask, choices)
        self.put_down = False  # another ticket is gone on with instead
        self.steps = QStackedWidget()
        self.steps.addWidget(scrolled(self.who))
        self.steps.addWidget(scrolled(self.what))
        self.steps.addWidget(scrolled(self.how))
        column.addWidget(self.alike)
        column.addWidget(self.steps, 1)
        column.addLayout(self._foot())
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(KEEP_AFTER_MS)
        self._pause.timeout.connect(self.keep)
        self.alike.go_on.connect(self._instead)
        self.who.settled.connect(self.main.setFocus)
        self.course.picker.changed.connect(
            lambda: self.primary_changed.emit(_fill_next(self.main, self.how, last=True))
        )
        self.how.agreed.connect(lambda work: self._decide(work, self.sent))
        self.who.changed.connect(self.keep)
        self.what.changed.connect(self._pause.start)
        for control in controls(self.course).values():
            control.changed.connect(self._pause.start)
        Leaving(self.steps, self.keep)

    def begin(self, new: NewTicket) -> None:
        """Start with what is known already."""
        self._new, self.ticket = new, None
        self.who.show_new(new)
        self.what.show_new(new, self._choices)
        self._show_step(WHAT if new.visitor or new.name or new.unnamed else WHO)

    def keep(self) -> None:
        """Save what is written. Once it has its number, only what is to be done is still being written."""
        self._pause.stop()
        if self.put_down:
            return
        if (ticket := self.ticket) is not None:
            course = _answers(self.course)
            if course != self._course:
                self._course = course
                self._ask(lambda desk: ticket_drafts.hold(desk, ticket.id, DECIDE, course))
            return
        new = self.what.filled(self.who.filled(self._new))
        if new != self._new:
            self._new = new
            self._ask(lambda desk: ticket_drafts.keep(desk, new))
            if self.steps.currentIndex() == WHAT:
                self.alike.look(new)

    def fit(self, *, narrow: bool) -> None:
        """Cards under one another in one pane."""
        self.course.picker.stack(narrow=narrow)

    def start(self) -> None:
        """The focus goes to the first field of the step."""
        step = self.steps.currentIndex()
        if step == HOW:
            self.how.start()
        else:
            (self.who if step == WHO else self.what).start()

    def _instead(self, ticket: str) -> None:
        """There is one already: what was written of this one is thrown away."""
        draft, self._new = self._new.id, NewTicket()
        self._pause.stop()
        self.put_down = True
        self._ask(lambda desk: ticket_drafts.drop(desk, draft), lambda _none: self.finished.emit(ticket))

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.soft(12))
        self.back = Button(self.tr("上一步"), "", "left")
        self.aside = Button(self.tr("先放一放"), "text")
        self.main = Button(self.tr("下一步"), "main", after=True)
        self.back.clicked.connect(lambda: self._go_back_to(WHO))
        self.aside.clicked.connect(self._put_aside)
        self.main.clicked.connect(self._next)
        for keys, button in (("Ctrl+PgDown", self.main), ("Ctrl+PgUp", self.back)):
            QShortcut(QKeySequence(keys), self).activated.connect(button.click)
        row.addWidget(self.back)
        row.addWidget(self.aside)
        row.addStretch(1)
        row.addWidget(self.main)
        return row

    def _go_back_to(self, step: int) -> None:
        if self.ticket is None:
            self._show_step(step)
        else:  # it has its number; the words it was registered with are not changed any more
            self.bar.show_step(HOW)

    def _show_step(self, step: int) -> None:
        self.steps.setCurrentIndex(step)
        self.bar.show_step(step, max(step, WHAT if self._new.request and self.ticket is None else 0))
        self.back.setVisible(step == WHAT)
        self.alike.hide()
        if step == WHAT:
            self.alike.look(self._new)
        wording = (self.tr("下一步"), self.tr("登记取号"), self.tr("就这么办"))
        self.main.setText(wording[step])
        self.main.set_icon("right" if step == WHO else "")
        self.main.setEnabled(True)
        self.primary_changed.emit(_fill_next(self.main, self.how, last=step == HOW))
        self.start()

    def _next(self) -> None:
        step = self.steps.currentIndex()
        check = (self.who, self.what, self.course)[step]
        if missing := check.problems():
            self.lacking.emit(missing)
            if step == WHO:
                self.who.start()  # where she is found or named
        elif step == WHO:
            self.keep()
            self._show_step(WHAT)
        elif step == WHAT:
            self._register()
        elif self.ticket is not None:
            self._decide(self.course.work(self.ticket.id), self.finished)

    def _decide(self, work: Work, then: SignalInstance) -> None:
        assert self.ticket is not None, "decided once it has its number"
        self.main.setEnabled(False)  # a second Enter must not decide twice
        self._pause.stop()
        self._course = _answers(self.course)  # so that nothing is held again after it was released

        def decided(ticket: Any) -> None:
            notices.saved()
            then.emit(ticket.id)

        self._ask(_deciding(self.ticket.id, work), decided, self._failed)

    def _register(self) -> None:
        self._pause.stop()
        new = self._new = self.what.filled(self.who.filled(self._new))
        self.main.setEnabled(False)  # nor take two numbers
        self._ask(lambda desk: ticket_drafts.register(desk, new), self._registered, self._failed)

    def _registered(self, ticket: Ticket) -> None:
        self.ticket, self._course = ticket, _answers(self.course)
        self.how.show_ticket(ticket)
        self.aside.setText(self.tr("一会儿再说怎么办"))
        self._show_step(HOW)

    def _failed(self, error: Exception) -> None:
        self.main.setEnabled(True)
        new = self._new
        if self.ticket is None:  # what stood there when the button was pressed was not kept yet
            self._ask(lambda desk: ticket_drafts.keep(desk, new))
        else:
            self._course = {}
            self.keep()
        self.lacking.emit(error)

    def _put_aside(self) -> None:
        if self.ticket is not None:
            self.keep()
            self.finished.emit(self.ticket.id)
        else:
            self.keep()
            self.put_aside.emit()


def _fill_next(main: Button, how: HowStep, *, last: bool) -> Button:
    """Fill one button: on the last step a certificate spared comes first, until another way is chosen."""
    spared = how.spared.button if how.spared is not None else None
    first = spared if spared is not None and last and not how.course.picker.value() else main
    main.set_role("main" if first is main else "")
    if spared is not None:
        spared.set_role("" if first is main else "main")
    return first


def _answers(course: CourseForm) -> dict[str, str]:
    return {name: control.value() for name, control in controls(course).items()}


def _deciding(ticket: str, work: Work) -> Work:
    """`work`, and then what was begun of it is forgotten."""

    def write(desk: Desk) -> Any:
        outcome = work(desk)
        ticket_drafts.release(desk, ticket, DECIDE)
        return outcome

    return write
