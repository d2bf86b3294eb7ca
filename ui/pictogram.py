"""The paper's own pictograms on the screen, so that what she ticks looks like what is printed."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QLabel, QWidget

import resources
from app.domain.icons import STANDIN
from ui import theme


@lru_cache(maxsize=128)
def drawing(name: str) -> bytes:
    """The SVG of a pictogram; the plain sheet when a pack names one we do not have."""
    try:
        return resources.read_bytes(f"pictograms/{name}.svg")
    except FileNotFoundError:
        return resources.read_bytes(f"pictograms/{STANDIN}.svg")


class Pictogram(QLabel):
    """One pictogram at `px` pixels of the standard size. The words beside it carry the meaning."""

    def __init__(self, name: str, px: int = 48, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        side = theme.soft(px)
        dots = self.devicePixelRatio()
        picture = QPixmap(round(side * dots), round(side * dots))
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        QSvgRenderer(QByteArray(drawing(name))).render(painter, QRectF(picture.rect()))
        painter.end()
        picture.setDevicePixelRatio(dots)
        self.setPixmap(picture)
        self.setFixedSize(side, side)
