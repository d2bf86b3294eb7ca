"""A panel that opens inside the page to write one thing down: no dialog, one filled button, a way back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.actions.desk import Desk
from app.domain.problem import Problem
from ui import theme
from ui.widgets.card import Card
from ui.widgets.field import Field
from ui.widgets.scroll import scrolled
from ui.widgets.words import Button, words

LEAST = 190
Work = Callable[[Desk], Any]


class Ask(Protocol):
    """How a form has work done on the store's thread; `Page.run` is one."""

    def __call__(
        self,
        work: Work,
        done: Callable[[Any], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> None: ...


def takes_escape(event: QEvent) -> bool:
    """Whether `event` asks who wants the Esc key before a shortcut of the window takes it."""
    return (
        event.type() == QEvent.Type.ShortcutOverride
        and isinstance(event, QKeyEvent)
        and event.key() == Qt.Key.Key_Escape
    )


def controls(form: QWidget) -> dict[str, Any]:
    """What can be answered in words inside `form`, by the name of its field."""
    fields: dict[str, Any] = {one.name: one.control for one in form.findChildren(Field)}
    return {name: one for name, one in fields.items() if isinstance(one.value(), str)}


class Panel(Card):
    """Subclasses add fields to `body` and override `problems`, `work`, and perhaps `first`.

    `submitted(work)` is emitted when the filled button is pressed and nothing is missing; `lacking`
    with the problems otherwise; `left` when the worker goes back; `touched` at every change.
    """

    key = ""  # under which it is opened
    wide = False  # takes the whole width of the page
    submitted = Signal(object)
    lacking = Signal(object)
    left = Signal()
    touched = Signal()

    def __init__(self, title: str, main: str, *, hint: str = "", role: str = "main") -> None:
        super().__init__(title)
        self.setAccessibleName(title)
        self.main = Button(main, role)
        self.back = Button(self.tr("先不填"), "text")
        self.main.clicked.connect(self._press)
        self.back.clicked.connect(self.left)
        if hint:
            self.add(words(hint, "body", "quiet", wrap=True))
        self.fields: list[QWidget] = []

    def put(self, *fields: QWidget) -> None:
        """Add the fields in reading order, then the buttons."""
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, theme.soft(4), 0)
        column.setSpacing(theme.soft(12))
        for field in fields:
            self.fields.append(field)
            column.addWidget(field)
        column.addStretch(1)
        area = scrolled(column, on="card")
        # However much is asked, the buttons stay in sight: only what is between them scrolls.
        area.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        area.setMinimumHeight(theme.soft(LEAST))
        self.body.addWidget(area, 1)
        foot = QHBoxLayout()
        foot.setSpacing(theme.soft(12))
        foot.addWidget(self.back)
        foot.addStretch(1)
        foot.addWidget(self.main)
        self.add(foot)
        for control in self.controls().values():
            control.changed.connect(self.touched)

    def start(self) -> None:
        """Put the focus into the first field."""
        target = self.fields[0] if self.fields else self.main
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def stack(self, *, narrow: bool) -> None:
        """Lay out for one pane; most panels need nothing."""

    def controls(self) -> dict[str, Any]:
        """What can be answered here, by the name of its field."""
        return controls(self)

    def answers(self) -> dict[str, str]:
        """What was begun, to be kept when the worker is called away."""
        return {name: control.value() for name, control in self.controls().items()}

    def restore(self, answers: Mapping[str, str]) -> None:
        """Put back what was begun."""
        for name, control in self.controls().items():
            if answers.get(name):
                control.set_value(answers[name])
                control.changed.emit()

    def problems(self) -> tuple[Problem, ...]:
        """What has to be said before it can be kept."""
        return ()

    def work(self) -> Work:
        """What the filled button does, on the store's thread."""
        raise NotImplementedError

    def event(self, event: QEvent) -> bool:
        """Esc is the panel's own while the focus is inside."""
        if takes_escape(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the story."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _press(self) -> None:
        if missing := self.problems():
            self.lacking.emit(missing)
        else:
            self.submitted.emit(self.work())
