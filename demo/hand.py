"""A hand at the program: it sees what is on the screen and clicks, types and points like a worker.

Everything is found by the words a worker reads, so a journey breaks when the words she needs are gone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTextEdit,
    QWidget,
)

from ui.bootstrap import Program
from ui.widgets.rows import RowList

PATIENCE_MS = 20_000
STEP_MS = 20


class NotOnScreen(AssertionError):
    """What the journey needs cannot be seen. The message lists what can."""


class Hand:
    """Works on one running program."""

    def __init__(self, program: Program, pictures: Path | None = None) -> None:
        self.program = program
        self._pictures = pictures
        self._count = 0

    def click(self, words: str, *, within: QWidget | None = None) -> None:
        """Click the button that says `words`."""
        button = self._button(words, within)
        self._bring_into_sight(button)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def type(self, label: str, text: str) -> None:
        """Type `text` into the box called `label`, replacing what is there."""
        box = self._wait(lambda: self._box(label), f"a box called {label}", self._names)
        self._bring_into_sight(box)
        box.setFocus(Qt.FocusReason.MouseFocusReason)
        QApplication.processEvents()
        box.selectAll()
        event = QInputMethodEvent("", [])
        event.setCommitString(text)
        QApplication.sendEvent(box, event)
        if not self._text(box):  # number boxes take keys only
            QTest.keyClicks(box, text)
        self.settle()

    def leave_field(self) -> None:
        """Press Tab, as one does after typing."""
        if (box := QApplication.focusWidget()) is not None:
            QTest.keyClick(box, Qt.Key.Key_Tab)
        self.settle()

    def pick(self, words: str) -> None:
        """Click the list row whose title contains `words`."""
        found = self._wait(lambda: self._row(words), f"a row with {words}", self._rows)
        rows, place = found
        index = rows.model().index(place, 0)
        rows.scrollTo(index)
        QApplication.processEvents()
        QTest.mouseClick(
            rows.viewport(), Qt.MouseButton.LeftButton, pos=rows.visualRect(index).center() - QPoint(60, 0)
        )
        self.settle()

    def sees(self, words: str) -> bool:
        """Whether `words` can be read anywhere on the screen now."""
        return any(words in text for text in self._texts())

    def wait_for(self, words: str) -> None:
        """Wait until `words` can be read."""
        self._wait(
            lambda: True if self.sees(words) else None, f"the words {words}", lambda: list(self._texts())
        )

    def settle(self) -> None:
        """Let the store finish and the screen catch up."""
        for _ in range(3):
            QTest.qWait(STEP_MS)
            self.program.tasks.wait_idle(PATIENCE_MS)
        QApplication.processEvents()

    def picture(self, name: str) -> None:
        """Keep a picture of the window, numbered in the order taken."""
        if self._pictures is not None:
            self.settle()
            self._count += 1
            self._pictures.mkdir(parents=True, exist_ok=True)
            self.program.window.grab().save(str(self._pictures / f"{self._count:02d}_{name}.png"))

    def _wait(self, look: Callable[[], object], wanted: str, seen: Callable[[], list[str]]) -> object:
        waited = 0
        while True:
            found = look()
            if found is not None:
                return found
            if waited > PATIENCE_MS:
                raise NotOnScreen(f"{wanted} is not on the screen; what is: {seen()}")
            QTest.qWait(STEP_MS)
            waited += STEP_MS

    def _button(self, words: str, within: QWidget | None) -> QAbstractButton:
        def look() -> QAbstractButton | None:
            buttons = [one for one in self._shown(QAbstractButton, within) if one.isEnabled()]
            exact = [one for one in buttons if words in (one.text().strip(), one.accessibleName())]
            close = [one for one in buttons if words in one.text() or words in one.accessibleName()]
            return next(iter(exact or close), None)

        found = self._wait(look, f"a button that says {words}", self._names)
        assert isinstance(found, QAbstractButton)
        return found

    def _box(self, label: str) -> QLineEdit | QPlainTextEdit | QTextEdit | None:
        for kind in (QLineEdit, QPlainTextEdit, QTextEdit):
            for box in self._shown(kind):
                if label in box.accessibleName() and box.isEnabled():
                    return box
        return None

    def _row(self, words: str) -> tuple[RowList, int] | None:
        for rows in self._shown(RowList):
            for place, row in enumerate(rows.rows()):
                if words in row.title:
                    return rows, place
        return None

    def _shown(self, kind: type, within: QWidget | None = None) -> Iterator:  # type: ignore[type-arg]  # Qt gives what was asked for
        root = within or self.program.window
        return (one for one in root.findChildren(kind) if one.isVisible())

    def _texts(self) -> Iterator[str]:
        for widget in self._shown(QWidget):
            for say in ("text", "toPlainText"):
                spoken = getattr(widget, say, None)
                if callable(spoken):
                    yield str(spoken())
            yield widget.accessibleName()
        for rows in self._shown(RowList):
            for row in rows.rows():
                yield row.spoken

    def _names(self) -> list[str]:
        widgets = [*self._shown(QAbstractButton), *self._shown(QLineEdit)]
        return [one.accessibleName() or one.text() for one in widgets]

    def _rows(self) -> list[str]:
        return [row.title for rows in self._shown(RowList) for row in rows.rows()]

    def _text(self, box: QLineEdit | QPlainTextEdit | QTextEdit) -> str:
        return box.text() if isinstance(box, QLineEdit) else box.toPlainText()

    def _bring_into_sight(self, widget: QWidget) -> None:
        parent = widget.parentWidget()
        while parent is not None:
            if isinstance(parent, QScrollArea):
                parent.ensureWidgetVisible(widget)
            parent = parent.parentWidget()
        QApplication.processEvents()
