"""看纸、打印: any paper made from the records, read on the screen, printed, kept for later or saved."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ui.forms.papers.diary_span import DiarySpan
from ui.forms.papers.paper_face import PaperFace
from ui.forms.papers.paper_flow import PaperFlow
from ui.pages.page import Page
from ui.tasks import Tasks
from ui.widgets.words import Button

DIARY = "diary"


class PaperPage(Page):
    """Opened with {"document", "subject", "back"}: a kind of `app.actions.other_papers`, the record it is
    made of, and where to go back to, as (page, params). Of the diary its days are chosen here.
    """

    title = "打印"

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(tasks, parent)
        self._back: tuple[str, dict[str, Any]] = ("today", {})
        self._said = self.title
        self.face = PaperFace()
        self.flow = PaperFlow(self.face, self.run)
        self.back_button = Button(self.tr("回去"), "", "left")
        self.back_button.clicked.connect(self._go_back)
        self.left.addWidget(self.back_button)
        self.body.addWidget(self.face, 1)
        self.span = DiarySpan()
        self.span.hide()
        self.face.choices.addWidget(self.span)
        self.span.chosen.connect(lambda days: self.flow.show(DIARY, days))
        self.face.primary_changed.connect(self._show_primary)
        self.flow.looked.connect(self._say_title)
        self.flow.noted.connect(self._go_back)
        self._show_primary()

    def open(self, **params: Any) -> None:
        """Make the paper anew and show it."""
        self.clear_problems()
        self._back = params.get("back") or self._back
        document, subject = str(params.get("document") or ""), str(params.get("subject") or "")
        self.span.setVisible(document == DIARY)
        if document == DIARY:
            self._say_title(self.tr("民情日记"))
            self.run(lambda desk: desk.today, self.span.begin)
        elif document:
            self._say_title(self.title)
            self.flow.show(document, subject)

    def leave(self) -> None:
        """Nobody's record stays in sight."""
        self.flow.drop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The title row has another width too."""
        super().resizeEvent(event)
        self._say_title(self._said)

    def _say_title(self, said: str) -> None:
        """All of the title where there is room, else without its last words."""
        self._said = said
        parts = said.split(" ")
        for many in range(len(parts), 0, -1):
            self.set_title(" ".join(parts[:many]))
            if self.title_fits():
                break

    def _go_back(self) -> None:
        name, params = self._back
        self.navigate.emit(name, params)

    def _show_primary(self) -> None:
        self.primary = self.face.primary
