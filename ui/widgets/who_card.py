"""Who is working: a card for each worker of this computer, the chosen one filled and marked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QGridLayout, QSizePolicy, QWidget

from ui import icons, theme


class WhoCard(QAbstractButton):
    """Disc, name, ✓."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setText(name)
        self.setAccessibleName(name)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """84 high at the standard size."""
        wide = QFontMetrics(theme.font("strong", bold=True)).horizontalAdvance(self.text())
        return QSize(wide + theme.soft(48 + 14 * 3) + theme.em(28) + theme.soft(12), theme.soft(84))

    def minimumSizeHint(self) -> QSize:
        """Names are never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Card, disc, name, mark."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        thick = 3 if on else 2
        half = thick / 2
        painter.setPen(QPen(theme.colour("pri" if on else "edge"), thick))
        painter.setBrush(theme.colour("tint" if on or self.underMouse() else "card"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), 8, 8)
        size = theme.soft(48)
        disc = QRectF(theme.soft(16), (self.height() - size) / 2, size, size)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("pri" if on else "sunk"))
        painter.drawEllipse(disc)
        painter.setFont(theme.font("strong", bold=True))
        painter.setPen(theme.colour("on_pri" if on else "ink"))
        painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, self.text()[:1])
        painter.setFont(theme.font("strong", bold=on))
        painter.setPen(theme.colour("pri2" if on else "ink"))
        left = disc.right() + theme.soft(10)
        painter.drawText(
            QRectF(left, 0, self.width() - left, self.height()), Qt.AlignmentFlag.AlignVCenter, self.text()
        )
        if on:
            px = theme.em(28)
            spot = QRectF(self.width() - px - theme.soft(14), (self.height() - px) / 2, px, px)
            icons.paint(painter, "check", spot, theme.colour("pri2"))


class WhoCards(QWidget):
    """Cards side by side, two to a line. The first is chosen until another is. Digits and arrows choose."""

    changed = Signal()

    def __init__(self, people: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "clear")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.soft(14))
        self._group = QButtonGroup(self)
        self.cards = [WhoCard(name) for _key, name in people]
        self._keys = [key for key, _name in people]
        for place, card in enumerate(self.cards):
            self._group.addButton(card)
            grid.addWidget(card, place // 2, place % 2)
            card.clicked.connect(lambda _checked=False: self.changed.emit())
        self.cards[0].setChecked(True)

    def value(self) -> str:
        """Id of the chosen one."""
        return next(key for key, card in zip(self._keys, self.cards, strict=True) if card.isChecked())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits choose by place."""
        place = event.key() - Qt.Key.Key_1
        if 0 <= place < len(self.cards):
            self.cards[place].click()
        else:
            super().keyPressEvent(event)
