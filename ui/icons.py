"""The thin line icons of the screen, drawn for this project on a 28 grid, in any colour, sharp on any screen.

An icon always stands beside a word. The paper has its own pictograms (`resources/pictograms`).
"""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from ui import theme

SHAPES = {
    "today": '<path d="M5 7h18v17H5z M5 12h18 M10 4v5 M18 4v5"/><path d="M10 18l3 3 6-6"/>',
    "home": '<path d="M4 14L14 5l10 9 M7 12v12h14V12 M12 24v-7h4v7"/>',
    "visit": '<path d="M5 24V11l6-5 6 5v4 M11 24v-6"/><circle cx="21" cy="15" r="3"/>'
    '<path d="M16 25c0-4 2-6 5-6s5 2 5 6"/>',
    "ticket": '<path d="M6 4h16v20H6z M10 10h8 M10 15h8 M10 20h4"/>',
    "list": '<path d="M4 6h6v6H4z M4 17h6v6H4z M14 9h10 M14 20h10"/><path d="M5.5 9l1.5 1.5 3-3.5"/>',
    "policy": '<path d="M14 8c-3-3-7-3-10-2v16c3-1 7-1 10 2 3-3 7-3 10-2V6c-3-1-7-1-10 2z M14 8v16"/>',
    "registers": '<path d="M6 21V6.5A2.5 2.5 0 018.5 4H22v20H9a3 3 0 010-6h13 M11 9h6"/>',
    "sync": '<path d="M9 23V6 M4 11l5-5 5 5 M19 5v17 M14 17l5 5 5-5"/>',
    "search": '<circle cx="12" cy="12" r="7.5"/><path d="M18 18l7 7"/>',
    "lock": '<rect x="6" y="13" width="16" height="11" rx="2"/><path d="M9.5 13V9.5a4.5 4.5 0 019 0V13"/>',
    "eye": '<path d="M2 14c5-9 19-9 24 0-5 9-19 9-24 0z"/><circle cx="14" cy="14" r="4"/>',
    "check": '<path d="M5 15l6 6L23 7"/>',
    "phone": '<path d="M7 4l4 1 1.5 5-3 2.5c1.5 3 3 4.5 6 6l2.5-3 5 1.5 1 4c-1 3-3 3-5 3'
    'C10 23 5 15 4 9c0-2 1-4 3-5z"/>',
    "print": '<path d="M8 11V4h12v7 M8 20H4v-9h20v9h-4 M8 17h12v7H8z"/>',
    "warn": '<path d="M14 4L26 24H2z M14 11v6 M14 20v1"/>',
    "plus": '<path d="M14 5v18 M5 14h18"/>',
    "minus": '<path d="M5 14h18"/>',
    "right": '<path d="M10 5l9 9-9 9"/>',
    "left": '<path d="M18 5l-9 9 9 9"/>',
    "down": '<path d="M5 10l9 9 9-9"/>',
    "up": '<path d="M5 18l9-9 9 9"/>',
    "usb": '<path d="M9 12h10v13H9z M11 12V4h6v8 M13 7.5v.5 M15.5 7.5v.5"/>',
    "wait": '<circle cx="14" cy="14" r="10"/><path d="M14 8v6l4 3"/>',
    "user": '<circle cx="14" cy="9" r="5"/><path d="M4 25c0-7 4-10 10-10s10 3 10 10"/>',
    "x": '<path d="M6 6l16 16 M22 6L6 22"/>',
    "wifi": '<path d="M3 11c7-6 15-6 22 0 M7 16c5-4 9-4 14 0 M11 20.5c2-2 4-2 6 0"/>',
    "nowifi": '<path d="M3 11c7-6 15-6 22 0 M7 16c5-4 9-4 14 0 M11 20.5c2-2 4-2 6 0 M4 25L24 3"/>',
    "info": '<circle cx="14" cy="14" r="10.5"/><path d="M14 13v6 M14 8.5v.5"/>',
    "pen": '<path d="M5 23l1-5L19 5l4 4L10 22z"/>',
    "camera": '<path d="M4 9h5l2-3h6l2 3h5v14H4z"/><circle cx="14" cy="15.5" r="4"/>',
    "swap": '<path d="M5 10h17l-5-5 M23 18H6l5 5"/>',
    "box": '<rect x="5" y="5" width="18" height="18" rx="3"/>',
    "boxed": '<rect x="5" y="5" width="18" height="18" rx="3"/><path d="M9.5 14.5l3.5 3.5 6-7"/>',
    "save": '<path d="M5 5h14l4 4v14H5z M9 5v6h9V5 M9 23v-7h10v7"/>',
    "gear": '<circle cx="14" cy="14" r="4"/><path d="M14 3v4 M14 21v4 M3 14h4 M21 14h4 M6 6l3 3 M19 19l3 3 '
    'M22 6l-3 3 M9 19l-3 3"/>',
    "people": '<circle cx="10" cy="10" r="4"/><path d="M2 24c0-6 3-8 8-8s8 2 8 8"/>'
    '<path d="M18 6a4 4 0 010 8 M21 17c3 1 5 3 5 7"/>',
    "folder": '<path d="M4 7h8l2 3h10v13H4z"/>',
    "finger": '<path d="M8 22c-2-3-3-6-3-9a9 9 0 0118 0c0 3 0 5-1 8 '
    "M11 24c-2-4-2-7-2-11a5 5 0 0110 0c0 4 0 7-2 11 "
    'M14 13c0 5 0 8-1 11"/>',
    "face5": '<circle cx="14" cy="14" r="12"/>'
    '<path d="M7.5 15.5q6.5 9.5 13 0z M8 12q1.5-2.5 3 0 M17 12q1.5-2.5 3 0"/>',
    "face4": '<circle cx="14" cy="14" r="12"/><path d="M8.5 17q5.5 5.5 11 0 M9.5 10.5v2 M18.5 10.5v2"/>',
    "face3": '<circle cx="14" cy="14" r="12"/><path d="M9 18.3q5 1.4 10 0 M9.5 10.5v2 M18.5 10.5v2"/>',
    "face2": '<circle cx="14" cy="14" r="12"/><path d="M9 20q5-4.2 10 0 M9.5 10.5v2 M18.5 10.5v2"/>',
    "face1": '<circle cx="14" cy="14" r="12"/>'
    '<path d="M8 21q6-6 12 0 M8 9.8l3 2 M20 9.8l-3 2 '
    'M9.5 13v1 M18.5 13v1"/>',
}
STROKE = 2.4
_renderers: dict[tuple[str, str, float], QSvgRenderer] = {}
_pixmaps: dict[tuple[str, str, int, float, float], QPixmap] = {}
_icons: dict[tuple[str, int, str, str, int, int, float], QIcon] = {}


