"""Notes about what the county asks of this computer: an old release, and a lease that runs out."""

from __future__ import annotations

from PySide6.QtCore import Signal

from app.actions.county_terms import Standing
from ui.forms.syncing.terms_words import Said, lease_words, release_words
from ui.widgets.banner import Note
from ui.widgets.words import Button


class TermsNote(Note):
    """Hidden while there is nothing to say."""

    def __init__(self) -> None:
        super().__init__("info", "")
        self.hide()

    def show_said(self, said: Said | None) -> None:
        """None: nothing is to be said."""
        if said is not None:
            self.say(*said)
        self.setVisible(said is not None)


class ReleaseNote(TermsNote):
    """Which release the county asks for, what still goes and what does not."""

    def show_standing(self, how: Standing) -> None:
        """As it stands now."""
        self.show_said(release_words(how))


class LeaseNote(TermsNote):
    """How long the county was not heard. `write_asked` when she writes all the same today."""

    write_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.write = Button(self.tr("今天照常记"))
        self.write.clicked.connect(self.write_asked)
        self.add_button(self.write)

    def show_standing(self, how: Standing) -> None:
        """As it stands now."""
        self.write.setVisible(how.closed)
        self.show_said(lease_words(how))
