"""换一把钥匙, while the data are written anew under it: how far, and that the power may go."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.problem import StorageFault, UserError
from ui import notices
from ui.widgets.banner import Note
from ui.widgets.gate_column import gate_column
from ui.widgets.progress import Progress
from ui.widgets.words import Button, words


class ChangingKeys(QWidget):
    """`stepped(done, total)` may be emitted from any thread; `left` when the worker goes on to the lock."""

    stepped = Signal(int, int)
    left = Signal()

    def __init__(self, place: str) -> None:
        super().__init__()
        column = gate_column(self, place)
        column.addStretch(1)
        column.addWidget(words(self.tr("换一把钥匙"), "title"))
        self.bar = Progress(self.tr("中间断电也不丢"))
        self.bar.show_step(self.tr("正在重新加密…"), 0, 1)
        column.addWidget(self.bar)
        self.note = Note("ok", "")
        self.note.hide()
        column.addWidget(self.note)
        self.button = Button(self.tr("去开锁"), "main")
        self.button.hide()
        self.button.clicked.connect(self.left)
        column.addWidget(self.button)
        column.addStretch(1)
        self.stepped.connect(self._step)

    def show_done(self) -> None:
        """It is changed."""
        self._end("ok", self.tr("钥匙换好了。"), self.tr("各人的口令、恢复码都不变。"))

    def show_failure(self, error: Exception) -> None:
        """It is not, and everything is as it was."""
        if isinstance(error, UserError | StorageFault):
            self._end("bad", error.words, self.tr("资料还是原来那样，没有动。"))
        else:
            self._end("bad", notices.bug_words(notices.bug(error)), "")

    def _step(self, done: int, total: int) -> None:
        percent = 100 * done // max(total, 1)
        self.bar.show_step(self.tr("正在重新加密 {n}%").format(n=percent), percent, 100)

    def _end(self, tone: str, lead: str, text: str) -> None:
        self.bar.finish()
        self.note.say(tone, lead, text)
        self.note.show()
        self.button.show()
        self.button.setFocus()
