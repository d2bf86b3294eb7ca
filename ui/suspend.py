"""Locking before or right after the laptop sleeps, its lid closes or its desktop is locked."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

BEAT_MS = 1_000
# A clock ten seconds further on than the beat, or than the time the computer was awake, tells of a sleep; so
# does a clock set forward.
SLEPT_SECONDS = 10.0
Seconds = Callable[[], float]


def _since_start() -> float:
    """Seconds since the computer started, sleep included; Linux alone tells them so."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


LINUX = sys.platform.startswith("linux")
CLOCKS: tuple[Seconds, ...] = (time.time, _since_start) if LINUX else (time.time,)
# Linux's monotonic clock stands still in sleep: what it counted was a busy window and no sleep. Elsewhere it
# may go on, and only the beat itself can be asked.
AWAKE: Seconds | None = time.monotonic if LINUX else None


class Ears(Protocol):
    """What hears the system; between `begin` and `end` sleep waits, where the system can be asked to."""

    def begin(self) -> None: ...

    def end(self) -> None: ...


class SuspendWatch(QObject):
    """Emits `away` when the computer goes to sleep or has slept, or when its desktop was locked.

    The beat works on every system, at the latest a second after waking; `listen` adds what the system
    itself tells beforehand. A clock set forward looks like sleep, and locking then does no harm.
    """

    away = Signal()

    def __init__(
        self,
        clocks: Sequence[Seconds] = CLOCKS,
        awake: Seconds | None = AWAKE,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._clocks, self._awake = clocks, awake
        self._last: list[float] = []
        self._awake_at = 0.0
        self.beat = QTimer(self, interval=BEAT_MS)
        self.beat.timeout.connect(self._beat)
        self._ears: Ears | None = None

    def start(self) -> None:
        """Begin to watch; called when the work is unlocked."""
        self._last = [clock() for clock in self._clocks]
        self._awake_at = self._awake() if self._awake else 0.0
        self.beat.start()
        if self._ears is not None:
            self._ears.begin()

    def stop(self) -> None:
        """Nothing is open any more: nothing to lock, and the computer may sleep."""
        self.beat.stop()
        if self._ears is not None:
            self._ears.end()

    def listen(self, window: int) -> None:
        """Hear what the system says; `window` is the native number of ours. Quiet where nothing can be heard.

        Called after the lock page stands: what it loads takes its time.
        """
        if self._ears is not None:
            return
        if sys.platform == "win32":
            from ui.suspend_windows import WindowsEars

            self._ears = WindowsEars(window, self.away.emit, self)
        elif sys.platform.startswith("linux"):
            from ui.suspend_linux import LinuxEars

            self._ears = LinuxEars(self.away.emit, self)
        if self._ears is not None and self.beat.isActive():
            self._ears.begin()

    def _beat(self) -> None:
        before, self._last = self._last, [clock() for clock in self._clocks]
        waited = BEAT_MS / 1000
        if self._awake is not None:
            was, self._awake_at = self._awake_at, self._awake()
            waited = max(waited, self._awake_at - was)
        gaps = [now - then - waited for now, then in zip(self._last, before, strict=True)]
        if max(gaps) >= SLEPT_SECONDS:
            self.away.emit()
