"""From "go to print" to "it came out": the look-over, the printer, the file, and what is noted afterwards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.actions import checklist_after, checklist_days, checklists, papers
from app.actions.checklists import Lookover
from app.actions.desk import Desk
from app.domain.print_job import PrintLook
from ui import notices, printing
from ui.forms.checklist_print import ChecklistPrint
from ui.widgets import file_dialogs

Run = Callable[[Callable[[Desk], Any], Callable[[Any], None]], None]
SHEET_PX = 1240


class PrintFlow(QObject):
    """Drives a ChecklistPrint. `run` does store work for the page; `looked(Lookover)` when it may be shown,
    `printed` when a paper was noted as given."""

    looked = Signal(object)
    printed = Signal()

    def __init__(self, view: ChecklistPrint, run: Run) -> None:
        super().__init__(view)
        self._view, self._run = view, run
        self._id, self._title, self._job, self._draft = "", "", "", False
        view.print_asked.connect(self._print)
        view.save_asked.connect(self._save)
        view.came_out.connect(self._came_out)
        view.planned.connect(self._plan)
        view.plan.held_shown.connect(self._show_held)

    def begin(self, checklist: str) -> None:
        """Look the list over and show what was found."""
        self._id = checklist
        self._run(lambda desk: checklists.ready(desk, checklist), self._show)

    def _plan(self, day: date | None) -> None:
        self._again(lambda desk, key: checklist_days.plan(desk, key, day))

    def _show_held(self, shown: bool) -> None:
        self._again(lambda desk, key: checklists.show_held(desk, key, shown=shown))

    def _again(self, change: Callable[[Desk, str], object]) -> None:
        key = self._id

        def work(desk: Desk) -> Lookover:
            change(desk, key)
            return checklists.look_over(desk, key)

        self._run(work, self._shown_again)

    def _shown_again(self, over: Lookover) -> None:
        if over.checklist.id == self._id:
            self._view.follow(over)
            self._picture(over)

    def _show(self, over: Lookover) -> None:
        self._job = self.tr("办事清单 {code}").format(code=over.checklist.code)
        self._title = f"{over.checklist.called} {over.checklist.matters}"
        self._view.show_list(over, printing.printers())
        self.looked.emit(over)
        self._picture(over)

    def _picture(self, over: Lookover) -> None:
        draft = not over.may_print
        self._run(
            lambda desk: papers.pictures(desk, over.checklist.id, draft=draft, width_px=SHEET_PX),
            lambda pages: self._view.pane.show_pages(pages, 0),
        )

    def _print(self, draft: bool, name: str, copies: int) -> None:
        parent = self._view.window()
        assert isinstance(parent, QWidget), "the view stands in a window"
        look = PrintLook(name, copies)
        printer = printing.named(self._job, look) if name else printing.choose(parent, self._job, look)
        if printer is None:
            return
        self._draft = draft
        key = self._id
        self._run(
            lambda desk: papers.checklist(desk, key, draft=draft),
            lambda pdf: self._handed_over(printing.put_on_paper(pdf, printer)),
        )

    def _handed_over(self, took: bool) -> None:
        if took:
            self._view.ask_outcome()
        else:
            self._view.silent()

    def _came_out(self, yes: bool) -> None:
        if not yes:
            self._view.silent()
            return
        key, draft = self._id, self._draft
        self._run(lambda desk: checklist_after.printed(desk, key, draft=draft), lambda _: self._noted())

    def _noted(self) -> None:
        notices.saved(self.tr("记下了，打好一次。"))
        self.printed.emit()

    def _save(self, draft: bool) -> None:
        key = self._id
        title, kinds = self.tr("存到哪里"), self.tr("PDF 文件 (*.pdf)")
        if path := file_dialogs.ask_save(self._view, title, f"{self._title}.pdf", kinds):
            self._run(
                lambda desk: papers.export_checklist(desk, key, path, draft=draft),
                lambda _: notices.saved(self.tr("存好了。")),
            )
