"""Noticing that nobody is at the laptop: no key and no mouse for a moment, or for some minutes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QInputEvent, QInputMethodEvent
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
BY_HAND = (QInputEvent, QInputMethodEvent)  # the classes of those
QUIET_MS = 2 * 60_000


class IdleWatch(QObject):
    """Emits `idle` once after `minutes` without a touch; starts again with the next `start`.

    `quiet` comes after two minutes without a touch and every two more: she is not typing now.
    """

    idle = Signal()
    quiet = Signal()

    def __init__(self, app: QApplication, minutes: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, singleShot=True, interval=minutes * 60_000)
        self._timer.timeout.connect(self.idle)
        self._quiet = QTimer(self, interval=QUIET_MS)
        self._quiet.timeout.connect(self.quiet)
        self._app = app

    def start(self) -> None:
        """Begin to count; called when the work is unlocked."""
        self._app.installEventFilter(self)
        self._timer.start()
        self._quiet.start()

    def stop(self) -> None:
        """Nothing is open: nothing to lock, and no event is looked at."""
        self._app.removeEventFilter(self)
        self._timer.stop()
        self._quiet.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Every touch starts the count again; no event is kept from anyone."""
        # Every event of the program comes here, and asking for its type takes most of the time.
        if isinstance(event, BY_HAND) and event.type() in TOUCHES and self._timer.isActive():
            self._timer.start()
            self._quiet.start()
        return False
