"""The identity number field: grouped 6-8-4 while typed, checked when complete, read back to compare."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.domain.people import identity
from app.domain.problem import Problem
from ui import theme
from ui.widgets.text import NumberBox
from ui.widgets.words import set_tone, words

FULL = 18


class IdEdit(QWidget):
    """`value()` is the tidy number as typed, "" when empty; `identity()` the checked one or None.

    `today` is for the age shown. A full number that fails its check is told by `doubted` at once.
    """

    changed = Signal()
    doubted = Signal(object)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.setProperty("surface", "clear")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(2))
        self.box = NumberBox()
        self.reading: QLabel = words("", "body", "quiet")
        column.addWidget(self.box)
        column.addWidget(self.reading)
        self.setFocusProxy(self.box)
        self.box.textEdited.connect(self._edited)
        self.box.editingFinished.connect(lambda: self.doubted.emit(self.problem()))
        self._read()

    def value(self) -> str:
        """What was typed, without spaces, X upper case."""
        return identity.tidy(self.box.text())

    def set_value(self, number: str) -> None:
        """Show `number` grouped; silent."""
        self.box.setText(identity.group(identity.tidy(number)))
        self._read()

    def identity(self) -> identity.Identity | None:
        """The checked number, or None."""
        try:
            return identity.read(self.value(), today=self._today)
        except identity.BadIdentity:
            return None

    def problem(self) -> Problem | None:
        """What to read again, or None when empty or right."""
        if not self.value():
            return None
        try:
            identity.read(self.value(), today=self._today)
        except identity.BadIdentity as error:
            return Problem("", error.words)
        return None

    def stand_by(self) -> None:
        """Keep a number that fails its check, to be asked about later."""

    def set_label(self, label: str) -> None:
        """Name the box for a screen reader."""
        self.setAccessibleName(label)
        self.box.setAccessibleName(label)

    def _edited(self, text: str) -> None:
        place = len(identity.tidy(text[: self.box.cursorPosition()]))
        number = identity.tidy(text)
        grouped = identity.group(number)
        self.box.setText(grouped)
        self.box.setCursorPosition(min(place + (place > 6) + (place > 14), len(grouped)))
        self._read()
        self.changed.emit()
        if len(number) >= FULL:
            self.doubted.emit(self.problem())

    def _read(self) -> None:
        found = self.identity()
        left = FULL - len(self.value())
        if found is not None:
            age = _age(found.birth, self._today)
            sex = self.tr("女") if found.sex is identity.Sex.FEMALE else self.tr("男")
            text = self.tr("{sex}，{age} 岁。和证上对一下。").format(sex=sex, age=age)
        elif 0 < left < FULL:
            text = self.tr("还差 {left} 位").format(left=left)
        else:
            text = ""
        self.reading.setText(text)
        set_tone(self.reading, tone="ok" if found else "quiet")
        self.reading.setAlignment(Qt.AlignmentFlag.AlignLeft)


def _age(birth: date, today: date) -> int:
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))
