"""请县里开: for whoever lost passphrase and sheet; a request out on a stick, the county's answer back in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.problem import Problem, StorageFault, UserError
from ui import notices
from ui.widgets import file_dialogs
from ui.widgets.banner import Note
from ui.widgets.field import Field
from ui.widgets.gate_column import gate_column
from ui.widgets.text import LineBox
from ui.widgets.words import Button, words

QUESTION_NAME = "开锁请求.json"
Failed = Callable[[Exception], None]


class CountyGate(Protocol):
    """What the page asks for; slow work answers through the callbacks."""

    def ask_county(
        self, worker: str, why: str, file: Path, done: Callable[[], None], failed: Failed
    ) -> None: ...

    def open_by_county(self, file: Path, done: Callable[[], None], failed: Failed) -> None: ...


class AskCounty(QWidget):
    """`opened` when the county's answer opened the data, `left` to go back to the passphrase."""

    opened = Signal()
    left = Signal()

    def __init__(self, gate: CountyGate, worker: str, place: str = "", *, waiting: bool = False) -> None:
        super().__init__()
        self._gate, self._worker = gate, worker
        column = gate_column(self, place)
        column.addStretch(1)
        column.addWidget(words(self.tr("请县里开"), "title"))
        said = self.tr("口令忘了、恢复码也没了，县里能开，资料一条不丢。县里要先核实是您本人。")
        column.addWidget(words(said, "body", "quiet", wrap=True))
        self.why = LineBox()
        self.why_field = Field("why", self.tr("① 为什么要县里开"), self.why)
        column.addWidget(self.why_field)
        self.ask_button = Button(self.tr("② 请求存到 U 盘，交给县里"), "main", "usb")
        column.addWidget(self.ask_button)
        self.answer_button = Button(self.tr("③ 读县里的回信"), "primary", "folder")
        column.addWidget(self.answer_button)
        self.note = Note("info", "")
        self.note.hide()
        column.addWidget(self.note)
        row = QHBoxLayout()
        self.back_button = Button(self.tr("回到口令"), "", "left")
        row.addWidget(self.back_button)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        self.ask_button.clicked.connect(self._ask)
        self.answer_button.clicked.connect(self._read)
        self.back_button.clicked.connect(self.left)
        if waiting:
            self._say("info", self.tr("请求做好了，等县里的回信。"), self.tr("再做一张，前一张就作废。"))

    def showEvent(self, event: QShowEvent) -> None:
        """Begin at the reason."""
        super().showEvent(event)
        self.why.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask(self) -> None:
        self.why_field.clear_problem()
        if not self.why.text().strip():
            self.why_field.show_problem(Problem("why", self.tr("写一句为什么，县里要核实。")))
            self.why.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        title, kinds = self.tr("请求存到哪里"), self.tr("开锁请求 (*.json)")
        if path := file_dialogs.ask_save(self, title, QUESTION_NAME, kinds):
            self._gate.ask_county(self._worker, self.why.text(), path, self._asked, self._refused)

    def _asked(self) -> None:
        self._say(
            "ok",
            self.tr("请求存好了。交给县里，里面没有群众资料。"),
            self.tr("县里核实以后给您一个回信文件，拿回来点③。"),
        )
        self.answer_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _read(self) -> None:
        title, kinds = self.tr("县里的回信在哪里"), self.tr("县里的回信 (*.json)")
        if path := file_dialogs.ask_open(self, title, kinds):
            self._gate.open_by_county(path, self.opened.emit, self._refused)

    def _refused(self, error: Exception) -> None:
        if isinstance(error, UserError | StorageFault):
            self._say("bad", error.words)
        else:
            self._say("bad", notices.bug_words(notices.bug(error)))

    def _say(self, tone: str, lead: str, text: str = "") -> None:
        self.note.say(tone, lead, text)
        self.note.show()
