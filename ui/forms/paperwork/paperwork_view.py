"""Application papers on the screen: what is chosen, and once it was made, the one way to paper."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal

from app.actions.paperwork.paperwork import Wanted
from ui.forms.papers.paper_face import PaperFace
from ui.forms.paperwork.paperwork_choice import PaperworkChoice
from ui.widgets.paper_view import Picture
from ui.widgets.words import Button


class PaperworkView(PaperFace):
    """A PaperFace beside the choice of papers: `look_asked` to have them made. Nothing is printed that was
    not looked at first."""

    look_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.choice = PaperworkChoice()
        self.choices.addWidget(self.choice)
        self.fill()

    @property
    def primary(self) -> Button:
        """The one filled button: make, then print or save."""
        return super().primary if self.ready or self.outcome.isVisibleTo(self) else self.make_button

    def more(self) -> Sequence[Button]:
        """What is chosen has to be made first."""
        self.make_button = Button(self.tr("做出来看看"), "main", "eye")
        self.make_button.clicked.connect(self.look_asked)
        return (self.make_button,)

    def wanted(self) -> Wanted:
        """What is chosen now."""
        return self.choice.wanted()

    def stale(self) -> None:
        """Something else was chosen: what was made before is not it."""
        self.trouble.hide()
        self.say(self.tr("选好了，点「做出来看看」。"))

    def show_pages(self, pages: Sequence[Picture], page: int | None = None) -> None:
        """The papers, made."""
        super().show_pages(pages, page)
        QTimer.singleShot(0, self, lambda: self.area.ensureWidgetVisible(self.machine))
        if not self.pane.wide:
            self.look.setChecked(True)
        else:
            self.primary.setFocus()  # what had it is gone; the next thing to do is print

    def fill(self) -> None:
        """Only what can be done now."""
        super().fill()
        self.make_button.setVisible(not self.ready)
        self.machine.setVisible(self.ready)
        self.save_button.setVisible(self.ready)
        self.print_button.setVisible(self.ready and self.has_printer)
        self.wait_button.setVisible(self.ready and not self.has_printer)
