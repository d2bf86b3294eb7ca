"""Keeps the focus in the page when the button that was pressed goes away with what it stood on.

Qt gives the focus to the next widget in line, which may be an entry of the rail: the next Enter would
then leave the page.
"""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget


class FocusKeeper(QObject):
    """`fell_out`: a widget inside the parent vanished with the focus, and it fell outside."""

    fell_out = Signal()

    def __init__(self, area: QWidget) -> None:
        super().__init__(area)
        self._area = area
        self._left: QWidget | None = None
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._look)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._moved)

    def _moved(self, old: QWidget | None, now: QWidget | None) -> None:
        inside = old is not None and self._area.isAncestorOf(old)
        if inside and now is not None and not self._area.isAncestorOf(now):
            self._left = old
            self._soon.start()
        elif now is not None and self._area.isAncestorOf(now):
            self._soon.stop()

    def _look(self) -> None:
        """Whoever walked out by a key or the mouse left a widget that is still there."""
        left, self._left = self._left, None
        if not self._area.isVisible():  # the lock took the whole page away
            return
        if left is not None and not (shiboken6.isValid(left) and left.isVisible()):
            self.fell_out.emit()
