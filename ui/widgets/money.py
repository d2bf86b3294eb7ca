"""The money field: typed as people say it, read back in words, doubted when far from last time."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.domain import money
from app.domain.problem import Problem
from ui import theme
from ui.widgets.text import LineBox
from ui.widgets.words import Sentence, words

BOX = 252


class MoneyBox(LineBox):
    """The bare box: figures at the right, then 元. 「1.2万」 may be typed, so the input method stays on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setProperty("money", True)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._unit = words(self.tr("元"), "body", "quiet")
        self._unit.setParent(self)
        self._unit.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep 元 at the right end."""
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the letter size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_unit"):
            self._place()

    def _place(self) -> None:
        self.setFixedWidth(theme.soft(BOX))
        self._unit.adjustSize()
        self.setTextMargins(0, 0, self._unit.width() + theme.em(8), 0)
        self._unit.move(
            self.width() - self._unit.width() - theme.soft(14), (self.height() - self._unit.height()) // 2
        )


class MoneyEdit(QWidget):
    """`value()` is fen or None. `months=12` adds the monthly average; `last_fen` is what was said last time.

    `doubted` emits a Problem (with `fix`) when the sum cannot be read or is over ten times or under a
    tenth of last time's, and None when it is fine again.
    """

    changed = Signal()
    doubted = Signal(object)

    def __init__(
        self, *, last_fen: int | None = None, months: int = 0, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.last_fen, self._months = last_fen, months
        self._stands = False
        self.setProperty("surface", "clear")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(2))
        self.box = MoneyBox()
        self.reading: QLabel = Sentence("", "body", "quiet")
        column.addWidget(self.box, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.reading)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFocusProxy(self.box)
        self.box.changed.connect(self._edited)
        self.box.editingFinished.connect(self._finish)
        self._read()

    def value(self) -> int | None:
        """Fen, or None when empty or not readable."""
        try:
            return money.parse(self.box.text()) if self.box.text().strip() else None
        except money.BadMoney:
            return None

    def set_value(self, fen: int | None) -> None:
        """Show `fen`; silent."""
        self.box.setText("" if fen is None else money.plain(fen))
        self._read()

    def mend(self, text: str) -> None:
        """Take the repair the worker agreed to."""
        self.box.setText(text)
        self._read()
        self.changed.emit()

    def stand_by(self) -> None:
        """The worker says the odd sum is right; it is not doubted again until it changes."""
        self._stands = True

    def set_label(self, label: str) -> None:
        """Name the box for a screen reader."""
        self.setAccessibleName(label)
        self.box.setAccessibleName(label)

    def doubt(self) -> Problem | None:
        """What is odd about the sum, or None."""
        text = self.box.text().strip()
        if not text:
            return None
        try:
            fen = money.parse(text)
        except money.BadMoney as error:
            return Problem("", error.words)
        odd = money.times_words(fen, self.last_fen) if self.last_fen and not self._stands else ""
        if not odd:
            return None
        meant = money.likely(fen, self.last_fen or 0)
        return Problem("", f"{money.spoken(fen)}？{odd}。", money.plain(meant) if meant is not None else None)

    def _edited(self) -> None:
        self._stands = False
        self._read()
        self.changed.emit()

    def _finish(self) -> None:
        fen = self.value()
        if fen is not None:
            self.box.setText(money.plain(fen))
        self.doubted.emit(self.doubt())

    def _read(self) -> None:
        fen = self.value()
        text = ""
        if fen is not None:
            text = money.spoken(fen)
            if self._months and fen:
                text += f"（{money.monthly_words(fen * 12 // self._months)}）"
        self.reading.setText(text)
        self.box.setAccessibleDescription(text)
