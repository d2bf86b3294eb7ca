"""The form of a visit: step bar, the step in sight, what stands beside it, and the foot that goes on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.actions.visits.visit_sitting import Sitting
from app.domain.visits.visit import Met
from ui import theme
from ui.forms.aside import Aside
from ui.forms.panes import Panes, StepArea
from ui.forms.session import Session
from ui.forms.visits.lacks import Lacks
from ui.forms.visits.step_page import StepPage
from ui.forms.visits.visit_foot import VisitFoot
from ui.tasks import Tasks
from ui.widgets import tab_order
from ui.widgets.step_bar import StepBar

AT_STEP = "at_step"


class VisitForm(QWidget):
    """`sign_asked` when the last button is pressed and nothing is missing; `put_aside` to go on another day;
    `print_asked` for the sheet as it stands, to be signed on paper; `survey_asked` for a questionnaire."""

    sign_asked = Signal()
    put_aside = Signal()
    print_asked = Signal()
    survey_asked = Signal()
    subtitle_changed = Signal()

    def __init__(self, tasks: Tasks, sitting: Sitting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = Session(tasks, sitting, self)
        self.setProperty("surface", "clear")
        self.setProperty("steps_back", True)
        self.form = sitting.form
        self.steps = tuple[int, ...]()
        self.place = 0
        self.pages: dict[int, StepPage] = {}
        self._areas: dict[int, StepArea] = {}
        self.bar = StepBar([])
        self.stack = QStackedWidget()
        self.aside = Aside(self.session)
        self.lacks = Lacks(self)  # until it stands in a step: nothing of a form lives without it
        self.foot = VisitFoot()
        self.back, self.later, self.next = self.foot.back, self.foot.later, self.foot.next
        self._build()
        self._connect()
        self._restep()
        self.page: StepPage = self._make(self.steps[self.place])
        at = str(self.session.value(AT_STEP) or "")
        names = [self.form.steps[step].id for step in self.steps]
        self.go(names.index(at) if at in names else 0)

    def go(self, place: int, name: str = "") -> None:
        """Show the step at `place` of this visit's steps, and the focus on field `name`."""
        self.session.take_typed()
        self.place = min(max(place, 0), len(self.steps) - 1)
        step = self.steps[self.place]
        self.page = self.pages.get(step) or self._make(step)
        self.stack.setCurrentWidget(self._areas[step])
        self.bar.show_step(self.place)
        self.session.mark(AT_STEP, self.form.steps[step].id)
        self._refresh()
        target = name or self.page.first()
        if not name and not self.lacks.isHidden():
            self._show_missing(focus=True)  # what is missing elsewhere comes before the signature
            return
        if target in self.page.rows:
            self.page.go(target)
        self._areas[step].bring(self.page.rows.get(target))

    def go_to_field(self, name: str) -> None:
        """Go where field `name` is asked."""
        step = self.form.step_of(name)
        if step in self.steps:
            self.go(self.steps.index(step), name)

    def forward(self) -> None:
        """The filled button: the next step, or the signature."""
        self.session.take_typed()
        if self.page.lacks_way():
            return
        if self.place + 1 < len(self.steps):
            self.go(self.place + 1)
            return
        missing = self.session.missing()
        if not missing:
            self.sign_asked.emit()
        elif self.lacks.buttons and len(self.steps) > 1:
            self._show_missing(focus=True)
        else:
            self._mend(missing[0].field)

    def _mend(self, name: str) -> None:
        """Go to a field and say beside it what it lacks."""
        self.go_to_field(name)
        if name == "findings" and self.page.lacks_way():
            return  # said beside the very answer that is missing in one of them
        lack = next((problem for problem in self.session.missing() if problem.field == name), None)
        if lack is not None and name in self.page.rows:
            self.page.rows[name].show_problem(lack)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(12))
        self._bar_place = QVBoxLayout()
        column.addLayout(self._bar_place)
        self.panes = Panes(self.stack, self.aside, self.foot.look)
        self.panes.fitted.connect(self.foot.fit)
        column.addWidget(self.panes, 1)
        column.addWidget(self.foot)

    def _connect(self) -> None:
        self.back.clicked.connect(lambda: self.go(self.place - 1))
        self.next.clicked.connect(self.forward)
        self.later.clicked.connect(self.put_aside)
        self.foot.ask.clicked.connect(self.survey_asked)
        self.lacks.went.connect(self._mend)
        self.session.changed.connect(lambda _name: self._refresh())
        self.session.restored.connect(self._restored)
        self.aside.filled.connect(lambda _names: self._show_all())
        self._key(QKeySequence.StandardKey.Undo, self.session.undo)
        self._key(QKeySequence.StandardKey.Redo, self.session.redo)
        self._key("Ctrl+PgDown", self.forward)
        self._key("Ctrl+PgUp", lambda: self.go(self.place - 1))

    def _key(self, keys: QKeySequence.StandardKey | str, act: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(lambda: act())

    def _restep(self) -> None:
        """The steps of this visit; until it is known who is home, those of a visit at home."""
        situation = self.session.situation
        if situation.visit.met is None:
            situation = replace(situation, visit=replace(situation.visit, met=Met.HOME))
        steps = situation.steps(self.form)
        if steps == self.steps:
            return
        here = self.steps[self.place] if self.steps else steps[0]
        self.steps = steps
        self.place = steps.index(here) if here in steps else 0
        reached = self.bar.reached
        self._bar_place.removeWidget(self.bar)
        self.bar.hide()
        self.bar.deleteLater()
        self.bar = StepBar([self.form.steps[one].title for one in steps])
        self.bar.show_step(self.place, min(max(reached, self.place), len(steps) - 1))
        self.bar.went.connect(self.go)
        self._bar_place.addWidget(self.bar)
        self.bar.setVisible(len(steps) > 1)

    def _make(self, step: int) -> StepPage:
        page = StepPage(self.session, self.form.steps[step])
        self.pages[step] = page
        self._areas[step] = area = StepArea(page)
        page.print_asked.connect(self.print_asked)
        for row in page.rows.values():
            if hasattr(row.control, "doubted"):
                row.control.doubted.connect(lambda _problem: self._show_aside())
        self.stack.addWidget(area)
        page.doubts()
        return page

    def _restored(self, name: str) -> None:
        self._show_all()
        self.go_to_field(name)

    def _show_all(self) -> None:
        for page in self.pages.values():
            for name in page.rows:
                page.show_value(name)
        self._refresh()

    def _refresh(self) -> None:
        self._restep()
        self.page.refresh()
        missing = self.session.missing()
        at = Counter(self.form.step_of(problem.field) for problem in missing)
        self.bar.show_lacks([at[step] for step in self.steps])
        at_home = self.session.visit.met in (None, Met.HOME)
        self.foot.say(self.place, len(self.steps), at_home=at_home)
        self._show_missing()
        self._show_aside()
        here = self._areas[self.steps[self.place]]
        tab_order.lead(here, (self.bar,))
        tab_order.follow(here, (self.aside, self.back, self.later, self.foot.look, self.foot.ask, self.next))
        self.subtitle_changed.emit()

    def _show_missing(self, *, focus: bool = False) -> None:
        last = 1 < len(self.steps) == self.place + 1
        if last and self.page.column.indexOf(self.lacks) < 0:
            self.page.column.insertWidget(0, self.lacks)
        if not last:
            self.lacks.hide()
        else:
            # The signatures are on this very step: they say beside themselves what is missing.
            elsewhere = [one for one in self.session.missing() if one.field != "signatures"]
            self.lacks.say(elsewhere, self.form, self.steps)
        if focus and self.lacks.buttons:
            self._areas[self.steps[self.place]].bring(None)
            self.lacks.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_aside(self) -> None:
        step = self.form.steps[self.steps[self.place]]
        doubtful = tuple(name for name, row in self.page.rows.items() if row.error)
        self.aside.show_step(step, doubtful)
        self.panes.fit()
