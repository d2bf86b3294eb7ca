"""The stepper: minus, a number that can also be typed, plus. For copies and people, never for money."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui import theme
from ui.widgets.text import NumberBox
from ui.widgets.words import Button


class Stepper(QWidget):
    """`value()` is a whole number between `least` and `most`. Up and Down step; the wheel does nothing."""

    changed = Signal()

    def __init__(
        self, value: int = 1, *, least: int = 0, most: int = 99, name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._least, self._most, self._value = least, most, value
        self.setProperty("surface", "clear")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.soft(6))
        self.less = Button("", "small", "minus")
        self.more = Button("", "small", "plus")
        self.box = NumberBox()
        self.box.setProperty("short", True)
        self.box.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.box.installEventFilter(self)
        for part in (self.less, self.box, self.more):
            row.addWidget(part)
        self._fit()
        self.setFocusProxy(self.box)
        self.less.clicked.connect(lambda: self._step(-1))
        self.more.clicked.connect(lambda: self._step(1))
        self.box.textEdited.connect(self._typed)
        self.box.editingFinished.connect(self._show)
        self.set_label(name)
        self._show()

    def value(self) -> int:
        """The number."""
        return self._value

    def set_value(self, value: int) -> None:
        """Show `value`, kept within the limits; silent."""
        self._value = min(max(value, self._least), self._most)
        self._show()

    def set_label(self, label: str) -> None:
        """Name the parts for a screen reader."""
        self.setAccessibleName(label)
        self.box.setAccessibleName(label or self.tr("数量"))
        self.less.setAccessibleName(self.tr("{label}少一个").format(label=label))
        self.more.setAccessibleName(self.tr("{label}多一个").format(label=label))

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Up and Down in the box step."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            by = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()), 0)
            if by:
                self._step(by)
                return True
        return False

    def changeEvent(self, event: QEvent) -> None:
        """Follow the letter size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "more"):
            self._fit()

    def _fit(self) -> None:
        self.box.setFixedWidth(theme.soft(76))
        for button in (self.less, self.more):
            button.setFixedSize(theme.soft(52), theme.soft(52))
            button.setStyleSheet("padding: 0;")
        self.box.setFixedHeight(theme.soft(52))

    def _step(self, by: int) -> None:
        before = self._value
        self.set_value(before + by)
        if self._value != before:
            self.changed.emit()

    def _typed(self, text: str) -> None:
        digits = "".join(one for one in text if one.isdecimal())
        if digits:
            self._value = min(max(int(digits), self._least), self._most)
            self.changed.emit()

    def _show(self) -> None:
        self.box.setText(str(self._value))
        self.less.setEnabled(self._value > self._least)
        self.more.setEnabled(self._value < self._most)
