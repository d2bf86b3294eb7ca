"""Drawn stand-ins for photos of people who do not exist: a house, a family, a paper, a signed page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QLinearGradient, QPainter, QPolygonF

from ui import theme

WIDE, HIGH = 1600, 1200
COATS = ("#6B4A63", "#37506B", "#8A5A2B")


def draw_all(folder: Path) -> dict[str, Path]:
    """Every scene as a JPEG in `folder`, by name."""
    folder.mkdir(parents=True, exist_ok=True)
    made = {}
    for name, draw in (("house", house), ("family", family), ("paper", paper), ("page", page)):
        made[name] = folder / f"{name}.jpg"
        _scene(draw).save(str(made[name]), "JPEG", 90)
    return made


def house(painter: QPainter) -> None:
    """Brick, a grey roof, hills behind."""
    sky = QLinearGradient(0, 0, 0, HIGH)
    sky.setColorAt(0, QColor("#A9C7DD"))
    sky.setColorAt(1, QColor("#E8EDE6"))
    painter.fillRect(0, 0, WIDE, HIGH, sky)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#7E9A74"))
    painter.drawEllipse(QRectF(-300, 420, 1300, 900))
    painter.setBrush(QColor("#6C8A66"))
    painter.drawEllipse(QRectF(700, 360, 1400, 1000))
    painter.setBrush(QColor("#B9A88C"))
    painter.drawRect(QRectF(0, 980, WIDE, 220))
    painter.setBrush(QColor("#B0705A"))
    painter.drawRect(QRectF(360, 520, 900, 480))
    painter.setBrush(QColor("#5B5A58"))
    painter.drawPolygon(QPolygonF([QPointF(300, 530), QPointF(810, 300), QPointF(1320, 530)]))
    painter.setBrush(QColor("#4A3526"))
    painter.drawRect(QRectF(740, 660, 150, 340))
    painter.setBrush(QColor("#D9E4E6"))
    for left in (440, 1020):
        painter.drawRect(QRectF(left, 640, 170, 150))


def family(painter: QPainter) -> None:
    """Three before the house: an old woman, a boy, and the worker."""
    house(painter)
    for place, (coat, tall) in enumerate(zip(COATS, (420, 300, 460), strict=True)):
        left = 520 + place * 240
        painter.setBrush(QColor(coat))
        painter.drawRoundedRect(QRectF(left, 1180 - tall, 150, tall), 50, 50)
        painter.setBrush(QColor("#D9B48F"))
        painter.drawEllipse(QRectF(left + 20, 1180 - tall - 110, 110, 120))


def paper(painter: QPainter) -> None:
    """A hospital's summary on a table."""
    _sheet(painter, ["出院小结", "姓名：蒋奶奶", "诊断：慢性病", "住院 11 天", "自己掏 4218.60 元"])


def page(painter: QPainter) -> None:
    """The last page of the visit's sheet, with two signatures."""
    _sheet(painter, ["入户走访记录表", "上面写的都念给我听过，", "跟我说的一样。", "签名：", ""])
    painter.setPen(QColor("#1C2A5A"))
    for left, top in ((620, 820), (980, 840)):
        for stroke in range(4):
            painter.drawArc(QRectF(left + stroke * 46, top, 90, 90 + stroke * 14), 900 * stroke, 2600)


def _sheet(painter: QPainter, lines: list[str]) -> None:
    painter.fillRect(0, 0, WIDE, HIGH, QColor("#8C6E4F"))
    painter.fillRect(220, 60, 1160, 1080, QColor("#F4F1EA"))
    painter.setPen(QColor("#2B2B2B"))
    font = QFont(theme.font())
    font.setPixelSize(64)
    painter.setFont(font)
    for number, line in enumerate(lines):
        painter.drawText(QRectF(320, 160 + number * 150, 1000, 120), Qt.AlignmentFlag.AlignVCenter, line)


def _scene(draw: Callable[[QPainter], None]) -> QImage:
    image = QImage(WIDE, HIGH, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw(painter)
    painter.end()
    return image
