"""看纸、打印: any paper made from the records, read on the screen, printed, kept for later or saved."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ui.forms.papers.diary_span import DiarySpan
from ui.forms.papers.other_face import OtherFace, OtherFlow
from ui.forms.papers.paper_source import Looked
from ui.pages.page import Page
from ui.tasks import Tasks

DIARY = "diary"


class PaperPage(Page):
    """Opened with {"document", "subject", "back"}: a kind of `app.actions.other_papers`, what it is made of,
    and where to go back to, as (page, params); "then" is where to go when it came out or was saved, if
    elsewhere. Of the diary its days are chosen here.
    """

    title = "打印"

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(tasks, parent)
        self._back: tuple[str, dict[str, Any]] = ("today", {})
        self._then: tuple[str, dict[str, Any]] | None = None
        self._said = self.title
        self.face = OtherFace()
        self.flow = OtherFlow(self.face, self.run)
        self.face.back.connect(self._go_back)
        self.body.addWidget(self.face, 1)
        self.span = DiarySpan()
        self.span.hide()
        self.face.choices.addWidget(self.span)
        self.span.chosen.connect(lambda days: self.flow.open(DIARY, days))
        self.face.primary_changed.connect(self._show_primary)
        self.flow.looked.connect(self._looked)
        self.flow.noted.connect(lambda: self.navigate.emit(*(self._then or self._back)))
        self.flow.waits.connect(self._go_back)
        self.flow.saved.connect(lambda: self._then and self.navigate.emit(*self._then))
        self._show_primary()

    def open(self, **params: Any) -> None:
        """Make the paper anew and show it."""
        self.clear_problems()
        if params:
            self._back, self._then = params.get("back") or self._back, params.get("then")
        document, subject = str(params.get("document") or ""), str(params.get("subject") or "")
        self.span.setVisible(document == DIARY)
        if document == DIARY:
            self._say_title(self.tr("民情日记"))
            self.run(lambda desk: desk.today, self.span.begin)
            return
        if document:
            self._say_title(self.title)
            self.flow.open(document, subject)
        self.face.start()

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

    def _looked(self, made: Looked) -> None:
        self._say_title(made.title)

    def _go_back(self) -> None:
        self.navigate.emit(*self._back)

    def _show_primary(self) -> None:
        self.primary = self.face.primary
