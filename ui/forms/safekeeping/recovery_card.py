"""恢复码 in the settings: make a new sheet for the safe, see it once, print it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from ui import notices, theme
from ui.widgets.card import Card
from ui.widgets.recovery_code import RecoveryCode
from ui.widgets.words import Button, words

Failed = Callable[[Exception], None]


class Maker(Protocol):
    """Who makes and prints the code; slow work answers through the callbacks."""

    def make_recovery(self, done: Callable[[str], None], failed: Failed) -> None: ...

    def print_recovery(self, code: str, done: Callable[[bool], None], failed: Failed) -> None: ...


class RecoveryCard(Card):
    """`failed(error)` when the code could not be made or the sheet not be set."""

    failed = Signal(object)

    def __init__(self, maker: Maker) -> None:
        super().__init__("")
        self.set_title(self.tr("恢复码"))
        self._maker = maker
        said = self.tr("忘了口令，就靠这张纸。打出来或抄下来，交镇里锁好。做了新的，旧的就作废。")
        self.add(words(said, "body", "quiet", wrap=True))
        self.code = RecoveryCode()
        self.code.hide()
        self.add(self.code)
        row = QHBoxLayout()
        row.setSpacing(theme.soft(12))
        self.make_button = Button(self.tr("做一张新的恢复码"))
        self.print_button = Button(self.tr("打出来"), "", "print")
        self.make_button.clicked.connect(self._make)
        self.print_button.clicked.connect(self._print)
        row.addWidget(self.make_button)
        row.addWidget(self.print_button)
        row.addStretch(1)
        self.add(row)
        self.clear()

    def clear(self) -> None:
        """The code does not stay in sight."""
        self.code.show_code("")
        self.print_button.hide()

    def _make(self) -> None:
        self.make_button.setEnabled(False)
        self._maker.make_recovery(self._made, self._failed)

    def _made(self, code: str) -> None:
        self.make_button.setEnabled(True)
        self.code.show_code(code)
        self.print_button.show()
        self.print_button.setFocus()

    def _print(self) -> None:
        self._maker.print_recovery(self.code.code(), self._printed, self._failed)

    def _printed(self, took: bool) -> None:
        if took:
            notices.saved(self.tr("送去打印了。"))
        else:
            notices.warn(self.tr("没有打出来。先用笔抄下，对一遍。"))

    def _failed(self, error: Exception) -> None:
        self.make_button.setEnabled(True)
        self.failed.emit(error)
