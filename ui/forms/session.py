"""The form's memory while it is being filled: every field kept as it is given, and every step back.

Saves go to the store's thread one at a time; what was given meanwhile goes with the next one, the
latest state wins. Leaving sends the last state at once, behind whatever is under way.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from app.actions.desk import Desk
from app.actions.visits import visits
from app.actions.visits.visit_sitting import Sitting
from app.domain.problem import Problem
from app.domain.visits.asking import Situation, value_of, with_value
from app.domain.visits.proposals import untaken
from app.domain.visits.visit import Visit
from ui.tasks import Tasks

PAUSE_MS = 2_000  # typing that rests this long is kept
MOST_STEPS_BACK = 200


class Editor(Protocol):
    """What the session needs of the control behind a field."""

    def value(self) -> Any: ...


class Saver(QObject):
    """Brings the latest state of a draft to disk by `keep`; never more than one save under way at a time."""

    saved = Signal(object)
    failed = Signal(object)

    def __init__(
        self, tasks: Tasks, parent: QObject | None = None, keep: Callable[[Desk, Any], datetime] = visits.keep
    ) -> None:
        super().__init__(parent)
        self._tasks, self._keep = tasks, keep
        self._waiting: Any = None
        self._flying = self._closed = False

    @property
    def unsaved(self) -> bool:
        """True when the disk refused the latest state: it stands on the screen alone."""
        return self._waiting is not None and not self._flying and not self._closed

    def keep(self, state: Any) -> None:
        """Keep `state` as soon as the save under way, if any, is done."""
        self._waiting = state
        if not self._flying:
            self.send()

    def send(self) -> None:
        """Hand over what waits at once; the store's thread works in order, so the latest wins."""
        state, self._waiting = self._waiting, None
        if state is None or self._closed:
            return
        self._flying, keep = True, self._keep
        self._tasks.run(self, lambda desk: keep(desk, state), self._kept, lambda e: self._lost(e, state))

    def close(self, *, closed: bool = True) -> None:
        """The draft has become a record, or is gone: nothing is saved any more."""
        self._closed = closed

    def _kept(self, at: datetime) -> None:
        self._flying = False
        if self._waiting is not None:
            self.send()
        else:
            self.saved.emit(at)

    def _lost(self, error: Exception, state: Any) -> None:
        self._flying = False
        self._waiting = self._waiting or state
        self.failed.emit(error)


class Session(QObject):
    """One draft being filled. `visit` is the latest state, on disk once `saver.saved` was emitted."""

    changed = Signal(str)  # this field has another value
    restored = Signal(str)  # the same, by stepping back: its control must show it

    def __init__(self, tasks: Tasks, sitting: Sitting, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tasks, self.sitting = tasks, sitting
        self.visit: Visit = sitting.visit
        self.now: datetime = sitting.now
        self._back: list[tuple[str, Visit]] = []
        self._forth: list[tuple[str, Visit]] = []
        self._typing: dict[str, Editor] = {}
        self.saver = Saver(tasks, self)
        self.saver.saved.connect(lambda at: setattr(self, "now", at))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.take_typed)

    @property
    def situation(self) -> Situation:
        """What the form asks now."""
        return self.sitting.situation(self.visit)

    def value(self, name: str) -> Any:
        """The plain value of a field."""
        return value_of(self.visit, name)

    def missing(self) -> tuple[Problem, ...]:
        """What stands between this draft and a signature."""
        situation, form = self.situation, self.sitting.form
        return (*situation.missing(form, self.now), *untaken(situation, form))

    def put(self, name: str, value: Any, **also: Any) -> None:
        """Set a field (and with it, in the same step back, others) and keep it."""
        visit = with_value(self.visit, name, value)
        for other, given in also.items():
            visit = with_value(visit, other, given)
        if visit == self.visit:
            return
        self._back = [*self._back[1 - MOST_STEPS_BACK :], (name, self.visit)]
        self._forth.clear()
        self._become(visit)
        self.changed.emit(name)

    def mark(self, name: str, value: Any) -> None:
        """Keep a value that is no step to take back, like the step in sight."""
        if self.visit.answers.get(name) != value:
            self._become(self.visit.answered(name, value))

    def pend(self, name: str, editor: Editor) -> None:
        """The worker is typing in `editor`; what it holds is kept after a pause."""
        self._typing[name] = editor
        self._pause.start()

    def take(self, name: str, editor: Editor) -> None:
        """Keep what `editor` holds now."""
        self._typing.pop(name, None)
        self.put(name, editor.value())

    def take_typed(self) -> None:
        """Keep everything typed so far."""
        for name, editor in list(self._typing.items()):
            self.take(name, editor)

    def undo(self) -> str:
        """Step back once, across fields; the name of the field that changed, or ""."""
        self.take_typed()
        return self._step(self._back, self._forth)

    def redo(self) -> str:
        """Step forth again."""
        self.take_typed()
        return self._step(self._forth, self._back)

    def flush(self) -> None:
        """Nothing stays behind: letters still being composed, typed text, what waits to be kept."""
        QGuiApplication.inputMethod().commit()
        self.take_typed()
        self.saver.send()

    def stop(self) -> None:
        """The draft is gone or has become a record: forget what was being typed, save no more."""
        self._pause.stop()
        self._typing.clear()
        self.saver.close()

    def _step(self, here: list[tuple[str, Visit]], there: list[tuple[str, Visit]]) -> str:
        if not here:
            return ""
        name, visit = here.pop()
        there.append((name, self.visit))
        self._become(visit)
        self.restored.emit(name)
        return name

    def _become(self, visit: Visit) -> None:
        self.visit = visit
        self.saver.keep(visit)
