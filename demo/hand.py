"""A hand at the program: it clicks, types and points like a worker, at what the eyes find by its words.

A journey breaks when the words a worker needs are no longer on the screen.
"""

from __future__ import annotations

import faulthandler
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QScrollArea, QWidget

from demo.eyes import Eyes
from ui.bootstrap import Program
from ui.widgets.scroll import bring_field

T = TypeVar("T")
PATIENCE_MS = 60_000  # a machine under load; what is there is seen at once
STEP_MS = 20


class NotOnScreen(AssertionError):
    """What the journey needs cannot be seen. The message lists what can."""


class Hand:
    """Works on one running program; pictures go into `pictures`, numbered in the order taken.

    `pause_ms` is how long it waits before each touch, for somebody who watches.
    """

    def __init__(self, program: Program, pictures: Path | None = None, pause_ms: int = 0) -> None:
        self.program, self.pause_ms = program, pause_ms
        self.eyes = Eyes(program.window)
        self._pictures = pictures
        self._count = 0

    def click(self, words: str) -> None:
        """Click the button that says `words`."""
        button = self._wait(lambda: self.eyes.button(words), f"a button that says {words}")
        _bring_into_sight(button)
        self._linger(button)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def type(self, label: str, text: str) -> None:
        """Type `text` into the box called `label`, replacing what is there."""
        box = self._wait(lambda: self.eyes.box(label), f"a box called {label}")
        _bring_into_sight(box)
        box.setFocus(Qt.FocusReason.MouseFocusReason)
        self._linger(box)
        box.selectAll()
        # Chinese comes as an input method commits it; boxes for numbers switch that off and take keys.
        event = QInputMethodEvent("", [])
        event.setCommitString(text)
        QApplication.sendEvent(box, event)
        if not (box.text() if isinstance(box, QLineEdit) else box.toPlainText()):
            QTest.keyClicks(box, text)
        self.settle()

    def clear(self, label: str) -> None:
        """Empty the box called `label` by key."""
        box = self._wait(lambda: self.eyes.box(label), f"a box called {label}")
        box.setFocus(Qt.FocusReason.MouseFocusReason)
        box.selectAll()
        QTest.keyClick(box, Qt.Key.Key_Delete)
        self.settle()

    def pick(self, words: str) -> None:
        """Click the list row whose title contains `words`."""
        rows, place = self._wait(lambda: self.eyes.row(words), f"a row with {words}")
        index = rows.model().index(place, 0)
        rows.scrollTo(index)
        self._linger(rows)
        spot = rows.visualRect(index).center() - QPoint(60, 0)
        QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=spot)
        self.settle()

    def wait_for(self, words: str, *others: str) -> str:
        """Wait until `words`, or one of `others`, can be read; which one it was."""
        wanted = (words, *others)
        return self._wait(lambda: next(filter(self.eyes.reads, wanted), None), f"any of {wanted}")

    def until(self, true: Callable[[], bool], wanted: str) -> None:
        """Wait until it is so; `wanted` says what, should it never be."""
        self._wait(lambda: true() or None, wanted)

    def settle(self) -> None:
        """Let the store finish and the screen catch up."""
        for _ in range(3):
            QTest.qWait(STEP_MS)
            self.program.tasks.wait_idle(PATIENCE_MS)
        QApplication.processEvents()

    def picture(self, name: str) -> None:
        """Keep a picture of the window."""
        if self._pictures is not None:
            self.settle()
            self._count += 1
            self._pictures.mkdir(parents=True, exist_ok=True)
            self.program.window.grab().save(str(self._pictures / f"{self._count:02d}_{name}.png"))

    def _linger(self, touched: QWidget) -> None:
        QApplication.processEvents()
        if self.pause_ms:
            touched.window().activateWindow()
            QTest.qWait(self.pause_ms)

    def _wait(self, look: Callable[[], T | None], wanted: str) -> T:
        for _ in range(PATIENCE_MS // STEP_MS):
            if (found := look()) is not None:
                return found
            QTest.qWait(STEP_MS)
        faulthandler.dump_traceback()  # what each thread was doing instead
        self.picture("missing")
        raise NotOnScreen(f"{wanted} is not on the screen; what is: {self.eyes.names()}")


def _bring_into_sight(widget: QWidget) -> None:
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            bring_field(parent, widget)
        parent = parent.parentWidget()
    QApplication.processEvents()
