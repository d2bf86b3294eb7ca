"""What opens over a family to write one thing down: a member, a grant, an end; one at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.actions import form_drafts
from app.actions.form_drafts import MEMBER
from app.actions.village import benefits
from app.actions.village.benefits import Granting
from app.actions.village.households import Duplicate, Family
from ui import notices
from ui.forms.holding import Holding
from ui.forms.households.family_view import FamilyView
from ui.forms.households.grant_panel import EndPanel, GrantPanel
from ui.forms.households.member_form import MemberForm
from ui.forms.panel import Ask, Panel, Work

Fail = Callable[[Exception], None]


class FamilyPanels(QObject):
    """`opened(panel)` to put it in sight, `went(record)` to go to a family, `lacking(problems)`."""

    opened = Signal(object)
    went = Signal(str)
    lacking = Signal(object)

    def __init__(self, ask: Ask, fail: Fail, parent: QObject) -> None:
        super().__init__(parent)
        self._ask, self._fail = ask, fail
        self._view: FamilyView | None = None
        self.panel: Panel | None = None
        self.holding: Holding | None = None

    def attach(self, view: FamilyView) -> None:
        """Follow what is asked for on `view`."""
        self._view = view
        view.member_asked.connect(self._member)
        view.granted.connect(lambda: self._granting(self._grant))
        view.ended.connect(lambda item: self._granting(lambda found: self._end(found, item)))

    def hold(self) -> None:
        """Keep what is being typed."""
        if self.holding is not None:
            self.holding.hold()

    def _family(self) -> Family:
        assert self._view is not None and self._view.family is not None  # noqa: PT018  # its buttons ask
        return self._view.family

    def _member(self, person: str) -> None:
        family = self._family()
        known = next((one for one in family.members if one.id == person), None)
        form = MemberForm(family.household.id, family.today, known)
        form.known.connect(self._leave_for)
        subject = person or family.household.id
        holding = Holding(form, self._ask, MEMBER, form.answers)

        def go_on(answers: Any) -> None:
            if form is self.panel:
                form.restore(answers)
                holding.begin(subject, answers)

        self._open(form)
        form.touched.connect(holding.touch)
        self.holding = holding
        self._ask(lambda desk: form_drafts.held(desk, MEMBER, subject), go_on)

    def _granting(self, then: Callable[[Granting], None]) -> None:
        household = self._family().household.id
        self._ask(lambda desk: benefits.begin(desk, household), then)

    def _grant(self, found: Granting) -> None:
        self._open(GrantPanel(found))

    def _end(self, found: Granting, item: str) -> None:
        if drawn := next((one for one in found.drawn if one.item == item), None):
            self._open(EndPanel(found, drawn))

    def _open(self, panel: Panel) -> None:
        self._close()
        self.panel = panel
        home = self._family().household.id
        panel.submitted.connect(lambda work: self._keep(panel, work, home))
        panel.lacking.connect(self.lacking)
        panel.left.connect(lambda: self._leave_for(home))
        self.opened.emit(panel)
        panel.start()

    def _keep(self, panel: Panel, work: Work, home: str) -> None:
        holding, subject = self.holding, self.holding.end() if self.holding else ""

        def whole(desk: Any) -> Any:
            made = work(desk)
            if subject:
                form_drafts.release(desk, MEMBER, subject)
            return made

        def done(_made: object) -> None:
            notices.saved(panel.tr("记下了，等着上传。"))
            self._leave_for(home)

        def failed(error: Exception) -> None:
            if holding is not None and subject:
                holding.begin(subject)
            if isinstance(error, Duplicate) and isinstance(panel, MemberForm):
                panel.ask(error)
            else:
                self._fail(error)

        self._ask(whole, done, failed)

    def _leave_for(self, record: str) -> None:
        self.hold()
        self._close()
        self.went.emit(record)

    def _close(self) -> None:
        if self.holding is not None:
            self.holding.end()
            self.holding = None
        if self.panel is not None:
            panel, self.panel = self.panel, None
            panel.hide()
            panel.deleteLater()
