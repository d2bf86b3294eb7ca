"""The frame of every page before the work: the green side, and one column of words and boxes beside it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.following import follow
from ui.widgets.scroll import scrolled
from ui.widgets.unlock_side import UnlockSide

COLUMN = 640
SCROLL_BAR = 24  # beside the column, with the air around it
# Of the first start. The last has a page of its own: by then the data are open.
STEPS = ("归哪个村", "定口令", "抄下恢复码")


class _Room(QObject):
    """Shows the green side only where the whole column has room beside it; nobody has to read what is cut."""

    def __init__(self, page: QWidget, side: QWidget, column: QWidget) -> None:
        super().__init__(page)
        self._side, self._column = side, column
        page.installEventFilter(self)

    def eventFilter(self, page: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and isinstance(page, QWidget):
            needed = self._side.minimumWidth() + self._column.minimumWidth() + SCROLL_BAR
            self._side.setVisible(page.width() >= needed)
        return super().eventFilter(page, event)


def gate_column(page: QWidget, place: str) -> QVBoxLayout:
    """Lay out `page` as a page before the work; fill the column that is handed back."""
    page.setProperty("surface", "page")
    page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    across = QHBoxLayout(page)
    across.setContentsMargins(0, 0, 0, 0)
    across.setSpacing(0)
    side = UnlockSide(place)
    across.addWidget(side)
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
    _Room(page, side, inner)
    return column