def paint(painter: QPainter, name: str, box: QRectF, colour: QColor, stroke: float = STROKE) -> None:
    """Draw icon `name` into `box`. An unknown name raises KeyError."""
    key = (name, colour.name(), stroke)
    renderer = _renderers.get(key)
    if renderer is None:
        renderer = _renderers[key] = QSvgRenderer(QByteArray(_svg(name, colour.name(), stroke).encode()))
    renderer.render(painter, box)


def pixmap(name: str, px: int, colour: QColor, ratio: float = 0, stroke: float = STROKE) -> QPixmap:
    """Icon `name`, `px` logical pixels square, at device pixel ratio `ratio` (0 asks the screen)."""
    ratio = ratio or _ratio()
    key = (name, colour.name(), px, ratio, stroke)
    if key not in _pixmaps:
        made = QPixmap(QSize(round(px * ratio), round(px * ratio)))
        made.setDevicePixelRatio(ratio)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint(painter, name, QRectF(0, 0, px, px), colour, stroke)
        painter.end()
        _pixmaps[key] = made
    return _pixmaps[key]


def icon(name: str, px: int, colour: str = "ink", *, gap_left: int = 0, gap_right: int = 0) -> QIcon:
    """Icon for a button in theme colour `colour`, dimmed while disabled, clear space beside it (px).

    Qt leaves four pixels between icon and word at every letter size; the gap makes it grow.
    """
    lit, dim = theme.colour(colour), theme.colour("off")
    key = (name, px, lit.name(), dim.name(), gap_left, gap_right, _ratio())
    if key not in _icons:
        made = QIcon(_padded(pixmap(name, px, lit), px, gap_left, gap_right))
        made.addPixmap(_padded(pixmap(name, px, dim), px, gap_left, gap_right), QIcon.Mode.Disabled)
        _icons[key] = made
    return _icons[key]


def nothing() -> QIcon:
    """No icon."""
    return QIcon()


def _padded(drawn: QPixmap, px: int, left: int, right: int) -> QPixmap:
    if not left and not right:
        return drawn
    ratio = drawn.devicePixelRatio()
    made = QPixmap(QSize(round((px + left + right) * ratio), round(px * ratio)))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.drawPixmap(left, 0, drawn)
    painter.end()
    return made


def _ratio() -> float:
    app = QApplication.instance()
    return app.devicePixelRatio() if isinstance(app, QApplication) else 1.0


def _svg(name: str, colour: str, stroke: float) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 28 28" fill="none" stroke="{colour}" '
        f'stroke-width="{stroke}" stroke-linecap="round" stroke-linejoin="round">{SHAPES[name]}</svg>'
    )
