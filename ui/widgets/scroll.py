"""A vertical scroll area: what does not fit is scrolled to, never sideways."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLayout, QScrollArea, QWidget

from ui import theme


class ScrollArea(QScrollArea):
    """Scrolls down, never sideways. Tab brings the whole field into sight, with its label and its hint."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def focusNextPrevChild(self, next_: bool) -> bool:
        """As Qt does, and then the field around what got the focus."""
        moved = super().focusNextPrevChild(next_)
        focus = QApplication.focusWidget()
        if moved and focus is not None and self.isAncestorOf(focus):
            bring_field(self, focus)
        return moved


def bring_field(area: QScrollArea, control: QWidget) -> None:
    """Scroll `area` until the whole field around `control` is in sight, its upper edge first."""
    field: QWidget | None = control
    while field is not None and field is not area and not field.objectName().startswith("field:"):
        field = field.parentWidget()
    if field is None or field is area:
        field = control
    area.ensureWidgetVisible(field, 0, theme.soft(12))
    top = field.mapTo(area.widget(), QPoint(0, 0)).y() - theme.soft(12)
    if top < area.verticalScrollBar().value():
        area.verticalScrollBar().setValue(top)


def scrolled(content: QWidget | QLayout, *, on: str = "") -> QScrollArea:
    """A vertical scroll area around `content`; it never scrolls sideways. `on="card"`: it lies on a card."""
    area = ScrollArea()
    if on:
        area.setProperty("surface", on)
    holder = content if isinstance(content, QWidget) else QWidget()
    if isinstance(content, QLayout):
        holder.setLayout(content)
        holder.setProperty("surface", "clear")
    area.setWidget(holder)
    return area
