"""What the county changed for the list in sight, and the one button that takes it over."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.checklist_changes import Difference
from ui import theme
from ui.widgets.banner import Note
from ui.widgets.words import Button

SHOWN = {theme.Size.STANDARD: 4, theme.Size.LARGE: 3, theme.Size.EXTRA: 2}


class ChangesNote(Note):
    """`renewed()` when she takes the new; hidden while nothing changed. A click on 看全 shows every line."""

    renewed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("warn", "", "", parent)
        self._found: Sequence[Difference] = ()
        self._whole = False
        self.all_button = Button(self.tr("看全"), "small")
        self.renew_button = Button(self.tr("照新的改"), "small", "check")
        self.add_button(self.all_button)
        self.add_button(self.renew_button)
        self.all_button.clicked.connect(self._show_whole)
        self.renew_button.clicked.connect(self.renewed)
        self.hide()

    def show_changes(self, found: Sequence[Difference]) -> None:
        """One line for each; () takes the note away."""
        self._found, self._whole = found, False
        self._fill()
        self.setVisible(bool(found))

    def _show_whole(self) -> None:
        self._whole = True
        self._fill()

    def _fill(self) -> None:
        many, most = len(self._found), SHOWN[theme.current().size]
        shown = self._found if self._whole or many <= most + 1 else self._found[:most]
        lines = [one.words for one in shown]
        if rest := many - len(shown):
            lines.append(self.tr("还有 {n} 处").format(n=rest))
        lead = self.tr("做这张单以后，县里改了 {n} 处。打过的勾和您自己填的都留着。")
        self.say("warn", lead.format(n=many), "\n".join(lines))
        self.all_button.setVisible(rest > 0)
        # A matter that is gone cannot be taken over; the line says what to do instead.
        self.renew_button.setVisible(any(one.step for one in self._found))
