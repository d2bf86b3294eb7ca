"""The pages went to the printer: did they come out?"""

from __future__ import annotations

from PySide6.QtCore import Signal

from ui.widgets.card import Card
from ui.widgets.words import Button


class OutcomeCard(Card):
    """`answered(yes)`."""

    answered = Signal(bool)

    def __init__(self) -> None:
        super().__init__("")
        self.set_title(self.tr("打出来了吗？"))
        self.good = Button(self.tr("打好了"), "main", "check")
        self.bad = Button(self.tr("没出来"))
        self.good.clicked.connect(lambda: self.answered.emit(True))
        self.bad.clicked.connect(lambda: self.answered.emit(False))
        self.head.addWidget(self.good)
        self.head.addWidget(self.bad)
        self.hide()
