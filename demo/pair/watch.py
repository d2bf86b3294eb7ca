"""The play in real windows, side by side under the board; or with no display, for pictures of it."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from PySide6.QtCore import QRect, QTimer
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from demo.hand import NotOnScreen
from demo.pair.play import CHAPTERS, Play
from demo.pair.setting import Small, staged
from demo.village import story
from ui.gatekeeper import now

PAUSE_MS = 450  # before each touch, for those who watch
BOARD_HEIGHT = 190
WIDE, HIGH = 960, 720  # of a window with no display: two stand side by side in a picture


def show(home: Path) -> int:
    """What was in `home` is cleared away: the play begins anew each time. Returns the exit status."""
    shutil.rmtree(home, ignore_errors=True)
    with staged(home, now, PAUSE_MS) as play:
        screen = QApplication.primaryScreen().availableGeometry()
        _arrange(play, screen)
        QTimer.singleShot(0, lambda: _act(play))
        return QApplication.exec()


def play_headless(out: Path, small: Small = lambda whole: whole) -> int:
    """A picture of each chapter goes into `out`. 0 only if the three hold exactly the same at the end."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    scratch = tempfile.TemporaryDirectory(prefix="shoufangtong-pair-")
    with scratch as folder, staged(Path(folder), lambda: story.AT, 0, small) as play:
        _arrange(play, QRect(0, 0, 2 * WIDE, BOARD_HEIGHT + HIGH))
        for number, chapter in enumerate(CHAPTERS, 1):
            play.begin(chapter.title)
            play.before_next = _Pictures(play, out, number)  # what a line told of, as it came to be
            chapter.act(play)
            play.before_next()
        return 0 if play.alike() else 1


class _Pictures:
    """Keeps a picture of the whole stage each time it is called, numbered within the chapter."""

    def __init__(self, play: Play, out: Path, chapter: int) -> None:
        self._play, self._out, self._chapter, self._count = play, out, chapter, 0

    def __call__(self) -> None:
        self._play.board.look()
        _picture(self._play).save(str(self._out / f"{self._chapter}_{self._count}.png"))
        self._count += 1


def _act(play: Play) -> None:
    try:
        for chapter in CHAPTERS:
            play.begin(chapter.title)
            QTest.qWait(PAUSE_MS * 4)
            chapter.act(play)
    except NotOnScreen as missing:
        # Somebody closed a window, or took a hand in it too early.
        print(missing, flush=True)
        play.say("戏演到这里停了。下面的按钮可以用了，自己试试。")
    play.board.free(play.put_back)


def _arrange(play: Play, room: QRect) -> None:
    half = room.width() // 2
    below = room.top() + BOARD_HEIGHT
    play.board.setGeometry(room.left(), room.top(), room.width(), BOARD_HEIGHT)
    for place, window in enumerate(_windows(play)):
        window.setGeometry(room.left() + place * half, below, half, room.bottom() - below)
    play.board.show()


def _windows(play: Play) -> tuple[QWidget, QWidget]:
    return play.first.hand.program.window, play.second.hand.program.window


def _picture(play: Play) -> QPixmap:
    left, right = _windows(play)
    whole = QPixmap(play.board.width(), play.board.height() + left.height())
    painter = QPainter(whole)
    painter.drawPixmap(0, 0, play.board.grab())
    painter.drawPixmap(0, play.board.height(), left.grab())
    painter.drawPixmap(left.width(), play.board.height(), right.grab())
    painter.end()
    return whole
