"""A simple chart beside a table: bars or a line, told apart without colour, every value written out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme

MOST_BARS = 12
# Solid, striped, dotted: a black-and-white print still tells them apart.
PATTERNS = (Qt.BrushStyle.SolidPattern, Qt.BrushStyle.BDiagPattern, Qt.BrushStyle.Dense6Pattern)
SHADES = ("pri", "warn", "info")
DASHES = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine)


@dataclass(frozen=True)
class Series:
    """One measure over all labels: how much each is (None: nothing known) and how that is written."""

    title: str
    values: tuple[float | None, ...]
    written: tuple[str, ...]


class Chart(QWidget):
    """`show_series` draws bars, or a line over months where `line`. At most three series."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._labels: tuple[str, ...] = ()
        self._series: tuple[Series, ...] = ()
        self._line = False
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)

    def show_series(self, labels: Sequence[str], series: Sequence[Series], *, line: bool) -> None:
        """Draw these; of more than twelve bars only the first twelve."""
        most = len(labels) if line else MOST_BARS
        self._labels = tuple(labels[:most])
        self._series = tuple(
            Series(one.title, one.values[:most], one.written[:most]) for one in series[: len(PATTERNS)]
        )
        self._line = line and len(labels) > 1
        said = [
            f"{label}：{'，'.join(f'{one.title} {one.written[place]}' for one in self._series)}"
            for place, label in enumerate(self._labels)
        ]
        self.setAccessibleDescription("；".join(said))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Bars need their rows; a line a fixed height."""
        row = self._row()
        if self._line:
            return QSize(theme.em(320), row * 7)
        return QSize(theme.em(320), self._legend() + row * max(1, len(self._series)) * len(self._labels) + 8)

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for any pane, never lower than it needs."""
        return QSize(theme.em(200), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Legend, then bars or line."""
        if not self._labels:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font())
        self._paint_legend(painter)
        if self._line:
            self._paint_line(painter)
        else:
            self._paint_bars(painter)

    def _row(self) -> int:
        return QFontMetrics(theme.font()).height() + theme.soft(8)

    def _legend(self) -> int:
        return self._row() if len(self._series) > 1 else 0

    def _most(self) -> float:
        return max([value for one in self._series for value in one.values if value is not None] or [0]) or 1

    def _paint_legend(self, painter: QPainter) -> None:
        if not self._legend():
            return
        metrics, left = QFontMetrics(theme.font()), 0.0
        side = metrics.height() * 0.7
        for place, one in enumerate(self._series):
            box = QRectF(left, (self._row() - side) / 2, side, side)
            if self._line:
                self._marker(painter, place, box.center())
            else:
                self._fill(painter, box, place)
            painter.setPen(theme.colour("ink"))
            words = QRectF(left + side + 8, 0, metrics.horizontalAdvance(one.title) + 4, self._row())
            painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), one.title)
            left = words.right() + theme.soft(22)

    def _fill(self, painter: QPainter, box: QRectF, place: int) -> None:
        shade = theme.colour(SHADES[place])
        painter.setPen(QPen(shade, 2))
        painter.setBrush(QBrush(shade, PATTERNS[place]))
        painter.drawRect(box)

    def _paint_bars(self, painter: QPainter) -> None:
        metrics, row, most = QFontMetrics(theme.font()), self._row(), self._most()
        wide = max(metrics.horizontalAdvance(label) for label in self._labels) + theme.soft(10)
        wide = min(wide, self.width() * 0.45)
        value = max(metrics.horizontalAdvance(text) for one in self._series for text in one.written) + 14
        room = max(self.width() - wide - value, 10)
        top = float(self._legend())
        for place, label in enumerate(self._labels):
            painter.setPen(theme.colour("ink"))
            tall = row * len(self._series)
            words = metrics.elidedText(label, Qt.TextElideMode.ElideRight, int(wide - 8))
            painter.drawText(QRectF(0, top, wide - 8, tall), int(Qt.AlignmentFlag.AlignVCenter), words)
            for number, one in enumerate(self._series):
                long = room * (one.values[place] or 0) / most
                box = QRectF(wide, top + number * row + 4, max(long, 1), row - 8)
                self._fill(painter, box, number)
                painter.setPen(theme.colour("ink"))
                spot = QRectF(box.right() + 8, box.top(), value, box.height())
                painter.drawText(spot, int(Qt.AlignmentFlag.AlignVCenter), one.written[place])
            top += tall

    def _paint_line(self, painter: QPainter) -> None:
        metrics, most = QFontMetrics(theme.font()), self._most()
        step = self.width() / len(self._labels)
        top, bottom = self._legend() + metrics.height() + 8.0, self.height() - metrics.height() - 8.0
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(QPointF(0, bottom), QPointF(self.width(), bottom))
        for number, one in enumerate(self._series):
            spots = [
                QPointF((place + 0.5) * step, bottom - (bottom - top) * value / most)
                for place, value in enumerate(one.values)
                if value is not None
            ]
            painter.setPen(QPen(theme.colour(SHADES[number]), 3, DASHES[number]))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolyline(QPolygonF(spots))
            for spot in spots:
                self._marker(painter, number, spot)
            if number == 0:
                texts = [one.written[place] for place, value in enumerate(one.values) if value is not None]
                self._values(painter, metrics, step, list(zip(spots, texts, strict=True)))
        self._months(painter, metrics, step)

    def _values(
        self, painter: QPainter, metrics: QFontMetrics, step: float, values: list[tuple[QPointF, str]]
    ) -> None:
        painter.setPen(theme.colour("ink"))
        widest = max([metrics.horizontalAdvance(text) for _, text in values] or [0])
        every = max(1, -(-int(widest + 8) // max(int(step), 1)))
        for spot, text in values[::every]:
            box = QRectF(
                spot.x() - step * every / 2, spot.y() - metrics.height() - 8, step * every, metrics.height()
            )
            painter.drawText(box, int(Qt.AlignmentFlag.AlignHCenter), text)

    def _months(self, painter: QPainter, metrics: QFontMetrics, step: float) -> None:
        painter.setPen(theme.colour("ink2"))
        labels = [_short(label) for label in self._labels]
        widest = max(metrics.horizontalAdvance(label) for label in labels)
        every = max(1, -(-int(widest + 8) // max(int(step), 1)))
        for place in range(0, len(labels), every):
            wide = metrics.horizontalAdvance(labels[place]) + 4.0
            left = min(max((place + 0.5) * step - wide / 2, 0), self.width() - wide)
            box = QRectF(left, self.height() - metrics.height() - 2, wide, metrics.height())
            painter.drawText(box, int(Qt.AlignmentFlag.AlignHCenter), labels[place])

    def _marker(self, painter: QPainter, number: int, spot: QPointF) -> None:
        """A disc, a square, a triangle."""
        shade, half = theme.colour(SHADES[number]), theme.soft(6)
        painter.setPen(QPen(shade, 2))
        painter.setBrush(shade)
        if number == 0:
            painter.drawEllipse(spot, half, half)
        elif number == 1:
            painter.drawRect(QRectF(spot.x() - half, spot.y() - half, half * 2, half * 2))
        else:
            corners = (QPointF(-half, half), QPointF(half, half), QPointF(0, -half))
            painter.drawPolygon(QPolygonF([spot + one for one in corners]))


def _short(label: str) -> str:
    """`11月` of 2026年11月; January keeps its year."""
    year, _, month = label.partition("年")
    if not month:
        return label
    return f"{year[2:]}年1月" if month == "1月" else month
