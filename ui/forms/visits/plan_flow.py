"""What the worker tells the plan on its views: kept by the store, and the plan shown anew."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.actions import form_drafts
from app.actions.desk import Desk
from app.actions.form_drafts import ROUND
from app.actions.visits import day_plan, pairings, plan_views, rounds
from app.actions.visits.plan_views import Walk
from app.domain.visits.task import VisitTask
from ui import notices
from ui.forms.holding import Holding
from ui.forms.visits.cover_view import CoverView
from ui.forms.visits.day_view import DayView
from ui.forms.visits.plan_stop import PlanStop

Run = Callable[[Callable[[Desk], Any], Callable[[Any], None]], None]


class PlanFlow(QObject):
    """`walked(Walk)` when the plan was asked for or changed; `said` when what was said of a household was
    kept. `run` does store work for the page."""

    walked = Signal(object)
    said = Signal()

    def __init__(self, run: Run, stop: PlanStop, day: DayView, cover: CoverView) -> None:
        super().__init__(cover)
        self._run, self._cover = run, cover
        self._today = date.min
        self._stop = stop
        self.holding = Holding(stop, lambda work: run(work, lambda _: None), ROUND, stop.answers)
        stop.touched.connect(self.holding.touch)
        stop.shown.connect(self._begin)
        stop.listed.connect(self._list)
        stop.said.connect(self._say_why)
        stop.dropped.connect(self._drop)
        stop.paired.connect(self._pair)
        stop.happened.connect(self._happened)
        day.moved.connect(lambda home, by: self._keep(lambda desk: day_plan.move(desk, desk.today, home, by)))
        day.removed.connect(lambda home: self._keep(lambda desk: day_plan.remove(desk, desk.today, home)))
        day.sorted_asked.connect(lambda: self._keep(lambda desk: day_plan.by_hamlet(desk, desk.today)))
        day.proposed_asked.connect(lambda: self._keep(lambda desk: day_plan.forget(desk, desk.today)))
        cover.asked.connect(self.ask_cover)
        cover.planned.connect(self._plan_group)

    def ask(self) -> None:
        """The plan as it is now."""
        self._run(plan_views.walk, self._walked)

    def ask_cover(self, first: date | None = None, last: date | None = None) -> None:
        """The coverage between two days, or of what is chosen there."""
        if self._today is date.min:
            return
        begin, end = self._cover.span(self._today)
        self._run(
            lambda desk: plan_views.covered(desk, first or begin, last or end), self._cover.show_covered
        )

    def _begin(self, household: str) -> None:
        """Another household is looked at: what was begun of it once stands there again."""
        self.holding.end()

        def held(kept: Mapping[str, str]) -> None:
            if self._stop.household == household:
                self._stop.take_up(kept)
                self.holding.begin(household, kept)

        self._run(lambda desk: form_drafts.held(desk, ROUND, household), held)

    def _walked(self, walk: Walk) -> None:
        self._today = walk.today
        self.walked.emit(walk)

    def _keep(self, act: Callable[[Desk], object], done: Callable[[], None] | None = None) -> None:
        def keep(desk: Desk) -> Walk:
            act(desk)
            return plan_views.walk(desk)

        def kept(walk: Walk) -> None:
            if done is not None:
                done()
            self._walked(walk)

        self._run(keep, kept)

    def _list(self, household: str, on: bool) -> None:
        words = self.tr("排到今天了。") if on else self.tr("从今天拿掉了。")
        if on:
            self._keep(lambda desk: day_plan.add(desk, desk.today, [household]), lambda: notices.saved(words))
        else:
            self._keep(
                lambda desk: day_plan.remove(desk, desk.today, household), lambda: notices.saved(words)
            )

    def _say_why(self, household: str, why: str, again_on: date | None, note: str) -> None:
        def say(desk: Desk) -> None:
            rounds.say_why(desk, household, why, again_on=again_on, note=note)

        self._put_down(household, say, self.tr("记下了。"))

    def _put_down(self, household: str, act: Callable[[Desk], object], words: str) -> None:
        """It is a record now: nothing of what was typed is kept besides."""

        def keep(desk: Desk) -> None:
            act(desk)
            form_drafts.release(desk, ROUND, household)

        def done() -> None:
            self.holding.end()
            self.said.emit()
            notices.saved(words)

        self._keep(keep, done)

    def _happened(self, household: str, purpose: str, why: str) -> None:
        def plan(desk: Desk) -> None:
            rounds.something_happened(desk, household, purpose, why)

        self._put_down(household, plan, self.tr("排进走访了。"))

    def _drop(self, task: VisitTask) -> None:
        self._keep(lambda desk: rounds.drop(desk, task))

    def _pair(self, household: str, helper: str, unit: str, phone: str) -> None:
        def pair(desk: Desk) -> None:
            pairings.pair(desk, household, helper, unit_name=unit, phone=phone)

        self._put_down(household, pair, self.tr("记下帮扶人了。"))

    def _plan_group(self, group: str) -> None:
        def done(many: int) -> None:
            notices.saved(self.tr("排进了 {n} 户。").format(n=many))
            self.ask()
            self.ask_cover()

        self._run(lambda desk: rounds.plan_group(desk, group), done)
