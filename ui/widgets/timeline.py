"""The timeline: what was done for a person, newest on top, by whom and when. It is read, never edited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.words import words


@dataclass(frozen=True)
class Moment:
    """One entry: the verb in bold, who and when, and what was said."""

    verb: str
    when: str
    who: str = ""
    words: str = ""


class _Entry(QWidget):
    """Dot and line on the left, words on the right."""

    def __init__(self, moment: Moment, *, newest: bool, oldest: bool) -> None:
        super().__init__()
        self._newest, self._oldest = newest, oldest
        self.setProperty("surface", "clear")
        self.setAccessibleName(
            "，".join(one for one in (moment.verb, moment.when, moment.who, moment.words) if one)
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.soft(36), 0, 0, theme.soft(10))
        column.setSpacing(0)
        first = QHBoxLayout()
        first.setSpacing(theme.soft(8))
        first.addWidget(words(moment.verb, "label"))
        side = " · ".join(one for one in (moment.when, moment.who) if one)
        first.addWidget(words(side, "body", "quiet"))
        first.addStretch(1)
        column.addLayout(first)
        if moment.words:
            column.addWidget(words(moment.words, wrap=True))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The line through all entries, and the dot: a ring for the newest."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = theme.soft(22)
        top = theme.soft(5)
        middle = size / 2
        painter.setPen(QPen(theme.colour("line"), 2))
        start = top + middle if self._newest else 0
        stop = top + middle if self._oldest else self.height()
        painter.drawLine(int(middle), int(start), int(middle), int(stop))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("pri"))
        painter.drawEllipse(QRectF(0, top, size, size))
        if self._newest:
            inset = size * 0.28
            painter.setBrush(theme.colour("card"))
            painter.drawEllipse(QRectF(0, top, size, size).adjusted(inset, inset, -inset, -inset))


class Timeline(QWidget):
    """`show_moments(moments)` with the newest first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "clear")
        self.setAccessibleName(self.tr("办到哪了"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        self.entries: list[QWidget] = []

    def show_moments(self, moments: Sequence[Moment]) -> None:
        """Replace all entries."""
        for entry in self.entries:
            self._column.removeWidget(entry)
            entry.hide()
            entry.deleteLater()
        last = len(moments) - 1
        self.entries = [
            _Entry(moment, newest=place == 0, oldest=place == last) for place, moment in enumerate(moments)
        ]
        for place, entry in enumerate(self.entries):
            self._column.insertWidget(place, entry)
