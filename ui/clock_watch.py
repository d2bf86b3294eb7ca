"""Says that the computer's clock is wrong (M-17), for as long as it is: work goes on as ever."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, QTimer, QUrl
from PySide6.QtGui import QDesktopServices

from app.actions import clock
from app.actions.clock import Doubt
from app.domain.workdays import CHINA
from sync.client.syncer import Interrupted, SyncReport
from ui import notices
from ui.syncing import Syncing
from ui.tasks import Tasks

LOOK_AGAIN_MS = 60_000
TOPIC = "clock"
ON_WINDOWS = sys.platform == "win32"
WINDOWS_CLOCK = "ms-settings:dateandtime"


def since_boot() -> float:
    """Seconds that no change of the clock touches; time asleep counts."""
    boot = getattr(time, "CLOCK_BOOTTIME", None)  # elsewhere the plain one counts sleep too
    return time.monotonic() if boot is None else time.clock_gettime(boot)


class ClockWatch(QObject):
    """Looks at unlocking, after every round with the county, and once a minute."""

    def __init__(
        self,
        tasks: Tasks,
        syncing: Syncing,
        parent: QObject,
        seconds: Callable[[], float] = since_boot,
    ) -> None:
        super().__init__(parent)
        self._tasks, self._seconds = tasks, seconds
        self._heard: tuple[datetime, float] | None = None  # the county's time, and when it was said
        self._said = ""
        self._timer = QTimer(self, interval=LOOK_AGAIN_MS)
        self._timer.timeout.connect(self.look)
        syncing.changed.connect(self._listen)
        syncing.failed.connect(self._listen)

    def begin(self) -> None:
        """Look now and from now on."""
        self._timer.start()
        self.look()

    def end(self) -> None:
        """The store closes: ask nothing more."""
        self._timer.stop()

    def look(self) -> None:
        """Say what speaks against the clock, or take it back."""
        county = self._county_now()
        # A store that cannot be read has its own words, and not once a minute.
        self._tasks.run(self, lambda desk: clock.doubt(desk, county), self._show, lambda _error: None)

    def _listen(self, outcome: SyncReport | Exception) -> None:
        report = outcome.report if isinstance(outcome, Interrupted) else outcome
        if isinstance(report, SyncReport) and report.county_now is not None and self._timer.isActive():
            self._heard = (report.county_now, self._seconds())
            self.look()

    def _county_now(self) -> datetime | None:
        if self._heard is None:
            return None
        said, at = self._heard
        return said + timedelta(seconds=self._seconds() - at)

    def _show(self, doubt: Doubt | None) -> None:
        words = self._words(doubt) if doubt else ""
        if words == self._said:
            return  # what she has closed stays closed
        self._said = words
        if not words:
            notices.clear(TOPIC)
        elif ON_WINDOWS:
            notices.warn(words, self.tr("去改时间"), _open_clock, topic=TOPIC)
        else:
            notices.warn(words, topic=TOPIC)

    def _words(self, doubt: Doubt) -> str:
        now, other = doubt.now.astimezone(CHINA), doubt.other.astimezone(CHINA)
        form = "%Y-%m-%d" if now.date() != other.date() else "%Y-%m-%d %H:%M"
        what = (
            self.tr("电脑的日子（{now}）和县里的（{other}）对不上。")
            if doubt.county
            else self.tr("电脑的日子比上次还早（{now}，上次是 {other}）。")
        )
        rest = self.tr("时限会算错，记的都在。到电脑的「日期和时间」里改对，这一条自己就没了。")
        return what.format(now=f"{now:{form}}", other=f"{other:{form}}") + rest


def _open_clock() -> None:
    QDesktopServices.openUrl(QUrl(WINDOWS_CLOCK))
