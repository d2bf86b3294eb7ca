"""The frame of every page before the work: the green side, and one column of words and boxes beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.following import follow
from ui.widgets.scroll import scrolled
from ui.widgets.unlock_side import UnlockSide

COLUMN = 640
# Of the first start. The last has a page of its own: by then the data are open.
STEPS = ("归哪个村", "定口令", "抄下恢复码")


def gate_column(page: QWidget, place: str) -> QVBoxLayout:
    """Lay out `page` as a page before the work; fill the column that is handed back."""
    page.setProperty("surface", "page")
    page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    across = QHBoxLayout(page)
    across.setContentsMargins(0, 0, 0, 0)
    across.setSpacing(0)
    across.addWidget(UnlockSide(place))
    holder = QWidget()
    holder.setProperty("surface", "clear")
    outer = QHBoxLayout(holder)
    inner = QWidget()
    inner.setProperty("surface", "clear")
    follow(inner, lambda one: one.setFixedWidth(theme.soft(COLUMN)))
    outer.addStretch(1)
    outer.addWidget(inner)
    outer.addStretch(1)
    column = QVBoxLayout(inner)
    column.setContentsMargins(8, theme.soft(24), 8, 12)
    column.setSpacing(theme.soft(14))
    across.addWidget(scrolled(holder), 1)
    return column
