"""The rounds of the last two months: every registered household last month, two in three this month."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from app.domain.people.household import Household
from app.domain.people.person import Person
from app.domain.visits.visit import Met, Visit
from app.forms import visit_form
from demo.village.cast import Cast

ON_THE_LIST = ("DB", "TK", "BY", "JC")  # the households due a visit every month
DONE_THIS_MONTH = 41
SHUT_DOOR = ("唐水生", "")
PRINTS_HER_THUMB = "龚玉兰"
CUT_OFF = "田国富"


class Days(Protocol):
    """Counts moments from the village's day."""

    @property
    def on(self) -> date: ...
    def at(self, days: int, clock: str) -> datetime: ...


def rounds(
    cast: Cast, days: Days, worker: tuple[str, str], new_id: Callable[[datetime], str]
) -> tuple[tuple[Visit, ...], dict[int, str]]:
    """Signed visits, oldest first, and the edge cases among them by number."""
    maker = _Maker(cast, days, worker, new_id)
    homes = cast.of_class(*ON_THE_LIST)
    order = random.Random(days.on.toordinal()).sample(homes, len(homes))
    first = days.on.day - 1  # days since the first of this month
    for number, home in enumerate(order):
        maker.monthly(home, -first - 1 - number * 26 // max(len(order), 1), number)
    for number, home in enumerate(order[:DONE_THIS_MONTH] if first else []):
        maker.monthly(home, -1 - number * first // DONE_THIS_MONTH, number)
    scenarios = maker.happenings()
    return tuple(sorted(maker.visits, key=lambda visit: visit.started_at)), scenarios


def unfinished(
    cast: Cast, days: Days, worker: tuple[str, str], new_id: Callable[[datetime], str]
) -> Visit | None:
    """㉙ The visit that a power failure cut off at its fourth step: kept to the last field, never signed."""
    who = cast.find(CUT_OFF)
    if who is None:
        return None
    others = [one.id for one in cast.members(cast.home(who))]
    answers: dict[str, Any] = {"members": {key: ["same"] for key in others}, "newcomers": "none"}
    answers |= {"wage": _money(1_200_000), "farm_crop": _money(420_000), "house_type": "wood"}
    visit = _Maker(cast, days, worker, new_id).draft(cast.home(who), days.at(-1, "16:05"), "VP09")
    return replace(visit, met=Met.HOME, respondent=who.id, answers=answers)


class _Maker:
    def __init__(
        self, cast: Cast, days: Days, worker: tuple[str, str], new_id: Callable[[datetime], str]
    ) -> None:
        self.cast, self.days, self.new_id = cast, days, new_id
        self.worker, self.worker_name = worker
        self.visits: list[Visit] = []

    def draft(self, home: Household, at: datetime, purpose: str) -> Visit:
        return Visit(
            id=self.new_id(at),
            village=home.village,
            household=home.id,
            purpose=purpose,
            visitors=(self.worker,),
            started_at=at,
            origin="plan",
        )

    def monthly(self, home: Household, day: int, number: int) -> Visit:
        """One visit of the monthly round; nobody at home is an answer too."""
        at = self.days.at(day, f"{9 + number % 8}:{number * 7 % 60:02d}")
        purpose = "VP11" if "TK" in home.classes else "VP01"
        visit = self.draft(home, at, purpose)
        who = self.cast.at_home(home)
        if who is None:
            again = at.date() + timedelta(days=7)
            return self._keep(replace(visit, met=Met.ABSENT, again_on=again.isoformat()))
        return self._signed(visit, who, self._answers(home, who, number), f"{who.name}")

    def happenings(self) -> dict[int, str]:
        """㉓ a door that stays shut, ㉕ a thumb print, and 李桂英's sums of last quarter."""
        found: dict[int, str] = {}
        if who := self.cast.find(*SHUT_DOOR):
            visit = self.draft(self.cast.home(who), self.days.at(-10, "10:10"), "VP09")
            words = {"door_words": "隔着门讲不用来看，没让进。"}
            found[23] = self._keep(replace(visit, met=Met.REFUSED, answers=words)).id
        if who := self.cast.find(PRINTS_HER_THUMB):
            visit = self.draft(self.cast.home(who), self.days.at(-13, "14:20"), "VP10")
            found[25] = self._signed(visit, who, {"mood": "fine"}, f"{who.name}（手印）").id
        if who := self.cast.find("李桂英", "茶园组 9号"):
            visit = self.draft(self.cast.home(who), self.days.at(-100, "15:00"), "VP01")
            sums = {"wage": _money(1_100_000), "farm_crop": _money(860_000), "pension_basic": _money(168_000)}
            self._signed(visit, who, sums, who.name)
        return found

    def _answers(self, home: Household, who: Person, number: int) -> dict[str, Any]:
        answers: dict[str, Any] = {
            "members": {one.id: ["same"] for one in self.cast.members(home)},
            "newcomers": "none",
            "mood": ("fine", "fine", "fine", "low")[number % 4],
            "hazards": [("none", "none", "fall", "wire", "leak")[number % 5]],
        }
        if "TK" in home.classes:
            answers |= {"alive": {who.id: "met"}, "care_quality": "good", "care_person": "组里安排的邻居"}
        return answers

    def _signed(self, visit: Visit, who: Person, answers: dict[str, Any], signature: str) -> Visit:
        names = (signature, self.worker_name)
        answers = {"income_changed": "more" if "wage" in answers else "same", **answers}
        answers["edition"] = visit_form().edition
        return self._keep(replace(visit, met=Met.HOME, respondent=who.id, answers=answers, signatures=names))

    def _keep(self, visit: Visit) -> Visit:
        signed = visit.finish(visit.started_at + timedelta(minutes=35))
        self.visits.append(signed)
        return signed


def _money(fen: int) -> dict[str, Any]:
    return {"fen": fen, "kind": "told"}
