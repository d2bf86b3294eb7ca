"""Which village group: typed (letters will do), or pointed at among those that still fit."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.actions.village.finding import Group
from ui import theme
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.text import LineBox
from ui.widgets.words import Button

MOST = 6


class GroupBox(QWidget):
    """`value()` is the name of the group; a new name may be typed too. At most six are offered."""

    changed = Signal()

    def __init__(self, groups: Sequence[Group], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "clear")
        self._groups = tuple(groups)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(8))
        self.box = LineBox("")
        column.addWidget(self.box)
        self._offers = QWidget()
        flow = FlowLayout(self._offers, theme.soft(8))
        self.buttons: list[Button] = []
        for group in self._groups:
            button = Button(group.name, "small")
            button.clicked.connect(lambda _checked=False, name=group.name: self._take(name))
            flow.addWidget(button)
            self.buttons.append(button)
        column.addWidget(self._offers)
        self.setFocusProxy(self.box)
        self.box.textChanged.connect(lambda _text: self._narrow())
        self.box.changed.connect(self.changed)
        self._narrow()

    def value(self) -> str:
        """The group as typed or chosen."""
        return self.box.value()

    def set_value(self, group: str) -> None:
        """Show `group`; silent."""
        self.box.set_value(group)

    def set_label(self, label: str) -> None:
        """Name the box for a screen reader."""
        self.setAccessibleName(label)
        self.box.setAccessibleName(label)

    def _take(self, name: str) -> None:
        self.box.setText(name)
        self.changed.emit()
        self.box.setFocus()

    def _narrow(self) -> None:
        typed = self.value()
        settled = any(typed == group.name for group in self._groups)
        fitting = [] if settled else [group.name for group in self._groups if group.fits(typed)][:MOST]
        for button in self.buttons:
            button.setVisible(button.text() in fitting)
        self._offers.setVisible(bool(fitting))
