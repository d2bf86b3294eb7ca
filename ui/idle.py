"""Noticing that nobody is at the laptop: no key and no mouse for some minutes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
        QEvent.Type.InputMethod,
    }
)


class IdleWatch(QObject):
    """Emits `idle` once after `minutes` without a touch; starts again with the next `start`."""

    idle = Signal()

    def __init__(self, app: QApplication, minutes: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, singleShot=True, interval=minutes * 60_000)
        self._timer.timeout.connect(self.idle)
        self._app = app

    def start(self) -> None:
        """Begin to count; called when the work is unlocked."""
        self._app.installEventFilter(self)
        self._timer.start()

    def stop(self) -> None:
        """Nothing is open: nothing to lock, and no event is looked at."""
        self._app.removeEventFilter(self)
        self._timer.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Every touch starts the count again; no event is kept from anyone."""
        if self._timer.isActive() and event.type() in TOUCHES:
            self._timer.start()
        return False
