"""In red, above everything: so many have waited for the county too long, and what to do about it."""

from __future__ import annotations

from app.actions.whereabouts import Overdue
from ui.forms.syncing.sync_words import overdue_words
from ui.widgets.banner import Note


class OverdueNote(Note):
    """Hidden while nothing is late."""

    def __init__(self) -> None:
        super().__init__("bad", "")
        self.hide()

    def show_late(self, late: Overdue | None) -> None:
        """None: nothing is."""
        if late is not None:
            self.say("bad", *overdue_words(late))
        self.setVisible(late is not None)
