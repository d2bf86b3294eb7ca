"""The first view of 走访: what is due, today's list, what is unfinished, what was done, and how far."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.actions.desk import Desk
from app.actions.visits import day_plan, plan_views, rounds
from app.actions.visits.plan_views import Walk
from app.domain.visits.task import VisitTask
from ui import notices, theme
from ui.forms.visits.cover_view import CoverView
from ui.forms.visits.day_view import DayView
from ui.forms.visits.plan_list import PlanList
from ui.forms.visits.plan_stop import PlanStop
from ui.forms.visits.visit_list import VisitList
from ui.widgets.choice import ChoiceGroup
from ui.widgets.words import Button

DUE, TODAY, DRAFTS, DONE, COVER = "due", "today", "drafts", "done", "cover"
TWO_PANES = 48  # characters of width from which the household stands beside the list
Run = Callable[[Callable[[Desk], Any], Callable[[Any], None]], None]


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
        self._run, self._alone = run, False
        self.walk: Walk | None = None
        self.tabs = ChoiceGroup(self._words())
        self.tabs.set_value(DUE)
        self.tabs.changed.connect(self._turn)
        self.due, self.stop, self.day = PlanList(), PlanStop(), DayView()
        self.visits, self.cover = visits, CoverView()
        self.pane = QWidget()
        self.pane.setProperty("surface", "clear")
        row = QHBoxLayout(self.pane)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.soft(14))
        row.addWidget(self.due, 5)
        row.addWidget(self.stop, 4)
        self.stack = QStackedWidget()
        for face in (self.pane, self.day, self.visits, self.cover):
            self.stack.addWidget(face)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(10))
        column.addWidget(self.tabs)
        column.addWidget(self.stack, 1)
        self._connect()

    @property
    def primary(self) -> Button | None:
        """The filled button of the tab in sight; None: that of the page."""
        face = self.stack.currentWidget()
        if face is self.pane and self.stop.isVisibleTo(self) and self.stop.stop is not None:
            return self.stop.visit
        return self.day.print_button if face is self.day and self.day.foot.isVisibleTo(self) else None

    def refresh(self) -> None:
        """Ask for the plan again, and for the coverage where that is in sight."""
        self._run(plan_views.walk, self._show)
        if self.tabs.value() == COVER:
            self._ask_cover()

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
        self.due.chosen.connect(self._choose)
        self.due.opened.connect(self._open)
        self.due.pressed.connect(self._open)
        self.due.else_asked.connect(self.else_asked)
        self.stop.visit_asked.connect(self.begun)
        self.stop.back.connect(lambda: self._stand(alone=False))
        self.stop.household_asked.connect(lambda home: self.went.emit("households", {"household": home}))
        self.stop.listed.connect(self._list)
        self.stop.said.connect(self._say_why)
        self.stop.dropped.connect(self._drop)
        self.day.pressed.connect(self._begin)
        self.day.moved.connect(lambda home, by: self._day(lambda desk, on: day_plan.move(desk, on, home, by)))
        self.day.removed.connect(lambda home: self._day(lambda desk, on: day_plan.remove(desk, on, home)))
        self.day.sorted_asked.connect(lambda: self._day(day_plan.by_hamlet))
        self.day.proposed_asked.connect(lambda: self._day(day_plan.forget))
        self.day.print_asked.connect(self._print)
        self.day.more_asked.connect(lambda: self.show_tab(DUE))
        self.cover.asked.connect(self._cover)
        self.cover.planned.connect(self._plan_group)
        self.cover.opened.connect(lambda home: self.went.emit("households", {"household": home}))

    def _show(self, walk: Walk) -> None:
        self.walk = walk
        self.tabs.set_options(self._words(len(walk.plan.stops), len(walk.day.order)))
        self.tabs.set_label(self.tr("看哪些走访"))
        self.due.show_walk(walk)
        self.day.show_walk(walk)
        self._choose(self.due.current())

    def _turn(self) -> None:
        tab = self.tabs.value()
        if not tab:  # pressing the tab in sight does not leave none in sight
            tab = self._tab
            self.tabs.set_value(tab)
        self._tab = tab
        faces = {DUE: self.pane, TODAY: self.day, DRAFTS: self.visits, DONE: self.visits, COVER: self.cover}
        if faces[tab] is self.visits:
            self.visits.show_part("drafts" if tab == DRAFTS else "signed")
        self.stack.setCurrentWidget(faces[tab])
        if tab == COVER:
            self._ask_cover()
        self._stand(alone=False)

    def _choose(self, household: str) -> None:
        stop = self.walk.plan.stop(household) if self.walk is not None and household else None
        if stop is not None and self.walk is not None:
            self.stop.show_stop(self.walk, stop)
        elif not household:
            self.stop.stop = None
        self._fit()

    def _open(self, household: str) -> None:
        self._choose(household)
        if not self._wide():
            self._stand(alone=True)
        self.stop.visit.setFocus()

    def _stand(self, *, alone: bool) -> None:
        self._alone = alone
        self._fit()

    def _wide(self) -> bool:
        return self.width() / theme.em(21.3) >= TWO_PANES

    def _fit(self) -> None:
        wide, some = self._wide(), self.stop.stop is not None
        self.stop.setVisible(some and (wide or self._alone))
        self.due.setVisible(wide or not (self._alone and some))
        self.tabs.setVisible(wide or not (self._alone and some))
        self.stop.stand_alone(not wide)
        self.primary_changed.emit()

    def _begin(self, household: str) -> None:
        stop = self.walk.plan.stop(household) if self.walk is not None else None
        self.begun.emit(household, stop.purpose if stop is not None else "")

    def _list(self, household: str, on: bool) -> None:
        act = day_plan.add if on else None

        def keep(desk: Desk, day: date) -> object:
            return act(desk, day, [household]) if act else day_plan.remove(desk, day, household)

        self._day(keep)
        notices.saved(self.tr("排到今天了。") if on else self.tr("从今天拿掉了。"))

    def _day(self, act: Callable[[Desk, date], object]) -> None:
        def keep(desk: Desk) -> Walk:
            act(desk, desk.today)
            return plan_views.walk(desk)

        self._run(keep, self._show)

    def _say_why(self, household: str, why: str, again_on: date | None, note: str) -> None:
        def keep(desk: Desk) -> Walk:
            rounds.say_why(desk, household, why, again_on=again_on, note=note)
            return plan_views.walk(desk)

        def kept(walk: Walk) -> None:
            self.stop.stop = None  # what was said is said: the card closes
            self._show(walk)
            notices.saved(self.tr("记下了。"))

        self._run(keep, kept)

    def _drop(self, task: VisitTask) -> None:
        def keep(desk: Desk) -> Walk:
            rounds.drop(desk, task)
            return plan_views.walk(desk)

        self._run(keep, self._show)

    def _print(self) -> None:
        if self.walk is not None:
            day = self.walk.today.isoformat()
            self.went.emit(
                "paper", {"document": "day plan", "subject": day, "back": ("visits", {"tab": TODAY})}
            )

    def _ask_cover(self) -> None:
        if self.walk is not None:
            self._cover(*self.cover.span(self.walk.today))

    def _cover(self, first: date, last: date) -> None:
        self._run(lambda desk: plan_views.covered(desk, first, last), self.cover.show_covered)

    def _plan_group(self, group: str) -> None:
        def done(many: int) -> None:
            notices.saved(self.tr("排进了 {n} 户。").format(n=many))
            self.refresh()

        self._run(lambda desk: rounds.plan_group(desk, group), done)

    def _words(self, due: int = 0, today: int = 0) -> list[tuple[str, str]]:
        named = ((DUE, self.tr("该去的"), due), (TODAY, self.tr("今天的单子"), today))
        tabs = [(key, f"{name} {count}" if count else name) for key, name, count in named]
        return [
            *tabs,
            (DRAFTS, self.tr("没写完的")),
            (DONE, self.tr("去过的")),
            (COVER, self.tr("去了多少")),
        ]

    _tab = DUE
