"""What only her eyes can tell: did the pages come out of the printer?"""

from __future__ import annotations

from PySide6.QtCore import Signal

from ui.widgets.card import Card
from ui.widgets.words import Button


class AskedCard(Card):
    """A question with two answers beside it, hidden until it is asked: `answered(yes)`."""

    answered = Signal(bool)

    def __init__(self) -> None:
        super().__init__("")
        self.good, self.bad = Button("", "main", "check"), Button("")
        self.good.clicked.connect(lambda: self.answered.emit(True))
        self.bad.clicked.connect(lambda: self.answered.emit(False))
        self.head.addWidget(self.good)
        self.head.addWidget(self.bad)
        self.hide()

    def put(self, question: str, good: str, bad: str) -> None:
        """Word the question and its answers."""
        self.set_title(question)
        self.good.setText(good)
        self.bad.setText(bad)


class OutcomeCard(AskedCard):
    """打出来了吗？"""

    def __init__(self) -> None:
        super().__init__()
        self.put(self.tr("打出来了吗？"), self.tr("打好了"), self.tr("没出来"))
