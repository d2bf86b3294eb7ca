"""One fact of policy, and under it, for whoever asks, where it comes from."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from app.domain.packs.standing import Standing
from ui import theme
from ui.widgets.chip import Chip
from ui.widgets.words import Button, words


class FactRow(QWidget):
    """`content` with 待核 where nobody has checked it, and a button that shows its origin."""

    def __init__(self, content: QWidget | QLayout, standing: Standing, name: str) -> None:
        super().__init__()
        self.setProperty("surface", "clear")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(4))
        row = QHBoxLayout()
        row.setSpacing(theme.soft(12))
        if isinstance(content, QWidget):
            row.addWidget(content, 1)
        else:
            row.addLayout(content, 1)
        if standing.unverified:
            row.addWidget(Chip(self.tr("待核"), "info", "info"), 0, Qt.AlignmentFlag.AlignVCenter)
        self.button = Button(self.tr("出处"), "small")
        self.button.setCheckable(True)
        self.button.setAccessibleName(self.tr("{name}：出处").format(name=name))
        self.button.toggled.connect(self._show)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        column.addLayout(row)
        self.origin = words("\n".join(standing.origin), "body", "quiet", wrap=True)
        self.origin.hide()
        column.addWidget(self.origin)

    def _show(self, on: bool) -> None:
        self.origin.setVisible(on)
        self.button.setText(self.tr("收起") if on else self.tr("出处"))


def fact(said: str, standing: Standing, role: str = "body") -> FactRow:
    """A fact that is one sentence."""
    return FactRow(words(said, role, wrap=True), standing, said)
