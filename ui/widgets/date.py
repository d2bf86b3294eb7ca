"""The date field: 今天 昨天 前天, or three boxes that jump by themselves, and the day read back in words."""

from __future__ import annotations

import unicodedata
from datetime import date, timedelta

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.domain.problem import Problem
from ui import theme
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.text import NumberBox
from ui.widgets.words import Button, words

WEEKDAYS = "一二三四五六日"


class _Part(NumberBox):
    """One of the three boxes; Backspace in an empty one goes back."""

    went_back = Signal()

    def __init__(self, length: int, name: str) -> None:
        super().__init__()
        self.length = length
        self.setAccessibleName(name)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the letter size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "length"):
            self._fit()

    def _fit(self) -> None:
        self.setFixedWidth(theme.em(78 if self.length == 4 else 52) + theme.soft(20))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Backspace at the start steps to the box before."""
        if event.key() == Qt.Key.Key_Backspace and not self.text():
            self.went_back.emit()
            return
        super().keyPressEvent(event)


class DateEdit(QWidget):
    """`value()` is a date or None. `quick` shows the three buttons; `future=False` doubts days to come."""

    changed = Signal()
    doubted = Signal(object)
    certain = True  # what is doubted here is wrong for certain

    def __init__(
        self, today: date, *, quick: bool = True, future: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._today, self._future = today, future
        self.setProperty("surface", "clear")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(2))
        holder = QWidget()
        holder.setProperty("surface", "clear")
        flow = FlowLayout(holder, theme.soft(8))
        self.quick = [
            Button(word) for word in ((self.tr("今天"), self.tr("昨天"), self.tr("前天")) if quick else ())
        ]
        for back, button in enumerate(self.quick):
            button.clicked.connect(lambda _checked=False, back=back: self._pick(back))
            flow.addWidget(button)
        self.year, self.month, self.day = _Part(4, "年"), _Part(2, "月"), _Part(2, "日")
        flow.addWidget(self._boxes())
        column.addWidget(holder)
        self.reading: QLabel = words("", "body", "quiet")
        column.addWidget(self.reading)
        self.setFocusProxy(self.quick[0] if self.quick else self.year)
        self._read()

    def value(self) -> date | None:
        """The day, or None when empty or no such day. An empty year means this year."""
        try:
            return date(
                int(self.year.text() or self._today.year), int(self.month.text()), int(self.day.text())
            )
        except ValueError:
            return None

    def set_value(self, day: date | None) -> None:
        """Show `day`; silent."""
        texts = ("", "", "") if day is None else (str(day.year), str(day.month), str(day.day))
        for box, text in zip(self._parts(), texts, strict=True):
            box.setText(text)
        self._read()

    def set_label(self, label: str) -> None:
        """Name boxes and buttons for a screen reader."""
        self.setAccessibleName(label)
        for box, name in zip(self._parts(), ("年", "月", "日"), strict=True):
            box.setAccessibleName(f"{label}，{name}")
        for button in self.quick:
            button.setAccessibleName(f"{label}，{button.text()}")

    def problem(self) -> Problem | None:
        """What is wrong with the day, or None."""
        if not self.month.text() and not self.day.text():
            return None
        day = self.value()
        if day is None:
            return Problem("", self.tr("没有这一天，看看月和日。"))
        if day > self._today and not self._future:
            return Problem("", self.tr("这一天还没到，看看年和月。"))
        return None

    def _boxes(self) -> QWidget:
        holder = QWidget()
        holder.setProperty("surface", "clear")
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.soft(5))
        for box, unit in zip(self._parts(), (self.tr("年"), self.tr("月"), self.tr("日")), strict=True):
            row.addWidget(box)
            row.addWidget(words(unit))
            box.textEdited.connect(lambda _text, box=box: self._typed(box))
            box.editingFinished.connect(self._finish)
        self.month.went_back.connect(self.year.setFocus)
        self.day.went_back.connect(self.month.setFocus)
        return holder

    def _parts(self) -> tuple[_Part, _Part, _Part]:
        return self.year, self.month, self.day

    def _pick(self, days_back: int) -> None:
        self.set_value(self._today - timedelta(days=days_back))
        self.doubted.emit(None)
        self.changed.emit()

    def _typed(self, box: _Part) -> None:
        digits = "".join(one for one in unicodedata.normalize("NFKC", box.text()) if one.isdigit())
        if box is self.year and len(digits) == 8:
            self._spread((digits[:4], digits[4:6], digits[6:]))
        elif box is self.month and len(digits) == 4:
            self._spread((self.year.text(), digits[:2], digits[2:]))
        else:
            most = 8 if box is self.year else 4 if box is self.month else 2
            box.setText(digits[:most])
            self._jump(box, digits)
        self._read()
        self.changed.emit()

    def _jump(self, box: _Part, digits: str) -> None:
        # A month of 2–9 is complete with one digit; 1 waits for 10–12, and 1119 may follow.
        if box is self.year and len(digits) == 4:
            self.month.setFocus()
        elif box is self.month and digits in tuple("23456789"):
            self.day.setFocus()
            self.day.selectAll()

    def _spread(self, parts: tuple[str, str, str]) -> None:
        for box, text in zip(self._parts(), parts, strict=True):
            box.setText(text.lstrip("0") or text)
        self.day.setFocus()

    def _finish(self) -> None:
        focus = self.focusWidget()
        if focus not in self._parts() or focus is self.day or self.day.text():
            self.doubted.emit(self.problem())

    def _read(self) -> None:
        day = self.value()
        self.reading.setText("" if day is None else f"{weekday(day)}，{distance(day, self._today)}")


def weekday(day: date) -> str:
    """`星期四`."""
    return f"星期{WEEKDAYS[day.weekday()]}"


def distance(day: date, today: date) -> str:
    """`今天`, `3 天前`, `后天`, `2 个月前`, `75 年前`: how far a day is, in words."""
    days = (today - day).days
    near = {0: "今天", 1: "昨天", 2: "前天", -1: "明天", -2: "后天"}
    if days in near:
        return near[days]
    side, far = ("前" if days > 0 else "后"), abs(days)
    if far < 60:
        return f"{far} 天{side}"
    if far < 730:
        return f"{far // 30} 个月{side}"
    return f"{abs(today.year - day.year)} 年{side}"
