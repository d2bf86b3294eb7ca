"""忘了口令: the code on the sheet in the township's safe opens the data again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.problem import StorageFault, UserError
from ui import notices
from ui.widgets.banner import Note
from ui.widgets.gate_column import gate_column
from ui.widgets.recovery_code import RecoveryBoxes
from ui.widgets.words import Button, words


class RecoverGate(Protocol):
    """What the page asks for; slow work answers through the callbacks."""

    def recover(
        self, worker: str, code: str, done: Callable[[], None], failed: Callable[[Exception], None]
    ) -> None:
        """Open by the code; a UserError with field `code.3` speaks of the third group."""


class RecoverPage(QWidget):
    """`recovered` when the data are open, `left` to go back to the passphrase, `sheet_lost` to ask the
    county, offered where it has a way in."""

    recovered = Signal()
    left = Signal()
    sheet_lost = Signal()

    def __init__(self, gate: RecoverGate, worker: str, place: str = "", *, county: bool = False) -> None:
        super().__init__()
        self._gate, self._worker = gate, worker
        column = gate_column(self, place)
        column.addStretch(1)
        column.addWidget(words(self.tr("用恢复码开"), "title"))
        said = self.tr("照着镇里锁着的那张纸打：8 组，每组 5 个数字。开了以后马上定一个新口令。")
        column.addWidget(words(said, "body", "quiet", wrap=True))
        self.boxes = RecoveryBoxes()
        column.addWidget(self.boxes)
        self.note = Note("bad", "")
        self.note.hide()
        column.addWidget(self.note)
        row = QHBoxLayout()
        self.back_button = Button(self.tr("回到口令"), "", "left")
        self.open_button = Button(self.tr("开锁"), "main")
        row.addWidget(self.back_button)
        row.addWidget(self.open_button, 1)
        column.addLayout(row)
        self.county_button = Button(self.tr("纸也没了，请县里开"), "text")
        self.county_button.clicked.connect(self.sheet_lost)
        column.addWidget(self.county_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.county_button.setVisible(county)
        column.addStretch(1)
        self.boxes.changed.connect(self.note.hide)
        self.boxes.finished.connect(self._open)
        self.open_button.clicked.connect(self._open)
        self.back_button.clicked.connect(self.left)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin at the first group."""
        super().showEvent(event)
        self.boxes.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self) -> None:
        if self.open_button.isEnabled():
            self._busy(True)
            self._gate.recover(self._worker, self.boxes.code(), self._opened, self._refused)

    def _opened(self) -> None:
        self.boxes.clear()
        self.recovered.emit()

    def _refused(self, error: Exception) -> None:
        self._busy(False)
        if isinstance(error, UserError):
            self.note.say("bad", error.words)
            group = error.problems[0].field.partition(".")[2]
            self.boxes.point_at(int(group) if group.isdigit() else 0)
        elif isinstance(error, StorageFault):
            self.note.say("bad", error.words)
        else:
            self.note.say("bad", notices.bug_words(notices.bug(error)))
        self.note.show()

    def _busy(self, busy: bool) -> None:
        self.open_button.setEnabled(not busy)
        self.open_button.setText(self.tr("正在开…") if busy else self.tr("开锁"))
