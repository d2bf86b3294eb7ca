"""What the county changed for the list in sight, and the one button that takes it over."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.checklists.checklist_changes import Difference
from ui import theme
from ui.widgets.banner import Note
from ui.widgets.words import Button, rule, words


class ChangesNote(Note):
    """`renewed()` when she takes the new, `asked()` for every line of it; hidden while nothing changed.

    Two lines at most: what she came for, ticks and places, needs the room below.
    """

    renewed = Signal()
    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("warn", "", "", parent)
        self.found: Sequence[Difference] = ()
        self.all_button = Button(self.tr("看全"), "small")
        self.renew_button = Button(self.tr("照新的改"), "small", "check")
        self.add_button(self.all_button)
        self.add_button(self.renew_button)
        self.all_button.clicked.connect(self.asked)
        self.renew_button.clicked.connect(self.renewed)
        self.hide()

    def show_changes(self, found: Sequence[Difference]) -> None:
        """The first of them and how many there are; () takes the note away."""
        self.found = found
        if found:
            lead = self.tr("县里改了 {n} 处，勾过的、您自己填的都留着")
            self.say("warn", lead.format(n=len(found)), found[0].words)
            self.all_button.setVisible(len(found) > 1)
            # A matter that is gone cannot be taken over; the line says what to do instead.
            self.renew_button.setVisible(any(one.step for one in found))
        self.setVisible(bool(found))


class ChangesPart(QWidget):
    """Every line of it, to read at leisure."""

    def __init__(self, found: Sequence[Difference]) -> None:
        super().__init__()
        self.setProperty("surface", "clear")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.soft(14), theme.soft(8), theme.soft(14), theme.soft(8))
        column.setSpacing(theme.soft(8))
        column.setAlignment(Qt.AlignmentFlag.AlignTop)
        for number, one in enumerate(found):
            if number:
                column.addWidget(rule())
            column.addWidget(words(one.words, "body", wrap=True))
