"""A form of a register from its first field to the line it becomes: begun, kept, refused, written, undone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget

from app.actions import form_drafts
from app.actions.desk import Desk
from app.actions.registers import listing, writing
from app.actions.registers.books import Book
from app.actions.registers.listing import KINDS, NEW, Choices, draft_kind
from app.actions.registers.writing import Line
from ui import notices
from ui.forms.panel import Ask, Work
from ui.forms.registers import register_flow
from ui.forms.registers.notice_form import NoticeForm
from ui.forms.registers.register_form import RegisterForm
from ui.forms.registers.seal_form import SealForm

Answers = Callable[[Desk], Mapping[str, str]]


class RegisterWriting(QObject):
    """Puts the form into `stack`. `shown` when it stands there, `written` when the line is kept, `left` when
    the worker goes away, `lacking` with what is wrong, `undone` when a fresh line was taken back,
    `spared(code)` for the sheet instead of a certificate."""

    shown = Signal(object)
    written = Signal()
    left = Signal()
    lacking = Signal(object)
    undone = Signal()
    spared = Signal(str)

    def __init__(self, stack: QStackedWidget, ask: Ask) -> None:
        super().__init__(stack)
        self._stack, self._ask = stack, ask
        self.form: RegisterForm | None = None

    def begin(self, book: Book, given: Answers | None = None, period: str = "") -> None:
        """A new line, or what was begun of one; `given` says what is known already."""
        self.hold()

        def ready(desk: Desk) -> tuple[Choices, Mapping[str, str]]:
            held = form_drafts.held(desk, draft_kind(book), NEW)
            return listing.choices(desk), given(desk) if given is not None else held

        self._ask(ready, lambda told: self._show(book, *told, period=period))

    def amend(self, book: Book, line: Line) -> None:
        """The correction of a line, with what it says."""
        self._ask(
            lambda desk: (listing.choices(desk), register_flow.answers_for(desk, line)),
            lambda told: self._show(book, *told, amends=line.id),
        )

    def hold(self) -> None:
        """Keep what stands there; a correction is begun anew from its line."""
        if self.form is not None and not self.form.amends:
            self.form.holding.hold()

    def drop(self) -> None:
        """Take the form away; what was written in it is kept."""
        self.hold()
        if self.form is not None:
            self.form.holding.end()
            self._stack.removeWidget(self.form)
            self.form.deleteLater()
            self.form = None

    def discard(self, book: Book) -> None:
        """What was begun is not wanted."""
        self._ask(
            lambda desk: form_drafts.release(desk, draft_kind(book), NEW), lambda _none: self.undone.emit()
        )

    def _show(
        self, book: Book, choices: Choices, answers: Mapping[str, str], amends: str = "", period: str = ""
    ) -> None:
        self.drop()
        form = self.form = register_flow.FORMS[book](self._ask, choices)
        form.submitted.connect(self._submit)
        form.lacking.connect(self.lacking)
        form.left.connect(self.left)
        if isinstance(form, SealForm):
            form.spared.connect(self.spared)
        if isinstance(form, NoticeForm):
            form.period = period
        self._stack.addWidget(form)
        self._stack.setCurrentWidget(form)
        form.begin(answers, amends)
        self.shown.emit(form)
        form.start()

    def _submit(self, work: Work) -> None:
        form = self.form
        if form is None:
            return
        form.save.setEnabled(False)  # a second Enter must not write twice
        form.holding.pause.stop()
        book, amends = form.book, form.amends

        def write(desk: Desk) -> Any:
            made = work(desk)
            if not amends:
                form_drafts.release(desk, draft_kind(book), NEW)
            return made

        self._ask(write, lambda line: self._written(book, line), self._refused)

    def _written(self, book: Book, line: Line) -> None:
        if self.form is not None:
            self.form.holding.end()
        self.drop()
        kind: Any = KINDS[book]

        def undo() -> None:
            self._ask(lambda desk: writing.take_back(desk, kind, line.id), lambda _gone: self.undone.emit())

        notices.saved(self.tr("记下了。"), None if line.amends else undo)
        self.written.emit()

    def _refused(self, error: Exception) -> None:
        if self.form is not None:
            self.form.save.setEnabled(True)
        self.hold()
        self.lacking.emit(error)
