"""One picture as a tile to press: what it shows below it; dashed while it is still wanted, ✓ while chosen."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QImage, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from ui import icons, theme

WIDE, HIGH = 112, 70  # px of the picture at the standard size
RADIUS = 8
STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


class PhotoTile(QAbstractButton):
    """`key` is whatever the owner calls it. `stepped(by)` on arrow keys, `removed` on Delete.

    Without `image`: an open place (dashed, a plus) when `wanted`, else the words `waiting` stand there.
    """

    stepped = Signal(int)
    removed = Signal()

    def __init__(
        self, key: str, words: str, *, wanted: bool = False, waiting: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.key, self.wanted, self.waiting = key, wanted, waiting
        self.image: QImage | None = None
        self.setText(words)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.say("")

    def say(self, more: str) -> None:
        """Name it for a screen reader: what it shows, and `more`."""
        kind = self.tr("还差一张，点一下加") if self.wanted else self.tr("照片")
        self.setAccessibleName("，".join(part for part in (self.text(), kind, more) if part))

    def show_image(self, image: QImage | None) -> None:
        """Show another picture, or none."""
        self.image = image
        self.update()

    def sizeHint(self) -> QSize:
        """The picture and one line below it, which is never cut."""
        words = QFontMetrics(theme.font()).horizontalAdvance(self.text()) + theme.soft(12)
        line = QFontMetrics(theme.font()).height()
        return QSize(max(theme.soft(WIDE) + 8, words), theme.soft(HIGH) + line + 14)

    def minimumSizeHint(self) -> QSize:
        """Its own size."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it; arrows go along the strip."""
        key = Qt.Key(event.key())
        if key in STEPS:
            self.stepped.emit(STEPS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Frame, picture or open place, words, ✓."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        line = QFontMetrics(theme.font()).height()
        box = QRectF(3, 3, self.width() - 6, self.height() - line - 8)
        self._paint_inside(painter, box)
        self._paint_frame(painter, box)
        painter.setFont(theme.font(bold=self.isChecked()))
        painter.setPen(theme.colour("ink" if self.isEnabled() else "off"))
        below = QRect(0, self.height() - line - 2, self.width(), line + 2)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, self.text())

    def _paint_inside(self, painter: QPainter, box: QRectF) -> None:
        pressed = self.isDown() or self.underMouse() or self.isChecked()
        around = QPainterPath()
        around.addRoundedRect(box, RADIUS, RADIUS)
        painter.fillPath(around, theme.colour("tint" if pressed else "sunk"))
        if self.image is not None and not self.image.isNull():
            painter.save()
            painter.setClipPath(around)
            painter.drawImage(box, self.image, _middle(self.image, box))
            painter.restore()
        elif self.wanted:
            px = theme.em(30)
            spot = QRectF(box.center().x() - px / 2, box.center().y() - px / 2, px, px)
            icons.paint(painter, "plus", spot, theme.colour("pri"))
        else:
            painter.setFont(theme.font())
            painter.setPen(theme.colour("ink2"))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(box.toRect().adjusted(4, 2, -4, -2), int(flags), self.waiting)

    def _paint_frame(self, painter: QPainter, box: QRectF) -> None:
        chosen = self.isChecked()
        pen = QPen(theme.colour("pri" if chosen or self.wanted else "edge"), 3 if chosen else 2)
        if self.wanted:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, RADIUS, RADIUS)
        if chosen:
            px = theme.em(26)
            spot = QRectF(box.right() - px - 4, box.top() + 4, px, px)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("pri"))
            painter.drawEllipse(spot)
            icons.paint(painter, "check", spot.adjusted(4, 4, -4, -4), theme.colour("on_pri"))


def _middle(image: QImage, box: QRectF) -> QRectF:
    """The part of `image` that fills `box` without being stretched."""
    ratio = min(image.width() / box.width(), image.height() / box.height())
    wide, high = box.width() * ratio, box.height() * ratio
    return QRectF((image.width() - wide) / 2, (image.height() - high) / 2, wide, high)
