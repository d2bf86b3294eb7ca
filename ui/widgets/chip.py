"""The chip: a short state in a rounded box. It is never pressed; its icon tells it without colour."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme
from ui.widgets.row_paint import paint_chip


class Chip(QWidget):
    """`tone`: neutral, pri, warn, bad, info, ok."""

    def __init__(
        self, text: str, tone: str = "neutral", icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.say(text, tone, icon)

    def say(self, text: str, tone: str = "neutral", icon: str = "") -> None:
        """Change words, tone and icon."""
        self.text, self.tone, self.icon = text, tone, icon
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """34 high at the standard size, as wide as its words."""
        wide = QFontMetrics(theme.font(bold=self.tone == "bad")).horizontalAdvance(self.text) + theme.em(22)
        return QSize(wide + (theme.em(27) if self.icon else 0), theme.em(34) + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_chip(painter, self.width(), self.height() // 2 - 1, self.text, self.tone, self.icon)
