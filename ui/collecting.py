"""Garbage is collected on the screen's thread only, so that what belongs to Qt dies where it lives.

Python looks for reference cycles on whichever thread happens to allocate. A widget or a timer in such
a cycle would then be destroyed on the store's or the sync's thread, which Qt answers with a crash.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 1_000
_running = 0


class Collecting(QObject):
    """While one of these lives unstopped, Python's own collector rests and this one takes its turn."""

    def __init__(self, parent: QObject | None = None) -> None:
        global _running
        super().__init__(parent)
        _running += 1
        gc.disable()
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(collect_due)
        self._timer.start()

    def stop(self) -> None:
        """Give the collector back to Python; repeating it does nothing."""
        global _running
        if self._timer.isActive():
            self._timer.stop()
            _running -= 1
            if _running == 0:
                gc.collect()
                gc.enable()


def collect_due() -> None:
    """Collect the generations whose counts have passed Python's own thresholds, oldest last."""
    for generation, limit in enumerate(gc.get_threshold()):
        if limit and gc.get_count()[generation] > limit:
            gc.collect(generation)
