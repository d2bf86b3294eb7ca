"""没有网？用 U 盘登记: the question to the county goes out on a stick, and its answer comes back on it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.drives import Drive
from ui import theme
from ui.forms.syncing.stick_place import stick_place
from ui.widgets.banner import Note
from ui.widgets.scroll import reveal
from ui.widgets.words import Button, words

Failed = Callable[[Exception], None]
Told = Callable[[str, str, str], None]
Typed = Callable[[], tuple[str, str] | None]


class StickDoor(Protocol):
    """Who writes and reads; slow work answers through the callbacks. UserError fields: code."""

    def sticks(self) -> tuple[Drive, ...]:
        """What is plugged in now."""

    def write_question(self, root: Path, code: str, done: Callable[[], None], failed: Failed) -> None:
        """Write to the stick at `root` what the county is asked."""

    def read_answer(self, root: Path, code: str, done: Told, failed: Failed) -> None:
        """Read what it answered; `done(place, worker, number)`, the number to compare on the telephone."""


class StickEnrol(QWidget):
    """Three steps in words and two buttons; `typed()` gives the code last, or None once it has said at a box
    that it is missing. `answered(place, worker, number)` when the county knows this computer."""

    answered = Signal(str, str, str)
    failed = Signal(object)

    def __init__(self, door: StickDoor, typed: Typed) -> None:
        super().__init__()
        self.setProperty("surface", "clear")
        self._door, self._typed = door, typed
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(8))
        for line in (
            self.tr("1  插上 U 盘，照纸条打上登记码，点「写登记申请」。"),
            self.tr("2  U 盘送到镇里或县里。登记好了，回执会写在 U 盘上；U 盘上的文件先别删。"),
            self.tr("3  U 盘拿回来，插上，打上同一个登记码，点「读登记回执」。纸条收好，别丢。"),
        ):
            column.addWidget(words(line, "body", "quiet", wrap=True))
        self.note = Note("info", "")
        self.note.hide()
        column.addWidget(self.note)
        row = QHBoxLayout()
        row.setSpacing(theme.soft(12))
        self.write_button = Button(self.tr("写登记申请"))
        self.read_button = Button(self.tr("读登记回执"))
        row.addWidget(self.write_button)
        row.addWidget(self.read_button)
        row.addStretch(1)
        column.addLayout(row)
        self.write_button.clicked.connect(self._write)
        self.read_button.clicked.connect(self._read)

    def remind(self) -> None:
        """The question was written another day."""
        self._say(
            "info", self.tr("登记申请写过了，等县里的回执。"), self.tr("U 盘丢了就再写一次，还是这一台电脑。")
        )

    def _write(self) -> None:
        begun = self._begin(self.tr("正在写 U 盘。"))
        if begun is not None:
            root, code = begun
            self._door.write_question(root, code, self._written, self._refused)

    def _read(self) -> None:
        begun = self._begin(self.tr("正在读 U 盘。"))
        if begun is not None:
            root, code = begun
            self._door.read_answer(root, code, self._told, self._refused)

    def _begin(self, lead: str) -> tuple[Path, str] | None:
        typed = self._typed()
        root = stick_place(self, self._door.sticks(), self._say) if typed is not None else None
        if typed is None or root is None:
            return None
        self._busy(True)
        self._say("info", lead, self.tr("先别拔。"))
        return root, typed[1]

    def _written(self) -> None:
        self._busy(False)
        rest = self.tr("在 U 盘的「首访通」里，读出来核对过。可以拔了，送到镇里或县里；程序可以关。")
        self._say("ok", self.tr("申请写好了。"), rest)

    def _told(self, place: str, worker: str, number: str) -> None:
        self._busy(False)
        self.note.hide()
        self.answered.emit(place, worker, number)

    def _refused(self, error: Exception) -> None:
        self._busy(False)
        self.note.hide()
        self.failed.emit(error)

    def _busy(self, busy: bool) -> None:
        for button in (self.write_button, self.read_button):
            button.setEnabled(not busy)

    def _say(self, tone: str, lead: str, rest: str) -> None:
        self.note.say(tone, lead, rest)
        self.note.show()
        if self.isVisible():
            reveal(self.note)
