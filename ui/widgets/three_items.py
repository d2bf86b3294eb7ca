"""件件有登记 · 件件有结果 · 件件有回音: what is done, what is open, what must wait and why."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from ui import icons, theme

NAMES = ("件件有登记", "件件有结果", "件件有回音")


@dataclass(frozen=True)
class Item:
    """State of one of the three: `done`, `open` or `locked`, and the line below its name."""

    state: str
    words: str


class ItemBox(QAbstractButton):
    """Done: tint and a filled ✓. Open: dashed with a clock. Locked: dashed with a lock and the reason."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setText(name)
        self.item = Item("locked", "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)

    def show_item(self, item: Item) -> None:
        """Show its state."""
        self.item = item
        spoken = {"done": self.tr("有了"), "open": self.tr("还没有"), "locked": self.tr("还不能填")}[
            item.state
        ]
        self.setAccessibleName(f"{self.text()}，{spoken}，{item.words}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Two lines beside a disc."""
        wide = max(
            QFontMetrics(theme.font("strong", bold=True)).horizontalAdvance(self.text()),
            QFontMetrics(theme.font()).horizontalAdvance(self.item.words),
        )
        lines = QFontMetrics(theme.font("strong", bold=True)).height() + QFontMetrics(theme.font()).height()
        return QSize(wide + self._left() + theme.soft(14), max(theme.soft(76), lines + theme.soft(14)))

    def minimumSizeHint(self) -> QSize:
        """Words are never cut."""
        return QSize(self.sizeHint().width(), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Box, disc, name, line."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        done = self.item.state == "done"
        dash = QPen(theme.colour("edge"), 2, Qt.PenStyle.DashLine)
        painter.setPen(QPen(theme.colour("tint"), 2) if done else dash)
        painter.setBrush(theme.colour("tint" if done else "card"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
        size = theme.soft(44)
        disc = QRectF(theme.soft(14), (self.height() - size) / 2, size, size)
        painter.setPen(Qt.PenStyle.NoPen if done else dash)
        painter.setBrush(theme.colour("pri" if done else "card"))
        painter.drawEllipse(disc)
        inset = size * 0.23
        name = {"done": "check", "open": "wait", "locked": "lock"}[self.item.state]
        shade = theme.colour("on_pri" if done else "ink2")
        icons.paint(painter, name, disc.adjusted(inset, inset, -inset, -inset), shade)
        bold, plain = theme.font("strong", bold=True), theme.font()
        upper, lower = QFontMetrics(bold).height(), QFontMetrics(plain).height()
        top = (self.height() - upper - lower * 0.92) / 2
        left, wide = self._left(), self.width() - self._left() - 8
        painter.setFont(bold)
        painter.setPen(theme.colour("ink"))
        painter.drawText(QRectF(left, top, wide, upper), Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.setFont(plain)
        painter.setPen(theme.colour("ink2"))
        box = QRectF(left, top + upper * 0.92, wide, lower)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, self.item.words)

    def _left(self) -> int:
        return theme.soft(14) + theme.soft(44) + theme.soft(12)


class ThreeItems(QWidget):
    """`pressed(index)` for an open or done box; `refused(words)` for a locked one, saying why."""

    pressed = Signal(int)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "clear")
        self.setAccessibleName(self.tr("三件件"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.soft(12))
        self.boxes = [ItemBox(self.tr(name)) for name in NAMES]
        for place, box in enumerate(self.boxes):
            row.addWidget(box, 1)
            box.clicked.connect(lambda _checked=False, place=place: self._press(place))

    def show_items(self, registered: Item, result: Item, echo: Item) -> None:
        """Show the three states."""
        for box, item in zip(self.boxes, (registered, result, echo), strict=True):
            box.show_item(item)

    def _press(self, place: int) -> None:
        item = self.boxes[place].item
        if item.state == "locked":
            self.refused.emit(item.words)
        else:
            self.pressed.emit(place)
