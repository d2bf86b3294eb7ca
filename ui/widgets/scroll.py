"""A vertical scroll area: what does not fit is scrolled to, never sideways."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QWidget


def scrolled(content: QWidget | QLayout, *, on: str = "") -> QScrollArea:
    """A vertical scroll area around `content`; it never scrolls sideways. `on="card"`: it lies on a card."""
    area = QScrollArea()
    if on:
        area.setProperty("surface", on)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    holder = content if isinstance(content, QWidget) else QWidget()
    if isinstance(content, QLayout):
        holder.setLayout(content)
        holder.setProperty("surface", "clear")
    area.setWidget(holder)
    return area
