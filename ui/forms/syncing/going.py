"""While a round runs: what is being sent, in her words, and how many bytes of how many have gone."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.actions.sync_state import SyncState
from sync.client.progress import Progress
from sync.client.traffic import Traffic
from ui import theme
from ui.forms.syncing.files_line import size_words
from ui.forms.syncing.speed import Speed
from ui.widgets.progress import Progress as Bar
from ui.widgets.words import words

LOOK_MS = 300
UNITS = {
    "住户": "户", "人": "个", "首访单": "件", "办事清单": "份", "问卷": "份", "要去的一户": "户",
    "公示": "份", "回访": "次",
}  # fmt: skip


class Going(QWidget):
    """Between `begin` and `finish` it looks at the traffic by itself; what is over sooner shows nothing."""

    def __init__(self, traffic: Callable[[], Traffic | None]) -> None:
        super().__init__()
        self.setProperty("surface", "clear")
        self._traffic, self._speed = traffic, Speed()
        self._now, self._kinds, self._running = Progress(0, 0, 0), "", False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(4))
        self.said, self.slow = words("", wrap=True), words("", "body", "quiet", wrap=True)
        self.bar = Bar()
        self.bar.stand_within_card()
        self.bar.hide()
        for part in (self.said, self.bar, self.slow):
            column.addWidget(part)
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._look)
        self.finish()

    def begin(self) -> None:
        """A round begins."""
        self._now, self._running = Progress(0, 0, 0), True
        self._speed.begin()
        self.said.setText(_tr("正在连县里"))
        self.slow.hide()
        self._timer.start()
        self.show()

    def finish(self) -> None:
        """Nothing is under way any more."""
        self._running = False
        self._timer.stop()
        self.bar.finish()
        self.said.clear()
        self.hide()

    def show_state(self, state: SyncState) -> None:
        """What still waits, by kind."""
        self._kinds = kinds_words(state)

    def show_progress(self, progress: Progress) -> None:
        """How far the round is."""
        self._now = progress
        self._look()

    def _look(self) -> None:
        traffic = self._traffic()
        if not self._running or traffic is None or not self._now.of_up:
            return
        up, down = traffic.up, traffic.down
        now, sending = self._now, self._now.sent < self._now.total
        self.said.setText(sending_words(self._kinds) if sending else receiving_words(now))
        of_up = max(now.of_up, up)
        done, most = (up, max(of_up, 1)) if sending else _came(now)
        self.bar.show_step(bytes_words(up, of_up, down), done, most)
        slow = self._speed.look(time.monotonic(), up + down)
        self.slow.setText(" ".join(part for part in (slow, cuts_words(now.cuts)) if part))
        self.slow.setVisible(bool(self.slow.text()))


def kinds_words(state: SyncState) -> str:
    """`走访 3 条、首访单 1 件、照片 2 张`."""
    counts: Sequence[tuple[str, int]] = state.by_kind
    said = [f"{word} {n} {UNITS.get(word, '条')}" for word, n in counts]
    if state.photos:
        said.append(_tr("照片 {n} 张").format(n=state.photos))
    return "、".join(said)


def sending_words(kinds: str) -> str:
    """What is being sent."""
    return _tr("正在送：{kinds}").format(kinds=kinds) if kinds else _tr("正在送")


def receiving_words(progress: Progress) -> str:
    """Nothing of hers is left to send: the rest comes from the county."""
    if not progress.received:
        return _tr("正在问县里有没有新的")
    came = _tr("记的都送到了，正在收别处写的：已收 {n} 条").format(n=progress.received)
    return came + _tr("，还有 {n} 条").format(n=progress.coming) if progress.coming else came


def _came(progress: Progress) -> tuple[int, int]:
    """How far the bar goes while records come; of no length where the county does not say how many."""
    return (progress.received, progress.received + progress.coming) if progress.coming else (0, 0)


def bytes_words(up: int, of_up: int, down: int) -> str:
    """`已送 120 千字节，共约 340 千字节；已收 85 千字节`."""
    sent = _tr("已送 {up}，共约 {all}").format(up=size_words(up), all=size_words(of_up))
    return _tr("{sent}；已收 {down}").format(sent=sent, down=size_words(down)) if down else sent


def cuts_words(cuts: int) -> str:
    """That the line broke and the rest goes in smaller pieces."""
    return _tr("线断过 {n} 次，改成小份接着送。").format(n=cuts) if cuts else ""


def _tr(said: str) -> str:
    return QCoreApplication.translate("going", said)
