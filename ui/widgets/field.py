"""A field: label, control, and below it the hint or what is wrong, with at most two ways to mend it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.domain.problem import Problem
from ui import theme
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.scroll import reveal
from ui.widgets.words import Button, Icon, Sentence, set_tone

MOST_FIXES = 2
TOP = Qt.AlignmentFlag.AlignTop


class Message(QWidget):
    """The hint, or what is wrong with its mark, and the repairs right behind it or on the next line."""

    def __init__(self, hint: str) -> None:
        super().__init__()
        self.setProperty("surface", "clear")
        self._flow = FlowLayout(self, theme.soft(10))
        said = QWidget()
        said.setProperty("surface", "clear")
        row = QHBoxLayout(said)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.soft(10))
        self.mark = Icon("warn", 23, "bad", on_line=True)
        self.line = Sentence(hint, "body", "quiet")
        row.addWidget(self.mark, 0, TOP)
        row.addWidget(self.line, 1)
        self._flow.addWidget(said)
        self.buttons: list[Button] = []

    def say(self, text: str, *, wrong: bool) -> None:
        """Show `text`, or nothing for ""."""
        self.mark.setVisible(wrong)
        self.line.setText(text)
        set_tone(self.line, tone="bad" if wrong else "quiet")
        self.setVisible(bool(text))

    def add_button(self, text: str) -> Button:
        """One more repair."""
        button = Button(text, "small")
        self._flow.addWidget(button)
        self.buttons.append(button)
        return button

    def drop_buttons(self) -> None:
        """Take the repairs away."""
        for button in self.buttons:
            self._flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = []


class Field(QWidget):
    """Frames one control. Its object name is `field:<name>`, so that `Page.show_problems` finds it.

    The control may have `changed`, `set_label(text)` (to name its inner buttons), `set_value(text)`
    and `doubted` (emits a Problem with a repair to ask about, or None). `optional` adds 「（可不填）」;
    required fields carry no mark.
    """

    fixed = Signal(str)
    mended = Signal()

    def __init__(
        self,
        name: str,
        label: str,
        control: QWidget,
        hint: str = "",
        *,
        optional: bool = False,
        beside: QWidget | None = None,
    ) -> None:
        super().__init__()
        self.setObjectName(f"field:{name}")
        self.name, self.control, self._hint = name, control, hint
        self._name = label
        self._error = ""
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(4))
        self.label = Sentence(label + (self.tr("（可不填）") if optional else ""), "label")
        self.label.setBuddy(control)
        column.addWidget(self.label)  # first a place, then sight: a label without a parent is a window
        self.label.setVisible(bool(label))
        row = QHBoxLayout()
        row.setSpacing(theme.soft(10))
        row.addWidget(control, 1 if beside is None else 0, TOP if beside is not None else Qt.AlignmentFlag(0))
        if beside is not None:
            row.addWidget(beside, 1, TOP)
        column.addLayout(row)
        reading = getattr(control, "reading", None)
        if isinstance(reading, QLabel):  # a long reading must not push apart what stands beside the control
            column.addWidget(reading)
        self.message = Message(hint)
        self.mark, self.line = self.message.mark, self.message.line
        column.addWidget(self.message)
        self._connect()
        if getattr(control, "message_first", False):
            self.put_message_first()
        self._show_line()

    def show_problem(
        self, problem: Problem, keep_words: str = "", keep: Callable[[], None] | None = None
    ) -> None:
        """Say what is wrong; offer 「改成 …」 for `problem.fix`, and `keep_words` to leave it as it is.

        In a scroll area the field is brought into sight with what is said about it.
        """
        reveal(self)  # first: what the message pushes down must be known where it was
        self._error = problem.words
        self.message.drop_buttons()
        if problem.fix is not None:
            fix = problem.fix
            self._add_button(self.tr("改成 {value}").format(value=fix), lambda: self._mend(fix))
        if keep_words and keep is not None:
            self._add_button(keep_words, keep)
        self._show_line()
        target = self.control.focusProxy() or self.control
        QAccessible.updateAccessibility(QAccessibleEvent(target, QAccessible.Event.Alert))

    def clear_problem(self) -> None:
        """Show the hint again."""
        if self._error:
            self._error = ""
            self.message.drop_buttons()
            self._show_line()
            self.mended.emit()

    def set_hint(self, hint: str) -> None:
        """Change the hint."""
        self._hint = hint
        self._show_line()

    def put_message_first(self) -> bool:
        """Let hint and errors stand right under the label: a field higher than what can be seen of it
        shows its beginning and what is wrong together. False when they stand there already."""
        place = self._column.indexOf(self.label) + 1
        if self._column.indexOf(self.message) == place:
            return False
        self._column.removeWidget(self.message)
        self._column.insertWidget(place, self.message)
        return True

    @property
    def buttons(self) -> list[Button]:
        """The repairs offered."""
        return self.message.buttons

    @property
    def error(self) -> str:
        """The words of the problem shown, or ""."""
        return self._error

    def _connect(self) -> None:
        control: Any = self.control
        target = control.focusProxy() or control
        self.setFocusProxy(target)
        if hasattr(control, "set_label"):
            control.set_label(self._name)
        elif not control.accessibleName():
            control.setAccessibleName(self._name)
        if hasattr(control, "changed"):
            control.changed.connect(self.clear_problem)
        if hasattr(control, "doubted"):
            control.doubted.connect(self._doubt)

    def _doubt(self, problem: Problem | None) -> None:
        if problem is None:
            self.clear_problem()
        else:
            control: Any = self.control
            if getattr(control, "certain", False):  # no such day, or not yet come: nobody can stand by it
                self.show_problem(problem)
            else:
                self.show_problem(problem, self.tr("没有错"), control.stand_by)

    def _mend(self, value: str) -> None:
        control: Any = self.control
        if hasattr(control, "mend"):
            control.mend(value)
        elif hasattr(control, "set_value"):
            control.set_value(value)
        self.clear_problem()
        self.fixed.emit(value)

    def _add_button(self, text: str, act: Callable[[], object]) -> None:
        if len(self.buttons) < MOST_FIXES:
            button = self.message.add_button(text)
            button.clicked.connect(lambda _checked=False: act())
            button.clicked.connect(lambda _checked=False: self.clear_problem())

    def _show_line(self) -> None:
        wrong = bool(self._error)
        self.message.say(self._error or self._hint, wrong=wrong)
        reading = getattr(self.control, "reading", None)
        if reading is not None:  # the error stands where the reading stood, so nothing below it moves
            reading.setVisible(not wrong)
        target = self.control.focusProxy() or self.control
        for one in {self.control, target}:
            set_tone(one, bad=wrong)
            one.setAccessibleDescription(self._error or self._hint)
