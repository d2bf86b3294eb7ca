"""The signature pad: a line to sign on, or a thumb print on paper instead; it keeps strokes, not pixels."""

from __future__ import annotations

import json
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QTabletEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.words import Button, Sentence

LEAST = QSize(540, 220)
PEN = 3.0
NEAR = 1.5  # points closer than this add nothing to a stroke


class Pad(QWidget):
    """Where the pen writes. Points are kept in pixels of the pad as it was when they were written."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.strokes: list[list[tuple[float, float]]] = []
        self.setMinimumSize(LEAST)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_TabletTracking, False)
        self.down = False
        self.written_width = 0  # of the pad the strokes were written on; 0 for this one

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a stroke."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._begin(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with it."""
        self._draw_to(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End it."""
        self._end()

    def tabletEvent(self, event: QTabletEvent) -> None:
        """The same with a pen."""
        match event.type():
            case QTabletEvent.Type.TabletPress:
                self._begin(event.position())
            case QTabletEvent.Type.TabletMove:
                self._draw_to(event.position())
            case QTabletEvent.Type.TabletRelease:
                self._end()
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Box, base line, strokes."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("edge"), 2))
        painter.setBrush(theme.colour("card"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
        painter.setPen(QPen(theme.colour("edge"), 1, Qt.PenStyle.DashLine))
        line = round(self.height() * 0.8)
        painter.drawLine(20, line, self.width() - 20, line)
        pen = QPen(theme.colour("ink"), PEN, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.written_width > self.width():
            painter.scale(self.width() / self.written_width, self.width() / self.written_width)
        for stroke in self.strokes:
            painter.drawPath(smooth(stroke))

    def _begin(self, at: QPointF) -> None:
        self.down = True
        self.strokes.append([(at.x(), at.y())])
        self.update()

    def _draw_to(self, at: QPointF) -> None:
        if not self.down:
            return
        stroke = self.strokes[-1]
        x = min(max(at.x(), 0.0), float(self.width()))
        y = min(max(at.y(), 0.0), float(self.height()))
        if abs(stroke[-1][0] - x) + abs(stroke[-1][1] - y) >= NEAR:
            stroke.append((x, y))
            self.update()

    def _end(self) -> None:
        if self.down:
            self.down = False
            self.changed.emit()


class Signature(QWidget):
    """`strokes_json()` is `{"w":…,"h":…,"strokes":[[[x,y],…],…]}` or "" when nothing is written.

    `by_hand` is emitted when the signer will put a thumb print on paper instead.
    """

    changed = Signal()
    by_hand = Signal()

    def __init__(self, signer: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.signer = signer
        self.setProperty("surface", "clear")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(8))
        row = QHBoxLayout()
        row.setSpacing(theme.soft(12))
        self.title = Sentence("", "label")
        self.again = Button(self.tr("重签"), "small")
        self.thumb = Button(self.tr("按手印代替"), "small", "finger")
        row.addWidget(self.title)
        row.addStretch(1)
        row.addWidget(self.again)
        row.addWidget(self.thumb)
        column.addLayout(row)
        self.pad = Pad()
        column.addWidget(self.pad, 1)
        self.pad.changed.connect(self._changed)
        self.again.clicked.connect(self.clear)
        self.thumb.clicked.connect(self.by_hand)
        self.say_signer(signer)
        self._changed(quiet=True)

    def say_signer(self, signer: str) -> None:
        """Whose hand is to write here."""
        self.title.setText(self.tr("{name} 签字").format(name=signer))
        self.pad.setAccessibleName(self.title.text())

    @property
    def writing(self) -> bool:
        """The pen is down."""
        return self.pad.down

    def strokes_json(self) -> str:
        """What was written, as JSON with one decimal; "" when nothing was."""
        if not self.pad.strokes:
            return ""
        strokes = [[[round(x, 1), round(y, 1)] for x, y in stroke] for stroke in self.pad.strokes]
        size = {"w": self.pad.written_width or self.pad.width(), "h": self.pad.height()}
        return json.dumps({**size, "strokes": strokes}, separators=(",", ":"))

    def set_strokes(self, text: str) -> None:
        """Show what `strokes_json` kept; silent."""
        kept = json.loads(text) if text else {}
        strokes = kept.get("strokes", [])
        self.pad.written_width = int(kept.get("w", 0))
        self.pad.strokes = [[(float(x), float(y)) for x, y in stroke] for stroke in strokes]
        self.pad.update()
        self._changed(quiet=True)

    def clear(self) -> None:
        """Sign again."""
        self.pad.strokes = []
        self.pad.written_width = 0
        self.pad.update()
        self._changed()

    def _changed(self, *, quiet: bool = False) -> None:
        self.again.setEnabled(bool(self.pad.strokes))
        if not quiet:
            self.changed.emit()


def smooth(stroke: list[tuple[float, float]]) -> QPainterPath:
    """A curve through the middles of the points; a single point is a dot."""
    path = QPainterPath(QPointF(*stroke[0]))
    if len(stroke) == 1:
        path.lineTo(stroke[0][0] + 0.1, stroke[0][1])
        return path
    for before, after in pairwise(stroke[1:]):
        middle = QPointF((before[0] + after[0]) / 2, (before[1] + after[1]) / 2)
        path.quadTo(QPointF(*before), middle)
    path.lineTo(QPointF(*stroke[-1]))
    return path
