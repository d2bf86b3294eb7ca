"""The first view of 走访: what is due, today's list, what is unfinished, what was done, and how far."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.actions.visits.plan_views import Walk
from ui import theme
from ui.forms.visits.cover_view import CoverView
from ui.forms.visits.day_view import DayView
from ui.forms.visits.plan_flow import PlanFlow, Run
from ui.forms.visits.plan_list import PlanList
from ui.forms.visits.plan_stop import PlanStop
from ui.forms.visits.plan_tabs import COVER, DONE, DRAFTS, DUE, TODAY, PlanTabs
from ui.forms.visits.visit_list import VisitList
from ui.widgets import tab_order
from ui.widgets.face_stack import FaceStack
from ui.widgets.words import Button

TWO_PANES = 48  # characters of width from which the household stands beside the list

PAPER = {"document": "day plan", "back": ("visits", {"tab": TODAY})}


class PlanView(QWidget):
    """Five tabs over one plan. `begun(household, purpose)` starts a visit, `went(page, params)` leaves;
    `primary_changed` when another button is the filled one. `run` does store work for the page."""

    begun = Signal(str, str)
    else_asked = Signal()
    went = Signal(str, dict)
    primary_changed = Signal()

    def __init__(self, run: Run, visits: VisitList, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "clear")
        self._alone, self._wide, self._wanted = False, True, ""
        self.walk: Walk | None = None
        self.tabs = PlanTabs()
        self.tabs.changed.connect(self._turn)
        self.due, self.stop, self.day = PlanList(), PlanStop(), DayView()
        self.visits, self.cover = visits, CoverView()
        self.flow = PlanFlow(run, self.stop, self.day, self.cover)
        self.pane = QWidget()
        self.pane.setProperty("surface", "clear")
        row = QHBoxLayout(self.pane)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.soft(14))
        row.addWidget(self.due, 5)
        row.addWidget(self.stop, 4)
        self.stack = FaceStack()
        for face in (self.pane, self.day, self.visits, self.cover):
            self.stack.addWidget(face)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(10))
        column.addWidget(self.tabs)
        column.addWidget(self.due.kinds)  # across both panes: beside each other they stand on one line
        column.addWidget(self.stack, 1)
        self._connect()

    @property
    def primary(self) -> Button | None:
        """The filled button of the tab in sight; None: that of the page."""
        face = self.stack.currentWidget()
        if face is self.pane and self.stop.isVisibleTo(self) and self.stop.stop is not None:
            return self.stop.primary
        return self.day.print_button if face is self.day and self.day.foot.isVisibleTo(self) else None

    def refresh(self) -> None:
        """Ask for the plan again, and for the coverage where that is in sight."""
        self.flow.ask()
        if self.tabs.value() == COVER:
            self.flow.ask_cover()

    def turn_to(self, tab: str = "", household: str = "") -> None:
        """One tab, or one household of the village, owed something or not; else whom to see is in hand."""
        if household:
            self.show_tab(DUE)
            self._wanted = household
            self.flow.ask()
        elif tab:
            self.show_tab(tab)
        else:
            self.due.list.setFocus()

    def show_tab(self, tab: str) -> None:
        """Turn to one of the five."""
        self.tabs.set_value(tab)
        self._turn()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two panes, or one at a time."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Larger letters may leave room for one pane only."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "stack"):
            self._fit()

    def _connect(self) -> None:
        self.due.chosen.connect(self._look_at)
        self.due.opened.connect(self._open)
        self.due.pressed.connect(self.begun)
        self.due.else_asked.connect(self.else_asked)
        self.due.import_asked.connect(lambda: self.went.emit("import", {}))
        self.stop.visit_asked.connect(self.begun)
        self.stop.primary_changed.connect(self.primary_changed)
        self.stop.back.connect(lambda: self._stand(alone=False))
        self.stop.household_asked.connect(lambda home: self.went.emit("households", {"household": home}))
        self.day.pressed.connect(self.begun)
        self.day.print_asked.connect(lambda day: self.went.emit("paper", {**PAPER, "subject": day}))
        self.day.more_asked.connect(lambda: self.show_tab(DUE))
        self.flow.walked.connect(self._show)
        self.flow.said.connect(self.stop.forget)  # what was said is said: the card closes
        self.cover.opened.connect(lambda home: self.went.emit("households", {"household": home}))

    def _show(self, walk: Walk) -> None:
        self.walk, wanted = walk, self._wanted
        self.tabs.say(len(walk.plan.stops), len(walk.day.order))
        self.due.show_walk(walk)
        self.day.show_walk(walk)
        # Made anew with their counts, they would be read last.
        tab_order.insert([*self.tabs.buttons, *self.due.kinds.buttons], self.due.list)
        self._wanted = wanted  # the list, filled anew, has chosen a row of its own
        if wanted in walk.plan.families:
            self.due.list.choose(wanted)
            self._choose(wanted)
            self._stand(alone=True)
        else:
            self._choose(self.due.current())

    def _turn(self) -> None:
        tab = self.tabs.tab()
        faces = {DUE: self.pane, TODAY: self.day, DRAFTS: self.visits, DONE: self.visits, COVER: self.cover}
        if faces[tab] is self.visits:
            self.visits.show_part("drafts" if tab == DRAFTS else "signed")
        self.stack.setCurrentWidget(faces[tab])
        if tab == COVER:
            self.flow.ask_cover()
        self._stand(alone=False)

    def _choose(self, household: str) -> None:
        if self.walk is not None and household in self.walk.plan.families:
            stop = self.walk.plan.stop(household) or self.walk.nothing_at(household)
            self.stop.show_stop(self.walk, stop)
        elif not household:
            self.stop.stop = None
        self._fit()

    def _look_at(self, household: str) -> None:
        if household:
            self._wanted = ""
        if not self._wanted:
            self._choose(household)

    def _open(self, household: str) -> None:
        self._choose(household)
        if not self._wide:
            self._stand(alone=True)
        self.stop.visit.setFocus()

    def _stand(self, *, alone: bool) -> None:
        self._alone = alone
        self._fit()

    def _fit(self) -> None:
        wide = self._wide = self.width() / theme.em(21.3) >= TWO_PANES
        some = self.stop.stop is not None
        self.stop.setVisible(some and (wide or self._alone))
        self.due.setVisible(wide or not (self._alone and some))
        alone = not wide and self._alone and some
        self.tabs.setVisible(not alone)
        here = self.stack.currentWidget() is self.pane
        self.due.kinds.setVisible(here and not alone and self.due.some)
        self.stop.stand_alone(not wide)
        self.due.stand_alone(not wide)
        self.primary_changed.emit()
