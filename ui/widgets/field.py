"""A field: label, control, and below it the hint or what is wrong, with at most two ways to mend it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.domain.problem import Problem
from ui import theme
from ui.widgets.words import Button, Icon, set_tone, words

MOST_FIXES = 2
TOP = Qt.AlignmentFlag.AlignTop
SHORT = 26  # characters up to which the repairs stand right behind the words


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
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(4))
        self.label = words(label + (self.tr("（可不填）") if optional else ""), "label")
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
        column.addLayout(self._line_below())
        self.buttons: list[Button] = []
        self._connect()
        self._show_line()

    def _line_below(self) -> QHBoxLayout:
        self._below = QHBoxLayout()
        self._below.setSpacing(theme.soft(10))
        self.mark = Icon("warn", 23, "bad", on_line=True)
        self.line: QLabel = words(self._hint, "body", "quiet", wrap=True)
        self._below.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        self._below.addWidget(self.line, 1)
        self._below.addStretch(1)
        return self._below

    def show_problem(
        self, problem: Problem, keep_words: str = "", keep: Callable[[], None] | None = None
    ) -> None:
        """Say what is wrong; offer 「改成 …」 for `problem.fix`, and `keep_words` to leave it as it is."""
        self._error = problem.words
        self._drop_buttons()
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
            self._drop_buttons()
            self._show_line()
            self.mended.emit()

    def set_hint(self, hint: str) -> None:
        """Change the hint."""
        self._hint = hint
        self._show_line()

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
            button = Button(text, "small")
            button.clicked.connect(lambda _checked=False: act())
            button.clicked.connect(lambda _checked=False: self.clear_problem())
            self._below.insertWidget(self._below.count() - 1, button)
            self.buttons.append(button)

    def _drop_buttons(self) -> None:
        for button in self.buttons:
            self._below.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = []

    def _show_line(self) -> None:
        wrong = bool(self._error)
        self.mark.setVisible(wrong)
        self.line.setText(self._error or self._hint)
        self.line.setVisible(wrong or bool(self._hint))
        set_tone(self.line, tone="bad" if wrong else "quiet")
        short = bool(self.buttons) and len(self._error) <= SHORT
        self.line.setWordWrap(not short)
        self._below.setStretch(1, 0 if short else 1)
        self._below.setStretch(self._below.count() - 1, 1 if short else 0)
        reading = getattr(self.control, "reading", None)
        if reading is not None:  # the error stands where the reading stood, so nothing below it moves
            reading.setVisible(not wrong)
        target = self.control.focusProxy() or self.control
        for one in {self.control, target}:
            set_tone(one, bad=wrong)
            one.setAccessibleDescription(self._error or self._hint)
