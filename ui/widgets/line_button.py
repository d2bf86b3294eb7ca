"""A button whose words wrap over lines: for sentences one can press.

Apart from the other buttons: drawing it asks for QStyle, which the lock page must not wait for.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QStyle, QStyleOptionButton, QStylePainter

from ui import theme
from ui.widgets.words import ICON_COLOURS, LEAST_CHARACTERS, Button

SIDE, GAP = 8, 4  # px beside the words, and between the icon and them
WRAPPED = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap


class LineButton(Button):
    """A line of words to press that wraps where it must, like 「第 2 步：家里人变没变还没问：…」."""

    def __init__(self, text: str, icon: str = "") -> None:
        super().__init__(text, "text", icon)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        """One line."""
        wide = self._beside_words() + self.fontMetrics().horizontalAdvance(self.text())
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        """A few characters; the height follows the width."""
        few = self.fontMetrics().horizontalAdvance("走") * LEAST_CHARACTERS
        return QSize(self._beside_words() + few, super().sizeHint().height())

    def hasHeightForWidth(self) -> bool:
        """Narrower means higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """All lines, and never lower than a button."""
        room = QRect(0, 0, width - self._beside_words() + 2, 0)
        tall = self.fontMetrics().boundingRect(room, WRAPPED, self.text()).height()
        return max(super().sizeHint().height(), tall + theme.soft(12))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The button as the theme draws it, and the words on as many lines as they need."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButtonBevel, option)
        size = self.iconSize()
        left = SIDE
        if not self.icon().isNull():
            self.icon().paint(painter, QRect(QPoint(left, (self.height() - size.height()) // 2), size))
            left += size.width() + GAP
        painter.setPen(theme.colour(ICON_COLOURS["text"] if self.isEnabled() else "off"))
        painter.drawText(QRect(left, 0, self.width() - left - SIDE, self.height()), WRAPPED, self.text())

    def _beside_words(self) -> int:
        icon = 0 if self.icon().isNull() else self.iconSize().width() + GAP
        return icon + 2 * SIDE + 2
