"""A widget's own size that follows the letters when they change in mid-work; `ui.spacing` sees to layouts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

W = TypeVar("W", bound=QWidget)


def follow(widget: W, size: Callable[[W], object]) -> W:
    """Call `size(widget)` now and after every change of the letters, for as long as the widget lives.

    Gives the widget back.
    """
    size(widget)
    _Follower(widget, size)
    return widget


class _Follower(QObject):
    """Acts a moment later: the widget may first set a size of its own."""

    def __init__(self, widget: W, size: Callable[[W], object]) -> None:
        super().__init__(widget)
        self._pause = QTimer(self, singleShot=True, interval=0)
        self._pause.timeout.connect(lambda: size(widget))
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hear of a new style."""
        if event.type() == QEvent.Type.StyleChange:
            self._pause.start()
        return False
