"""From "which papers?" to the one way to paper: what is chosen is made, shown and dropped."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.actions.desk import Desk
from app.actions.paperwork import paperwork
from app.actions.paperwork.paperwork import Chooser, Looked, Wanted
from ui import notices
from ui.forms.papers.paper_flow import PaperFlow
from ui.forms.papers.print_run import Run
from ui.forms.paperwork.application_papers import ApplicationPapers
from ui.forms.paperwork.paperwork_view import PaperworkView


class PaperworkFlow(QObject):
    """Drives a PaperworkView. `run` does store work for the page; `chosen(Chooser)` when it may be shown,
    `unmade(error)` when the papers cannot be made, `posted(Wanted)` to enter in the register the notice that
    was just printed."""

    chosen = Signal(object)
    unmade = Signal(object)
    posted = Signal(object)

    def __init__(self, view: PaperworkView, run: Run) -> None:
        super().__init__(view)
        self._view, self._run = view, run
        self._title = ""
        self._wanted: Wanted | None = None  # what is in sight
        self._paper = PaperFlow(view, run, said_here=False)
        self._paper.looked.connect(self._looked)
        self._paper.unmade.connect(self._unmade)
        self._paper.noted.connect(self._noted)
        view.choice.changed.connect(self._choose)
        view.look_asked.connect(self._look)

    def begin(self, wanted: Callable[[Desk], Wanted]) -> None:
        """Ask what there is to choose for the family `wanted` names."""
        self._view.choice.forget()
        self._run(lambda desk: paperwork.choose(desk, wanted(desk)), self._begun)

    def drop(self) -> None:
        """Take the papers out of sight and out of memory."""
        self._wanted = None
        self._paper.drop()
        self._view.stale()

    def _begun(self, chooser: Chooser) -> None:
        self._show(chooser)
        self.drop()
        self.chosen.emit(chooser)
        if chooser.wanted.wall:  # there is nothing to choose
            self._look()

    def _choose(self, wanted: Wanted) -> None:
        self.drop()
        self._run(lambda desk: paperwork.choose(desk, wanted), self._show)

    def _show(self, chooser: Chooser) -> None:
        self._title = chooser.title
        self._view.choice.show_chooser(chooser)

    def _look(self) -> None:
        self._paper.show(ApplicationPapers(self._view.wanted()))

    def _looked(self, looked: Looked) -> None:
        self._wanted = looked.wanted
        if not looked.wanted.posted and not looked.wanted.wall:
            said = self.tr("已记下：您看了{who}的材料，上面有身份证全号。")
            notices.saved(said.format(who=self._title))

    def _unmade(self, error: Exception) -> None:
        self.drop()
        self.unmade.emit(error)

    def _noted(self) -> None:
        wanted = self._wanted
        if wanted is not None and wanted.posted:
            said = self.tr("公示打好了。贴出去就到台账记一笔，到期提醒您撤。")
            notices.info(said, self.tr("记一笔公示"), lambda: self.posted.emit(wanted))
