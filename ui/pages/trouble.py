"""What stands in the window when the data cannot be opened at all: what happened, that nothing is lost."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from ui.widgets.banner import Note
from ui.widgets.gate_column import gate_column
from ui.widgets.words import Button, words


class TroublePage(QWidget):
    """`again` when the worker wants the program to look once more, `restore` to put a backup in place,
    `salvage` to save what is whole, offered where there is a store (`store`)."""

    again = Signal()
    restore = Signal()
    salvage = Signal()

    def __init__(self, said: str, *, store: bool = False) -> None:
        super().__init__()
        column = gate_column(self, "")
        column.addStretch(1)
        column.addWidget(words(self.tr("资料先打不开"), "title"))
        lead, _, rest = said.partition("。")
        self.note = Note("bad", f"{lead}。", rest)
        column.addWidget(self.note)
        self.button = Button(self.tr("再看一次"), "main")
        self.button.clicked.connect(self.again)
        column.addWidget(self.button)
        self.restore_button = Button(self.tr("从备份恢复"), "", "save")
        self.restore_button.clicked.connect(self.restore)
        column.addWidget(self.restore_button)
        self.salvage_button = Button(self.tr("把好的资料救出来"))
        self.salvage_button.clicked.connect(self.salvage)
        column.addWidget(self.salvage_button)
        self.salvage_button.setVisible(store)
        column.addStretch(1)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin at the harmless button."""
        super().showEvent(event)
        self.button.setFocus(Qt.FocusReason.OtherFocusReason)
