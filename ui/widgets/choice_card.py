"""A choice that needs a sentence: a card with an icon, a bold word, and what it means below."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui import icons, theme


class ChoiceCard(QAbstractButton):
    """Chosen: thick border, tint and ✓. `stepped(by)` and `digit(n)` are for the group that holds it."""

    stepped = Signal(int)
    digit = Signal(int)

    def __init__(self, key: str, word: str, meaning: str, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key, self.meaning, self._icon = key, meaning, icon
        self.setText(word)
        self.setCheckable(True)
        self.setAccessibleName(f"{word}，{meaning}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        """A word and two lines of meaning beside the icon."""
        wide = QFontMetrics(theme.font("strong", bold=True)).horizontalAdvance(self.text())
        return QSize(
            max(wide + self._left() + theme.soft(44), theme.em(240)), self.heightForWidth(theme.em(300))
        )

    def minimumSizeHint(self) -> QSize:
        """The word is never cut; the meaning wraps."""
        wide = QFontMetrics(theme.font("strong", bold=True)).horizontalAdvance(self.text())
        return QSize(wide + self._left() + theme.soft(44), theme.soft(84))

    def hasHeightForWidth(self) -> bool:
        """The meaning wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Room for the word and all lines of the meaning."""
        room = QRect(0, 0, max(1, width - self._left() - theme.soft(14)), 10_000)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
        tall = QFontMetrics(theme.font()).boundingRect(room, int(flags), self.meaning).height()
        word = QFontMetrics(theme.font("strong", bold=True)).height()
        return max(theme.soft(84), word + tall + theme.soft(24))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows and digits belong to the group; Enter chooses and goes on."""
        key = event.key()
        if key in (Qt.Key.Key_Right, Qt.Key.Key_Down):
            self.stepped.emit(1)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Up):
            self.stepped.emit(-1)
        elif Qt.Key.Key_1 <= key <= Qt.Key.Key_9 and not event.modifiers():
            self.digit.emit(key - Qt.Key.Key_0)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Box, icon or ✓, word, meaning."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        thick = 3 if on else 2
        painter.setPen(QPen(theme.colour("pri" if on else "edge"), thick))
        painter.setBrush(theme.colour("tint" if on or self.underMouse() or self.isDown() else "card"))
        half = thick / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), 8, 8)
        px = theme.soft(34)
        spot = QRectF(theme.soft(16), theme.soft(16), px, px)
        icons.paint(painter, "check" if on else self._icon, spot, theme.colour("pri2" if on else "ink2"))
        bold = theme.font("strong", bold=True)
        line = QFontMetrics(bold).height()
        left, top = self._left(), theme.soft(12)
        wide = self.width() - left - theme.soft(14)
        painter.setFont(bold)
        painter.setPen(theme.colour("pri2" if on else "ink"))
        painter.drawText(QRect(left, top, wide, line), Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.setFont(theme.font())
        painter.setPen(theme.colour("ink" if on else "ink2"))
        flags = Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        painter.drawText(QRect(left, top + line, wide, self.height() - top - line), int(flags), self.meaning)

    def _left(self) -> int:
        return theme.soft(16) + theme.soft(34) + theme.soft(14)
