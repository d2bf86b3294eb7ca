"""One of two values, large, with the characters in which they differ marked, and who wrote it when."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QPen,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)

from ui import theme
from ui.widgets.choice_card import ChoiceCard


def differing(one: str, other: str) -> tuple[int, int]:
    """(start, length) of what is different in `one`: without what both begin and end with."""
    most = min(len(one), len(other))
    start = next((at for at in range(most) if one[at] != other[at]), most)
    tail = 0
    while tail < most - start and one[len(one) - 1 - tail] == other[len(other) - 1 - tail]:
        tail += 1
    return start, len(one) - tail - start


class ValueCard(ChoiceCard):
    """Chosen: thick border, tint and ✓, like every choice; nothing is chosen beforehand."""

    def __init__(self, key: str, word: str, place: int) -> None:
        super().__init__(key, word, "", "pen")
        self._place, self._value, self._mark = place, "", (0, 0)

    def show_value(self, word: str, value: str, other: str, written: str) -> None:
        """`other` is the value it differs from; `written` says who wrote it, when."""
        self.setText(word)
        self._value, self._mark, self.meaning = value, differing(value, other), written
        self.setAccessibleName(f"{word}：{value}，{written}")
        self.updateGeometry()
        self.update()

    @property
    def value(self) -> str:
        return self._value

    def sizeHint(self) -> QSize:
        """As wide as half a page."""
        return QSize(theme.em(300), self.heightForWidth(theme.em(420)))

    def heightForWidth(self, width: int) -> int:
        """Room for the word, all of the value and who wrote it."""
        layout, tall = self._laid(max(1, width - 2 * theme.soft(18)))
        del layout
        word = QFontMetrics(theme.font("strong", bold=True)).height()
        return max(theme.soft(150), theme.soft(44) + word + tall + self._foot(width))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Box, word, value, writer."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on, side = self.isChecked(), theme.soft(18)
        able, near = self.isEnabled(), self.underMouse() or self.isDown()
        thick = 3 if on else 2 if able else 1
        painter.setPen(QPen(theme.colour("pri" if on else "edge" if able else "line"), thick))
        painter.setBrush(theme.colour("sunk" if not able else "tint" if on or near else "card"))
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(thick / 2, thick / 2, -thick / 2, -thick / 2), 8, 8
        )
        bold, wide = theme.font("strong", bold=True), self.width() - 2 * side
        line, top = QFontMetrics(bold).height(), theme.soft(14)
        painter.setFont(bold)
        painter.setPen(theme.colour("pri2" if on else "ink"))
        head = QRect(side, top, wide, line)
        painter.drawText(head, Qt.AlignmentFlag.AlignVCenter, f"✓ {self.text()}" if on else self.text())
        painter.setFont(theme.font())
        painter.setPen(theme.colour("ink2"))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if able:  # what cannot be chosen is only read
            painter.drawText(head, int(right), self.tr("按 {n}").format(n=self._place))
        painter.setPen(theme.colour("ink"))
        layout, tall = self._laid(wide)
        layout.draw(painter, QPointF(side, top + line + theme.soft(6)))
        painter.setPen(theme.colour("ink2"))
        flags = Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        below = int(top + line + theme.soft(12) + tall)
        painter.drawText(QRect(side, below, wide, self.height() - below), int(flags), self.meaning)

    def _laid(self, width: int) -> tuple[QTextLayout, int]:
        layout = QTextLayout(self._value, theme.font("figure", bold=True))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        start, length = self._mark
        if 0 < length < len(self._value):
            marked = QTextLayout.FormatRange()
            marked.start, marked.length = start, length
            look = QTextCharFormat()
            look.setBackground(theme.colour("hit"))
            marked.format = look
            layout.setFormats([marked])
        layout.beginLayout()
        tall = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, tall))
            tall += line.height()
        layout.endLayout()
        return layout, round(tall)

    def _foot(self, width: int) -> int:
        room = QRect(0, 0, max(1, width - 2 * theme.soft(18)), 10_000)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
        return QFontMetrics(theme.font()).boundingRect(room, int(flags), self.meaning).height()
