"""照片: how many still have to go up, how far the sending is, and what stands in the way."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QTimer, SignalInstance
from PySide6.QtWidgets import QHBoxLayout

from app.actions.far_files import FilesLeft
from sync.client.blobs import Carried
from ui import theme
from ui.forms.syncing.speed import Speed
from ui.widgets.card import Card
from ui.widgets.progress import Progress
from ui.widgets.words import Button, words

LOOK_MS = 300


class Files(Protocol):
    """Who carries photos: says how far it is, and stops."""

    moved: SignalInstance
    ended: SignalInstance
    trouble: str

    @property
    def running(self) -> bool: ...

    @property
    def going(self) -> int: ...

    def put_off(self) -> None: ...

    def go_on(self) -> None: ...


class FilesLine(Card):
    """Hidden while no photo waits and none is under way."""

    def __init__(self, files: Files) -> None:
        super().__init__("")
        self.setObjectName("files")
        self._files, self._left = files, FilesLeft(0, 0)
        row = QHBoxLayout()
        row.setSpacing(theme.soft(14))
        self.said = words("", wrap=True)
        self.stop_button = Button(self.tr("先不传照片"))
        self.stop_button.clicked.connect(files.put_off)
        row.addWidget(self.said, 1)
        row.addWidget(self.stop_button)
        self.add(row)
        self.trouble = words("", "body", "quiet", wrap=True)
        self.add(self.trouble)
        self.bar = Progress(self.tr("可以接着干活"))
        self.bar.stand_within_card()
        self.bar.hide()
        self.add(self.bar)
        self._carried, self._speed = Carried(), Speed()
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._look)
        files.moved.connect(self._moved)
        self.show_left(FilesLeft(0, 0))

    def show_left(self, left: FilesLeft) -> None:
        """So many wait."""
        self._left = left
        running = self._files.running and bool(left.files)
        self.said.setText(left_words(left))
        self.stop_button.setVisible(running)
        self.trouble.setText(self._files.trouble)
        self.trouble.setVisible(bool(self._files.trouble and left.files))
        if not running:
            self._timer.stop()
            self._speed.begin()
            self.bar.finish()
        self.setVisible(bool(left.files))

    def _moved(self, carried: Carried) -> None:
        self._carried = carried
        self._timer.start()
        self._look()
        self.stop_button.show()
        self.show()

    def _look(self) -> None:
        """The piece under way counts as far as it has gone."""
        carried = self._carried
        sent = min(carried.sent + self._files.going, carried.of_bytes)
        self.bar.show_step(going_words(replace(carried, sent=sent)), sent, max(carried.of_bytes, 1))
        slow = self._speed.look(time.monotonic(), sent)
        self.trouble.setText(slow or self._files.trouble)
        self.trouble.setVisible(bool(self.trouble.text()))


def left_words(left: FilesLeft) -> str:
    """`还有 5 张照片没传完，共 1.2 兆。`; a small copy is not counted apart from its picture."""
    if not left.files:
        return ""
    return _tr("还有 {n} 张照片没传完，共 {size}。都在这台电脑里，断了接着传。").format(
        n=max(left.whole, 1), size=size_words(left.size)
    )


def going_words(carried: Carried) -> str:
    """`正在送照片，已送 0.4 兆，共 1.2 兆`."""
    return _tr("正在送照片，已送 {done}，共 {all}").format(
        done=size_words(min(carried.sent, carried.of_bytes)), all=size_words(carried.of_bytes)
    )


def size_words(size: int) -> str:
    """Bytes as people say them: 0.4 兆, and below a tenth of it 60 千字节."""
    if size < 100_000:
        return _tr("{n} 千字节").format(n=max(1, round(size / 1000))) if size else _tr("0 兆")
    return _tr("{n:.1f} 兆").format(n=size / 1_000_000)


def _tr(said: str) -> str:
    return QCoreApplication.translate("files", said)
