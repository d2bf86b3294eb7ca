"""Visits of ten years: those on the register each month, others as it comes, signed with what they said."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from app.domain.people.household import Household
from app.domain.people.person import Person
from app.domain.visits.visit import Met, Visit
from demo.village.cast import Cast
from demo.village.rounds import ON_THE_LIST
from demo.village.years import shares

MONTHS = 120
ABSENT, REFUSED = 0.07, 0.01
PURPOSES = shares.shares("VP09:40 VP10:20 VP12:15 VP14:10 VP13:8 VP17:5 VP16:2")
Told = Callable[[Person, Visit], dict[str, Any]]


class Rounds:
    """Goes to households day by day; answers are filled as a worker fills them who has little time."""

    def __init__(
        self, cast: Cast, rng: random.Random, worker: tuple[str, str], new_id: Callable[..., str]
    ) -> None:
        self.cast, self.rng, self.new_id = cast, rng, new_id
        self.worker, self.worker_name = worker
        self._monthly = cast.of_class(*ON_THE_LIST)
        known = {home.id for home in self._monthly}
        self._others = sorted(
            (one for one in cast.homes.values() if one.id not in known), key=lambda one: one.id
        )

    def plan(self, on: date, count: int) -> Iterator[tuple[Household, date, bool]]:
        """`count` households with their days, oldest first, ending on the day before `on`."""
        each = count / MONTHS
        for month in range(MONTHS, 0, -1):
            first = on - timedelta(days=month * 365 // 12)
            wanted = round((MONTHS - month + 1) * each) - round((MONTHS - month) * each)
            listed = self.rng.sample(self._monthly, min(len(self._monthly), wanted * 2 // 3))
            homes = listed + self.rng.choices(self._others, k=wanted - len(listed))
            days = sorted(self.rng.randrange(30) for _ in homes)
            for number, (home, day) in enumerate(zip(homes, days, strict=True)):
                yield home, first + timedelta(days=day), number < len(listed)

    def go(self, home: Household, day: date, *, listed: bool, told: Told) -> Visit:
        """One visit, signed. `told(who, visit)` adds answers when somebody was at home."""
        rng = self.rng
        purpose = ("VP11" if "TK" in home.classes else "VP01") if listed else shares.one_of(rng, PURPOSES)
        at = shares.moment(rng, day)
        visit = Visit(
            id=self.new_id(at),
            village=home.village,
            household=home.id,
            visitors=(self.worker,),
            started_at=at,
            purpose=purpose,
            origin="plan" if listed else "self",
        )
        who, chance = self.cast.at_home(home), rng.random()
        if who is None or chance < ABSENT:
            visit = replace(visit, met=Met.ABSENT, again_on=(day + timedelta(days=7)).isoformat())
        elif chance < ABSENT + REFUSED:
            visit = replace(visit, met=Met.REFUSED, answers={"door_words": "隔着门讲不用来看。"})
        else:
            visit = self._at_home(visit, home, who, told)
        return visit.finish(at + timedelta(minutes=rng.randrange(10, 60)))

    def _at_home(self, visit: Visit, home: Household, who: Person, told: Told) -> Visit:
        answers = {**self._answers(home, who, visit.purpose), **told(who, visit)}
        names = (who.name, self.worker_name)
        answers["strokes"] = {name: self._strokes() for name in names}
        answers["signing"] = dict.fromkeys(names, "pad")
        return replace(visit, met=Met.HOME, respondent=who.id, answers=answers, signatures=names)

    def _answers(self, home: Household, who: Person, purpose: str) -> dict[str, Any]:
        rng, members = self.rng, self.cast.members(home)
        found: dict[str, Any] = {
            "members": {one.id: ["same"] for one in members},
            "newcomers": "none",
            "mood": rng.choices(("fine", "low", "odd"), (90, 9, 1))[0],
            "benefits_seen": "ok",
            "hazards": [rng.choices(("none", "fall", "wire", "leak", "fire"), (80, 8, 5, 5, 2))[0]],
            "living": ["none"],
            "health": {one.id: [rng.choice(("well", "chronic"))] for one in members},
            "house_type": "wood",
        }
        if rng.random() < 0.25:  # an income older than a year is asked anew, not at every visit
            for name, most in (
                ("wage", 30_000),
                ("farm_crop", 9_000),
                ("pension", 3_000),
                ("medical_self", 8_000),
            ):
                found[name] = {
                    "fen": rng.randrange(most // 10, most) * 100,
                    "kind": rng.choice(("told", "slip")),
                }
        if rng.random() < 0.3:
            found["needs"] = rng.sample(("living", "medicine", "house", "school", "papers"), 2)
            found["explained"] = rng.sample(("LS", "DB", "GL", "CS", "YJ"), 2)
        if "TK" in home.classes:
            found |= {"alive": {who.id: "met"}, "care_quality": "good", "care_person": "组里安排的邻居"}
        return found

    def _strokes(self) -> str:
        """As a pen leaves them on the pad: eight to sixteen strokes of a name, in its units."""
        rng, strokes = self.rng, []
        for _ in range(rng.randrange(8, 16)):
            x, y = rng.randrange(40, 700), rng.randrange(30, 200)
            strokes.append(
                [[x + step * rng.randrange(1, 9), y + step * rng.randrange(5)] for step in range(8)]
            )
        return json.dumps({"w": 760, "h": 220, "strokes": strokes}, separators=(",", ":"))
