"""What would send her home again: every preventable cause found, with what to do about it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.domain.checklists.preflight import Trap
from ui import theme
from ui.forms.aside import clear
from ui.widgets.card import Card
from ui.widgets.chip import Chip
from ui.widgets.words import Button, Icon, words


class TrapList(Card):
    """`mend(trap)` when the worker goes to fill in what is missing."""

    mend = Signal(object)

    def __init__(self) -> None:
        super().__init__("")
        self.set_title(self.tr("白跑一趟的 20 个坑，查过了"))
        self.count = Chip("")
        self.head.addWidget(self.count)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(theme.soft(10))
        self.add(self._lines)

    def show_traps(self, traps: Sequence[Trap]) -> None:
        """Those found, or that there are none."""
        if traps:
            self.count.say(self.tr("{n} 处要看").format(n=len(traps)), "warn", "warn")
        else:
            self.count.say(self.tr("都过"), "ok", "check")
        clear(self._lines)
        for trap in traps:
            self._lines.addLayout(self._trap(trap))
        if not traps:
            said = self.tr("份数、窗口、电话、时间、证件、银行卡都看过了，没有问题。")
            self._lines.addWidget(words(said, "body", "quiet", wrap=True))

    def _trap(self, trap: Trap) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.soft(10))
        row.addWidget(Icon("warn", 26, "warn"), 0, Qt.AlignmentFlag.AlignTop)
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addWidget(words(trap.words, "label", wrap=True))
        said.addWidget(words(trap.do, "body", "quiet", wrap=True))
        row.addLayout(said, 1)
        if trap.step is not None and trap.field.startswith("place"):
            button = Button(self.tr("去填"), "small")
            button.setAccessibleName(self.tr("去填：{what}").format(what=trap.words))
            button.clicked.connect(lambda: self.mend.emit(trap))
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return row
