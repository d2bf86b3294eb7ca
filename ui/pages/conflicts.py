"""写得不一样的: one after another, both values side by side, settled by a person and by nobody else."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.actions.conflicts import conflicts
from app.actions.conflicts.conflicts import Case
from app.actions.desk import Desk
from ui import notices
from ui.forms.conflicts.case_view import CaseView
from ui.forms.conflicts.case_words import heading
from ui.forms.conflicts.settled_view import SettledView
from ui.pages.page import Page, scrolled
from ui.tasks import Tasks
from ui.widgets.chip import Chip
from ui.widgets.words import Button, words

PARAMS = {
    "households": "household", "visits": "visit", "tickets": "ticket", "checklists": "checklist",
    "registers": "key", "clues": "clue",
}  # fmt: skip


class ConflictsPage(Page):
    """Begins with the one that was asked for, else with her own oldest; 以后再定 is always open."""

    title = "写得不一样的"

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(tasks, parent)
        self._cases: Sequence[Case] = ()
        self._settled: Sequence[Case] = ()
        self._at, self._asked = 0, ""
        self._shown: Case | None = None
        self.place = Chip("")
        self.right.addWidget(self.place)
        self.stack = QStackedWidget()
        self.view = CaseView()
        self.view.chosen.connect(lambda: self.use_button.setEnabled(self.view.choice() is not None))
        self.view.looked.connect(self._look)
        self._scroll = scrolled(self.view)
        self.stack.addWidget(self._scroll)
        self.settled = SettledView()
        self.settled.reopened.connect(self._undo)
        self.stack.addWidget(self.settled)
        self.body.addWidget(self.stack, 1)
        self._foot()

    def open(self, **params: Any) -> None:
        """`conflict` names the one to begin with."""
        self._asked, self._at, self._shown = str(params.get("conflict", "")), 0, None
        self.refresh()

    def refresh(self) -> None:
        """Ask again; what was chosen and not yet settled stays where it still can be."""
        self.run(_both, self._show)

    def show_error(self, error: Exception) -> None:
        """Whatever could not be settled is read anew, so that she sees what holds now."""
        super().show_error(error)
        self.run(_both, self._show)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two cards side by side, or one above the other."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Larger letters may leave room for one column only."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "use_button"):
            self._fit()

    def _fit(self) -> None:
        self.view.stand(wide=self.wide())
        self.hint.setVisible(bool(self._cases) and self.wide())

    def _show(self, found: tuple[Sequence[Case], Sequence[Case]]) -> None:
        self._cases, self._settled = found
        ids = [case.id for case in self._cases]
        if self._asked in ids:
            self._at = ids.index(self._asked)
        self._asked = ""
        self._at = min(self._at, max(0, len(ids) - 1))
        self._stand()

    def _stand(self) -> None:
        any_left = bool(self._cases)
        self.stack.setCurrentIndex(0 if any_left else 1)
        for part in (self.place, self.later_button, self.use_button, self.next_button, self.hint):
            part.setVisible(any_left)
        self.next_button.setVisible(len(self._cases) > 1)
        self.settled.show_cases(self._settled)
        if not any_left:
            self.set_title(self.tr("写得不一样的"))
            return
        case = self._cases[self._at]
        if self._shown != case:  # what she has chosen stays while nothing changed behind it
            self._shown = case
            self.run(partial(conflicts.one, conflict=case.id), self.view.show_case)
        self.set_title(heading(case))
        said = self.tr("第 {n} 处，共 {total} 处").format(n=self._at + 1, total=len(self._cases))
        self.place.say(said, "warn" if case.old else "neutral")
        self._fit()

    def _settle(self) -> None:
        chosen, case = self.view.choice(), self.view.case
        if chosen is None or case is None:
            return
        self.clear_problems()
        choice, value = chosen
        word = partial(conflicts.decide, conflict=case.id, choice=choice, value=value, seen=case.theirs.words)
        self.run(word, self._kept)

    def _kept(self, case: Case) -> None:
        notices.saved(self.tr("定好了，等着上传。"), partial(self._undo, case.id))
        self.refresh()

    def _undo(self, conflict: str) -> None:
        self._asked = conflict
        self.run(partial(conflicts.take_back, conflict=conflict), lambda _case: self.refresh())

    def _next(self) -> None:
        self._at = (self._at + 1) % max(1, len(self._cases))
        self._stand()

    def _look(self) -> None:
        case = self.view.case
        if case is not None and case.page:
            self.navigate.emit(case.page, {PARAMS[case.page]: case.record} if case.page in PARAMS else {})

    def _foot(self) -> None:
        self.later_button = Button(self.tr("以后再定"), "text")
        self.later_button.clicked.connect(lambda: self.navigate.emit("sync", {}))
        self.next_button = Button(self.tr("看下一处"), "", "right", after=True)
        self.next_button.clicked.connect(self._next)
        self.hint = words(self.tr("传上去以前还能改回来"), "body", "quiet")
        self.use_button = Button(self.tr("就用这个"), "main", "right", after=True)
        self.use_button.setEnabled(False)
        self.use_button.clicked.connect(self._settle)
        self.primary = self.use_button
        self.foot.addWidget(self.later_button)
        self.foot.addStretch(1)
        self.foot.addWidget(self.hint)
        self.foot.addWidget(self.next_button)
        self.foot.addWidget(self.use_button)


def _both(desk: Desk) -> tuple[Sequence[Case], Sequence[Case]]:
    return conflicts.listing(desk), conflicts.settled(desk)
