"""抄下恢复码: the last step of the first start, so that no worker is left without a road back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.problem import StorageFault, UserError
from ui import notices
from ui.widgets.banner import Note
from ui.widgets.gate_column import STEPS, gate_column
from ui.widgets.recovery_code import RecoveryCode
from ui.widgets.step_bar import StepBar
from ui.widgets.words import Button, words


class CodeGate(Protocol):
    """What the page asks for; slow work answers through the callbacks."""

    def make_recovery(self, done: Callable[[str], None], failed: Callable[[Exception], None]) -> None:
        """A new code; every code before it stops working."""

    def print_recovery(
        self, code: str, done: Callable[[bool], None], failed: Callable[[Exception], None]
    ) -> None:
        """The sheet for the safe; `done(False)` when no printer took it."""


class KeepCode(QWidget):
    """Shows the code once; `finished` when the worker has it on paper."""

    finished = Signal()

    def __init__(self, gate: CodeGate, place: str) -> None:
        super().__init__()
        self._gate = gate
        column = gate_column(self, place)
        self.steps = StepBar([self.tr(word) for word in STEPS])
        self.steps.show_step(len(STEPS) - 1)
        self.steps.setEnabled(False)  # what was set is set: there is no way back to it
        column.addWidget(self.steps)
        column.addWidget(words(self.tr("抄下恢复码"), "title"))
        said = self.tr("忘了口令，只有这张纸能开。打出来或抄下来，装进信封封好，交镇里锁起来。")
        column.addWidget(words(said, "body", "quiet", wrap=True))
        self.code = RecoveryCode()
        column.addWidget(self.code)
        self.note = Note("info", "")
        self.note.hide()
        column.addWidget(self.note)
        row = QHBoxLayout()
        self.print_button = Button(self.tr("打出来"), "", "print")
        self.done_button = Button(self.tr("纸上有了，开始干活"), "main")
        row.addWidget(self.print_button)
        row.addWidget(self.done_button, 1)
        column.addLayout(row)
        column.addStretch(1)
        self.print_button.clicked.connect(self._print)
        self.done_button.clicked.connect(self._done)
        self._make()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin at printing: the filled button must not be pressed by habit."""
        super().showEvent(event)
        self.print_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make(self) -> None:
        self.print_button.setEnabled(False)
        self.done_button.setEnabled(False)
        self._gate.make_recovery(self._made, self._failed)

    def _made(self, code: str) -> None:
        self.code.show_code(code)
        self.print_button.setEnabled(True)
        self.done_button.setEnabled(True)
        self.print_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _print(self) -> None:
        self._gate.print_recovery(self.code.code(), self._printed, self._failed)

    def _printed(self, took: bool) -> None:
        if took:
            self._say("ok", self.tr("送去打印了。看看纸上 8 组数字全不全。"))
        else:
            self._say("warn", self.tr("没有打出来。先用笔抄下，对一遍。"))

    def _done(self) -> None:
        self.code.show_code("")
        self.finished.emit()

    def _failed(self, error: Exception) -> None:
        # Work can begin: the code can be made in 设置 whenever the disk allows.
        self.done_button.setEnabled(True)
        if isinstance(error, UserError | StorageFault):
            self._say("bad", error.words)
        else:
            self._say("bad", notices.bug_words(notices.bug(error)))

    def _say(self, tone: str, said: str) -> None:
        self.note.say(tone, said)
        self.note.show()
