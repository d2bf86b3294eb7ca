"""From "which papers?" to "they came out": choosing, making, printing, saving, and what is noted of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.actions.desk import Desk
from app.actions.paperwork import paperwork
from app.actions.paperwork.paperwork import Chooser, Looked, Wanted
from app.domain.checklists.print_job import PrintLook
from app.domain.papers.paperwork import FormKind
from ui import notices, printing
from ui.forms.paperwork.paperwork_view import PaperworkView
from ui.widgets import file_dialogs

Run = Callable[[Callable[[Desk], Any], Callable[[Any], None]], None]
SHEET_PX = 900


class PaperworkFlow(QObject):
    """Drives a PaperworkView. `run` does store work for the page; `chosen(Chooser)` when it may be shown,
    `posted(Wanted)` to enter in the register the notice that was just printed."""

    chosen = Signal(object)
    posted = Signal(object)

    def __init__(self, view: PaperworkView, run: Run) -> None:
        super().__init__(view)
        self._view, self._run = view, run
        self._title = ""
        self._looked_at: Looked | None = None  # what is in sight, and all that can be printed
        view.choice.changed.connect(self._choose)
        view.look_asked.connect(self._look)
        view.print_asked.connect(self._print)
        view.save_asked.connect(self._save)
        view.came_out.connect(self._came_out)

    def begin(self, wanted: Callable[[Desk], Wanted]) -> None:
        """Ask what there is to choose for the family `wanted` names."""
        self._view.choice.forget()
        self._view.show_printers(printing.printers())
        self._run(lambda desk: paperwork.choose(desk, wanted(desk)), self._begun)

    def drop(self) -> None:
        """Take the papers out of sight and out of memory."""
        self._looked_at = None
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
        wanted = self._view.wanted()
        self._run(lambda desk: paperwork.look(desk, wanted, width_px=SHEET_PX), self._looked)

    def _looked(self, looked: Looked) -> None:
        if looked.wanted != self._view.wanted():
            return  # something else was chosen meanwhile
        self._looked_at = looked
        self._view.show_pages(looked.pages)
        if not self._posts() and not looked.wanted.wall:
            said = self.tr("已记下：您看了{who}的材料，上面有身份证全号。")
            notices.saved(said.format(who=self._title))

    def _print(self, name: str, copies: int) -> None:
        parent = self._view.window()
        assert isinstance(parent, QWidget), "the view stands in a window"
        if self._looked_at is None:
            return
        # A printer's queue is read by whoever stands at it: it learns what is printed, not whose it is.
        title = self._called()
        look = PrintLook(name, copies)
        printer = printing.named(title, look) if name else printing.choose(parent, title, look)
        if printer is None:
            return
        if printing.put_on_paper(self._looked_at.pdf, printer):
            self._view.ask_outcome()
        else:
            self._view.silent()

    def _came_out(self, yes: bool) -> None:
        looked = self._looked_at
        if not yes or looked is None:
            self._view.silent()
            return
        self._run(lambda desk: paperwork.printed(desk, looked), lambda _: self._noted(looked.wanted))

    def _noted(self, wanted: Wanted) -> None:
        notices.saved(self.tr("记下了，打好一次。"))
        if self._posts():
            said = self.tr("公示打好了。贴出去就到台账记一笔，到期提醒您撤。")
            notices.info(said, self.tr("记一笔公示"), lambda: self.posted.emit(wanted))

    def _save(self) -> None:
        looked = self._looked_at
        if looked is None:
            return
        name = self._called() if self._posts() else f"{self._title} {self._called()}"
        title, kinds = self.tr("存到哪里"), self.tr("PDF 文件 (*.pdf)")
        if path := file_dialogs.ask_save(self._view, title, f"{name}.pdf", kinds):
            said = self.tr("存好了。")
            self._run(lambda desk: paperwork.export(desk, looked, path), lambda _: notices.saved(said))

    def _called(self) -> str:
        if self._posts():
            return self.tr("公示")
        wall = self._looked_at is not None and self._looked_at.wanted.wall
        return self.tr("户内告知单") if wall else self.tr("申请材料")

    def _posts(self) -> bool:
        """A notice: it shows nobody's number and names nobody."""
        return self._looked_at is not None and self._looked_at.wanted.kinds == (FormKind.NOTICE,)
