"""How a table of figures is painted: quiet lines, right-aligned figures, what opens underlined."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPen

from ui import theme
from ui.widgets.figure_cells import FigureRow, Spot

MIDDLE = Qt.AlignmentFlag.AlignVCenter


def paint(
    painter: QPainter, spots: Sequence[Spot], width: int, rows: Sequence[FigureRow], current: Spot | None
) -> None:
    """Draw all of it; `current` is framed while the table has the focus."""
    _lines(painter, spots, width, rows)
    for spot in spots:
        font = theme.font(bold=spot.bold)
        opens = bool(spot.key)
        font.setUnderline(opens)
        painter.setFont(font)
        shade = "pri" if opens else "ink2" if spot.row < 0 else "ink"
        painter.setPen(theme.colour(shade))
        side = Qt.AlignmentFlag.AlignRight if spot.right else Qt.AlignmentFlag.AlignLeft
        flags = int(side | MIDDLE) | int(Qt.TextFlag.TextWrapAnywhere)
        pad = theme.soft(10)
        painter.drawText(spot.box.adjusted(pad, 0, -pad, 0), flags, spot.text)
    if current is not None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour("pri"), 3))
        painter.drawRoundedRect(current.box.adjusted(2, 3, -2, -3), 6, 6)


def _lines(painter: QPainter, spots: Sequence[Spot], width: int, rows: Sequence[FigureRow]) -> None:
    """The head stands on its own ground, so does the total; a thin line under every row."""
    for spot in spots:
        if spot.column != -1:
            continue
        band = QRect(0, spot.box.top(), width, spot.box.height())
        if spot.row < 0 or rows[spot.row].total:
            painter.fillRect(band, theme.colour("sunk" if spot.row < 0 else "tint"))
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(0, band.bottom(), width, band.bottom())
