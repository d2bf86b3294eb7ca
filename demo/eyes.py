"""What can be seen on the screen now, found by the words a worker reads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from ui.widgets.rows import RowList

Box = QLineEdit | QPlainTextEdit | QTextEdit
W = TypeVar("W", bound=QWidget)


class Eyes:
    """Looks at one window."""

    def __init__(self, window: QWidget) -> None:
        self.window = window

    def shown(self, kind: type[W]) -> Iterator[W]:
        """Every visible widget of a kind."""
        return (one for one in self.window.findChildren(kind) if one.isVisible())

    def button(self, words: str) -> QAbstractButton | None:
        """The button that says exactly `words`, else one that contains them; never a disabled one."""
        buttons = [one for one in self.shown(QAbstractButton) if one.isEnabled()]
        exact = [one for one in buttons if words in (one.text().strip(), one.accessibleName())]
        close = [one for one in buttons if words in one.text() or words in one.accessibleName()]
        return next(iter(exact or close), None)

    def box(self, label: str) -> Box | None:
        """The box to type into whose name contains `label`."""
        boxes: list[Box] = [*self.shown(QLineEdit), *self.shown(QPlainTextEdit), *self.shown(QTextEdit)]
        return next((one for one in boxes if label in one.accessibleName() and one.isEnabled()), None)

    def row(self, words: str) -> tuple[RowList, int] | None:
        """The list and place of the row whose title contains `words`."""
        for rows in self.shown(RowList):
            for place, row in enumerate(rows.rows()):
                if words in row.title:
                    return rows, place
        return None

    def reads(self, words: str) -> bool:
        """Whether `words` stand anywhere."""
        return any(words in text for text in self.texts())

    def texts(self) -> Iterator[str]:
        """Everything that can be read or is read aloud."""
        for widget in self.shown(QWidget):
            for say in ("text", "toPlainText"):
                spoken = getattr(widget, say, None)
                if callable(spoken):
                    yield str(spoken())
            yield widget.accessibleName()
        for rows in self.shown(RowList):
            yield from (row.spoken for row in rows.rows())

    def names(self) -> list[str]:
        """What can be pressed or typed into, and the rows: said when something is not found."""
        pressed = [one.accessibleName() or one.text() for one in self.shown(QAbstractButton)]
        boxes: list[Box] = [*self.shown(QLineEdit), *self.shown(QPlainTextEdit), *self.shown(QTextEdit)]
        typed = [f"[{one.accessibleName()}]" for one in boxes]
        return pressed + typed + [row.title for rows in self.shown(RowList) for row in rows.rows()]
