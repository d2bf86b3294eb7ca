"""Keeping what is typed into a form: when a field is left, and two seconds after the last key."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import shiboken6
from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication, QWidget

from app.actions import form_drafts
from ui.forms.panel import Ask

HOLD_AFTER_MS = 2_000


class Leaving(QObject):
    """Calls `act` whenever the focus leaves something inside `form`.

    Not by an event filter: that would be asked about every event of parts being destroyed, which crashes.
    """

    def __init__(self, form: QWidget, act: Callable[[], None]) -> None:
        super().__init__(form)
        self._form, self._act = form, act
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._moved)

    @Slot("QWidget*", "QWidget*")
    def _moved(self, old: QWidget | None, _new: QWidget | None) -> None:
        if old is not None and shiboken6.isValid(self._form) and self._form.isAncestorOf(old):
            self._act()


class Holding(QObject):
    """Holds the `answers()` of one form of `kind`; keeping the same words twice is spared.

    `begin` says what the form is about now; before that, and after `end`, nothing is kept.
    """

    def __init__(self, form: QWidget, ask: Ask, kind: str, answers: Callable[[], Mapping[str, str]]) -> None:
        super().__init__(form)
        self._ask, self._kind, self._answers = ask, kind, answers
        self.subject = ""
        self._kept: Mapping[str, str] = {}
        self.pause = QTimer(self, singleShot=True, interval=HOLD_AFTER_MS)
        self.pause.timeout.connect(self.hold)
        Leaving(form, self.hold)

    def begin(self, subject: str, kept: Mapping[str, str] | None = None) -> None:
        """From now on the form is about `subject`; `kept` is what the store holds of it already."""
        self.pause.stop()
        self.subject = subject
        self._kept = dict(kept or {})
        if any(self._answers().values()) and dict(self._answers()) != self._kept:
            self.pause.start()

    def touch(self) -> None:
        """Something was typed."""
        if self.subject:
            self.pause.start()

    def hold(self) -> None:
        """Keep what stands there now."""
        self.pause.stop()
        kind, subject, answers = self._kind, self.subject, dict(self._answers())
        if subject and answers != self._kept:
            self._kept = answers
            self._ask(lambda desk: form_drafts.hold(desk, kind, subject, answers))

    def end(self) -> str:
        """The form is finished or thrown away: nothing of it is kept any more. Returns what it was about."""
        self.pause.stop()
        subject, self.subject = self.subject, ""
        return subject
