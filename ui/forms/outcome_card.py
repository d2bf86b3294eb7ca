"""The pages went to the printer: did they come out?"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLayout, QWidget

from ui import theme
from ui.widgets.card import Card
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.words import Button


class OutcomeCard(Card):
    """`answered(yes)`. The answers stand beside the question, or `below` it where there is little width."""

    answered = Signal(bool)

    def __init__(self, *, below: bool = False) -> None:
        super().__init__("")
        self.set_title(self.tr("打出来了吗？"))
        self.good = Button(self.tr("打好了"), "main", "check")
        self.bad = Button(self.tr("没出来"))
        self.good.clicked.connect(lambda: self.answered.emit(True))
        self.bad.clicked.connect(lambda: self.answered.emit(False))
        if below:
            holder = QWidget()
            holder.setProperty("surface", "clear")
            row: QLayout = FlowLayout(holder, theme.soft(12))
            self.add(holder)
        else:
            row = self.head
        row.addWidget(self.good)
        row.addWidget(self.bad)
        self.hide()
