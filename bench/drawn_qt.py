"""The same page by Qt's QPdfWriter, set up as its manual says: fonts in fallback order, shapes as paths."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontDatabase,
    QGuiApplication,
    QPageLayout,
    QPageSize,
    QPainter,
    QPainterPath,
    QPdfWriter,
    QPen,
    QPolygonF,
)

from app.documents import pictograms
from app.documents.paper import ASCENT
from app.documents.typography.faces import faces
from bench.drawn import Bar, Drawn, Frame, Picture, Stroke, Text

DOTS = 1200


@cache
def families() -> tuple[str, ...]:
    """Our own font files, in the order paper asks them; loaded once, as in the window."""
    assert QGuiApplication.instance() or QGuiApplication([])
    files = faces().files
    found = [_loaded(file) for file in (files.regular, files.bold, *files.rare)]
    return tuple(dict.fromkeys(found))


def _loaded(file: Path) -> str:
    return QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(file)))[0]


def page(drawn: list[Drawn], title: str) -> bytes:
    """The page as PDF; Qt subsets and embeds by itself."""
    families()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(title)
    writer.setResolution(DOTS)
    size = QPageSize(QPageSize.PageSizeId.A4)
    writer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))
    painter = QPainter(writer)
    painter.scale(DOTS / 72, DOTS / 72)
    for one in drawn:
        _put(painter, one)
    painter.end()
    return bytes(buffer.data().data())


def _put(painter: QPainter, one: Any) -> None:
    match one:
        case Text():
            painter.setPen(QColor(one.ink))
            painter.setFont(_font(one.style.size, one.style.bold))
            painter.drawText(QPointF(one.left, one.top + one.style.size * ASCENT), one.words)
        case Stroke():
            painter.setPen(_pen(one.ink, one.thick))
            painter.drawPolyline(QPolygonF([QPointF(*point) for point in one.points]))
        case Frame():
            half = one.thick / 2
            inner = QRectF(one.left, one.top, one.width, one.height).adjusted(half, half, -half, -half)
            painter.setPen(_pen("#000", one.thick))
            painter.setBrush(QBrush(QColor("#000")) if one.solid else QBrush())
            painter.drawRoundedRect(inner, one.radius, one.radius)
            painter.setBrush(QBrush())
        case Bar():
            painter.fillRect(QRectF(one.left, one.top, one.width, one.height), QColor("#000"))
        case Picture():
            _picture(painter, one)


def _picture(painter: QPainter, one: Picture) -> None:
    painter.save()
    painter.translate(one.left, one.top)
    painter.scale(one.size / pictograms.SIZE, one.size / pictograms.SIZE)
    for path, fill, stroke, thick in _shapes(pictograms.known(one.name)):
        painter.setPen(_pen(stroke, thick) if stroke != "none" else QPen(Qt.PenStyle.NoPen))
        painter.setBrush(QBrush(QColor(fill)) if fill != "none" else QBrush())
        painter.drawPath(path)
    painter.restore()


@cache
def _shapes(name: str) -> tuple[tuple[QPainterPath, str, str, float], ...]:
    made = []
    for shape in pictograms.load(name).shapes:
        path = QPainterPath()
        for kind, numbers in shape.segments:
            {"M": path.moveTo, "L": path.lineTo, "C": path.cubicTo, "Z": path.closeSubpath}[kind](*numbers)
        made.append((path, shape.fill, shape.stroke, shape.stroke_width))
    return tuple(made)


@cache
def _font(size: float, bold: bool) -> QFont:
    font = QFont(list(families()))
    font.setPixelSize(round(size))
    font.setBold(bold)
    return font


def _pen(ink: str, thick: float) -> QPen:
    return QPen(QColor(ink), thick, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
