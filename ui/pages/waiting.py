"""What stands in the window between the work and the lock while a backup is made: nothing of anybody."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.widgets.gate_column import gate_column
from ui.widgets.words import words


class WaitingPage(QWidget):
    """No button: it goes by itself."""

    def __init__(self) -> None:
        super().__init__()
        column = gate_column(self, "")
        column.addStretch(1)
        column.addWidget(words(self.tr("正在备份，一会儿就锁好"), "title"))
        column.addWidget(words(self.tr("先别关机。已存好的都在。"), wrap=True))
        column.addStretch(1)
