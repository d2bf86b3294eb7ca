"""用 U 盘送: without a line the work goes to the county on a stick, and the answer comes home on it."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout

from app.domain.problem import ProtocolError, StorageFault, UserError
from app.drives import Drive
from sync.client.stick_files import Home, Written
from ui import notices
from ui.forms.syncing.stick_place import stick_place
from ui.widgets.banner import Note
from ui.widgets.card import Card
from ui.widgets.scroll import reveal
from ui.widgets.words import Button, words


class Sticks(Protocol):
    """Who writes and reads sticks, beside the screen."""

    moved: SignalInstance
    ended: SignalInstance

    @property
    def running(self) -> bool: ...

    @property
    def line_busy(self) -> bool: ...

    def sticks(self) -> tuple[Drive, ...]: ...

    def write(self, root: Path) -> None: ...

    def read(self, root: Path) -> None: ...

    def stop(self) -> None: ...


class StickCard(Card):
    """`settled` when something came home."""

    settled = Signal()

    def __init__(self, sticks: Sticks) -> None:
        super().__init__("")
        self.setObjectName("stick")
        self._sticks = sticks
        self.set_title(self.tr("用 U 盘送"))
        said = self.tr(
            "没有网，就写到 U 盘，带到镇里或县里。县里收了会在 U 盘上写回执，带回来读一下，才算传好。"
            "U 盘上的文件加了密，捡到的人打不开。"
        )
        self.add(words(said, "body", "quiet", wrap=True))
        self.note = Note("info", "")
        self.note.hide()
        self.add(self.note)
        row = QHBoxLayout()
        self.write_button, self.read_button = Button(self.tr("写到 U 盘")), Button(self.tr("读 U 盘上的回执"))
        self.stop_button = Button(self.tr("停下"))
        for button in (self.write_button, self.read_button, self.stop_button):
            row.addWidget(button)
        row.addStretch(1)
        self.add(row)
        self.stop_button.hide()
        self.write_button.clicked.connect(lambda: self._go(write=True))
        self.read_button.clicked.connect(lambda: self._go(write=False))
        self.stop_button.clicked.connect(sticks.stop)
        sticks.moved.connect(self._moved)
        sticks.ended.connect(self._ended)

    def _go(self, *, write: bool) -> None:
        if self._sticks.running:
            return
        if self._sticks.line_busy:
            self._say("info", self.tr("正在往县里传。"), self.tr("传完了再用 U 盘。"))
            return
        root = stick_place(self, self._sticks.sticks(), self._say)
        if root is None:
            return
        lead = self.tr("正在写 U 盘。") if write else self.tr("正在读 U 盘。")
        self._say("info", lead, self.tr("先别拔。"))
        self._busy(True, may_stop=write)
        (self._sticks.write if write else self._sticks.read)(root)

    def _moved(self, done: Written) -> None:
        if done.photos:
            self._say(
                "info", self.tr("正在写 U 盘，照片写好 {n} 张。").format(n=done.photos), self.tr("先别拔。")
            )

    def _ended(self, outcome: Written | Home | Exception) -> None:
        self._busy(False)
        match outcome:
            case Written():
                self._written(outcome)
            case Home():
                self._came_home(outcome)
            case UserError():
                self._tell("warn", outcome.problems[0].told)
            case StorageFault():
                self._tell("bad", outcome.words)
            case _:
                self._tell("bad", notices.bug_words(notices.bug(outcome)))

    def _written(self, done: Written) -> None:
        if done.stopped:
            self._say("info", self.tr("停下了。"), self.tr("写好的 {n} 个文件算数。").format(n=done.files))
            return
        photos = self.tr("、{m} 张照片").format(m=done.photos) if done.photos else ""
        rest = self.tr("{n} 件{photos}在 U 盘的「首访通」里，读出来核对过。可以拔了，带到镇里或县里。")
        self._say("ok", self.tr("写好了。"), rest.format(n=done.matters, photos=photos))

    def _came_home(self, home: Home) -> None:
        photos = self.tr("，照片传好 {p} 张").format(p=home.photos) if home.photos else ""
        came = self.tr("{n} 件传好了，收来 {m} 条{photos}。").format(
            n=home.matters, m=home.rows, photos=photos
        )
        problem = home.problem
        if isinstance(problem, UserError):
            self._say("warn", problem.problems[0].told, came)
        elif isinstance(problem, ProtocolError):
            self._say("bad", getattr(problem, "words", ""), came)
        else:
            self._say("ok", self.tr("回执读好了。"), came)
        self.settled.emit()

    def _tell(self, tone: str, said: str) -> None:
        lead, _, rest = said.partition("。")
        self._say(tone, f"{lead}。", rest)

    def _say(self, tone: str, lead: str, rest: str) -> None:
        self.note.say(tone, lead, rest)
        self.note.show()
        if self.isVisible():
            reveal(self.note)

    def _busy(self, busy: bool, *, may_stop: bool = False) -> None:
        for button in (self.write_button, self.read_button):
            button.setEnabled(not busy)
        self.stop_button.setVisible(busy and may_stop)
