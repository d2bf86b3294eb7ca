"""Keeps the foot of a card in sight while what stands beside it is longer than the window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtWidgets import QScrollArea, QWidget

NO_LIMIT = 16_777_215  # what Qt takes for "as high as you like"
HEARD = (QEvent.Type.Resize, QEvent.Type.LayoutRequest)


class WithinSight(QObject):
    """`part`, inside `area`, becomes no higher than what can be seen of it unscrolled, while `beside()`."""

    def __init__(self, area: QScrollArea, part: QWidget, beside: Callable[[], bool]) -> None:
        super().__init__(area)
        self._area, self._part, self._beside = area, part, beside
        for watched in (area.viewport(), area.widget()):
            watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The window or what stands in it changed."""
        if event.type() in HEARD:
            self.fit()
        return False

    def fit(self) -> None:
        """Reckon anew."""
        if not self._beside():
            self._part.setMaximumHeight(NO_LIMIT)
            return
        top = self._part.mapTo(self._area.widget(), QPoint(0, 0)).y()
        room = self._area.viewport().height() - top
        self._part.setMaximumHeight(max(room, self._part.minimumSizeHint().height()))
