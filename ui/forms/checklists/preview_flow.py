"""The very paper beside the builder: drawn anew a moment after every change, from the bytes that print."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from app.actions.checklists import checklists, papers
from app.actions.desk import Desk
from ui.forms.checklists.begin_flow import Run
from ui.forms.checklists.checklist_builder import ChecklistBuilder

PREVIEW_PX = 900
PAUSE_MS = 60  # steps of the number of copies in a row are set once
Paper = tuple[tuple[papers.Picture, ...], tuple[int, ...]]


class PreviewFlow(QObject):
    """Drives the paper of a ChecklistBuilder; `run` does store work for the page."""

    def __init__(self, view: ChecklistBuilder, run: Run) -> None:
        super().__init__(view)
        self._view, self._run, self._id = view, run, ""
        self.soon = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self.soon.timeout.connect(self.draw)

    def ask(self, checklist: str) -> None:
        """Draw this list's paper after the pause."""
        self._id = checklist
        self.soon.start()

    def draw(self) -> None:
        """Draw it now."""
        key = self._id
        self._run(lambda desk: _paper(desk, key), lambda paper: self._show(key, paper))

    def _show(self, key: str, paper: Paper) -> None:
        if key == self._id and self._view.checklist is not None and self._view.isVisible():
            self._view.show_paper(*paper)


def _paper(desk: Desk, key: str) -> Paper:
    # A list with gaps comes out as a draft, so that is what stands beside the builder.
    draft = bool(checklists.get(desk, key).gaps)
    pages = papers.pictures(desk, key, draft=draft, width_px=PREVIEW_PX)
    return pages, papers.page_steps(desk, key, draft=draft)
