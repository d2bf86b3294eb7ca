"""Hearing from the system that there is a line again: a telephone beside the laptop, the township's Wi-Fi."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QNetworkInformation

Reach = QNetworkInformation.Reachability


class LineWatch(QObject):
    """`appeared` when there was none and now there is one. Where the system cannot tell it is silent, and
    the pauses between rounds do their work alone."""

    appeared = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reach = Reach.Unknown

    def begin(self, information: Any = None) -> None:
        """Listen; `information` stands for the system's word in tests."""
        if information is None:
            QNetworkInformation.loadBackendByFeatures(QNetworkInformation.Feature.Reachability)
            information = QNetworkInformation.instance()
        if information is not None:
            self._reach = information.reachability()
            information.reachabilityChanged.connect(self._changed)

    def _changed(self, reach: Reach) -> None:
        # A login page or a line inside the house is tried too: only the county's own answer tells.
        before, self._reach = self._reach, reach
        if before in (Reach.Unknown, Reach.Disconnected) and reach not in (Reach.Unknown, Reach.Disconnected):
            self.appeared.emit()
