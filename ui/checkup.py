"""Looking the data over for the settings: on the store's thread, its progress told on the screen's."""

from __future__ import annotations

import threading
from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.actions.desk import Desk
from app.domain.checkup import Checked, Step
from ui.gatekeeper import Gatekeeper

Failed = Callable[[Exception], None]


class _Left(Exception):
    """Nobody is looking any more: the rest need not be done."""


class _Bell(QObject):
    """Rung on the store's thread, heard on that of whoever listens."""

    stepped = Signal(object)


class Checkup:
    """The check of whoever is in. A page that has gone ends it at the next step."""

    def __init__(self, keeper: Gatekeeper) -> None:
        self._keeper = keeper
        self._stopped = threading.Event()

    def check(
        self,
        owner: QWidget,
        stepped: Callable[[Step], None],
        done: Callable[[Checked | None], None],
        failed: Failed,
    ) -> None:
        """Look everything over; nothing is called any more once `owner` is gone. None: it was stopped."""
        opened, keys = self._keeper.opened, self._keeper.gate.paths.keys
        assert opened is not None, "somebody is in"
        self._stopped.clear()
        bell = _Bell()
        bell.stepped.connect(stepped)

        def tell(step: Step) -> None:
            if self._stopped.is_set() or self._keeper.opened is None or not shiboken6.isValid(owner):
                raise _Left
            bell.stepped.emit(step)

        def work(desk: Desk) -> Checked | None:
            from app.actions.safekeeping.checking import check  # loaded when somebody looks

            try:
                return check(desk, keys, opened, tell)
            except _Left:
                return None

        self._keeper.tasks.run(owner, work, done, failed)

    def stop(self) -> None:
        """End it at the next step; `done` hears of it."""
        self._stopped.set()
