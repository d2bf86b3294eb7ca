"""申请材料: the papers of an application, made from what is known of the family."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from app.actions.desk import Desk
from app.actions.paperwork import paperwork
from app.actions.paperwork.paperwork import Chooser, Wanted
from ui.forms.paperwork.paperwork_flow import PaperworkFlow
from ui.forms.paperwork.paperwork_view import PaperworkView
from ui.pages.page import Page
from ui.tasks import Tasks
from ui.widgets.words import Button


class PaperworkPage(Page):
    """Opened with {"household", "items"?} from a family, or {"checklist"} from a list; goes back there.

    With "wall" the only paper is the sheet for the wall inside the house.
    """

    title = "申请材料"

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(tasks, parent)
        self._from: tuple[str, dict[str, Any]] = ("households", {})
        self._who, self._paper = "", ""
        self.view = PaperworkView()
        self.view.hide()  # until it is known for whom
        self.flow = PaperworkFlow(self.view, self.run)
        self.back_button = Button(self.tr("回去"), "", "left")
        for back in (self.back_button.clicked, self.view.back):
            back.connect(lambda: self.navigate.emit(*self._from))
        self.left.addWidget(self.back_button)  # until the face with its own way back is there
        self.body.addWidget(self.view, 1)
        self.view.pane.fitted.connect(lambda _wide: self._fit())
        self.view.primary_changed.connect(self._show_primary)
        self.flow.chosen.connect(self._show)
        self.flow.posted.connect(self._enter_notice)
        self.flow.unmade.connect(self.show_error)
        self.primary = self.view.primary

    def open(self, **params: Any) -> None:
        """Begin anew for a family or a list."""
        self.clear_problems()
        self.view.pane.look.setChecked(False)
        key, household = str(params.get("checklist") or ""), str(params.get("household") or "")
        items, wall = tuple(params.get("items") or ()), bool(params.get("wall"))
        if key:
            self._from = ("checklists", {"checklist": key})
        else:
            self._from = ("households", {"household": household})

        def wanted(desk: Desk) -> Wanted:
            return paperwork.from_checklist(desk, key) if key else Wanted(household, items, wall=wall)

        self.flow.begin(wanted)

    def _enter_notice(self, wanted: Wanted) -> None:
        """What was printed to hang on the wall is entered in the register of notices."""
        item = next(iter(wanted.items), "")
        known = {"household": wanted.household, "item": item, "person": wanted.applicant}
        self.navigate.emit("registers", {"new": "public_notice", **known})

    def leave(self) -> None:
        """No whole number stays in sight."""
        if not self.view.isHidden():
            self.flow.drop()

    def _show(self, chooser: Chooser) -> None:
        self._who, wall = chooser.title, chooser.wanted.wall
        self._paper = self.tr("户内告知单") if wall else self.tr("申请材料")
        self.view.choice.setVisible(not wall)
        self.view.make_button.setEnabled(not wall)
        self.view.show()
        self.back_button.hide()
        self._fit()
        self._show_primary()
        if not wall:
            self.view.choice.items.setFocus()

    def _fit(self) -> None:
        """Where little fits, the name stays."""
        if self._who:
            self.set_title(f"{self._who} · {self._paper}")
            if not self.title_fits():
                self.set_title(self._who)

    def _show_primary(self) -> None:
        self.primary = self.view.primary
