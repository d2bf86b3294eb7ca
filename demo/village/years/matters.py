"""Tickets of ten years, each told step by step through the domain's own moves to its end."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from app.domain.people.person import Person
from app.domain.tickets.ticket import Disposition, ReplyMode, State, Ticket, Trip
from app.domain.workdays import WorkCalendar, add_workdays
from demo.village.telling import Teller
from demo.village.years import shares

LIMITS = {
    Disposition.INSTANT: 0,
    Disposition.TRANSFER: 5,
    Disposition.DELIBERATION: 10,
    Disposition.EXPLAIN: 1,
}
Check = Callable[[date], bool]


class Matters:
    """Tells matters with a `teller`; those that came less than 40 days before `on` may still be open."""

    def __init__(self, teller: Teller, rng: random.Random, on: date, calendar: WorkCalendar) -> None:
        self.teller, self.rng, self.on, self.calendar = teller, rng, on, calendar

    def tell(self, who: Person, at: datetime, channel: str, visit: str | None = None) -> Ticket:
        """One matter of `who`, from the moment it is received."""
        rng, item = self.rng, shares.one_of(self.rng, shares.ITEMS)
        words = rng.choice(shares.WORDS[item])
        code = "" if item in ("ask", "other") else item
        nature = shares.one_of(rng, shares.NATURES)
        urgent = item == "LS" and rng.random() < 0.15
        facts: dict[str, Any] = {"channel": channel, "nature": nature, "urgent": urgent, "visit": visit}
        ticket = self.teller.register(who, at, words, code, **facts)
        self._trips(ticket, at, channel)
        way = Disposition(shares.one_of(rng, shares.WAYS))
        if nature != "reasonable" or item == "ask":
            way = Disposition.EXPLAIN
        self._go(ticket, way, at + timedelta(minutes=rng.randrange(3, 40)), who, urgent=urgent)
        return self.teller.tickets[ticket]

    def _go(self, ticket: str, way: Disposition, at: datetime, who: Person, *, urgent: bool) -> None:
        rng, t = self.rng, self.teller
        if self._stops(at, 0.05):
            return
        due = add_workdays(self.calendar, at.date(), 0 if urgent else LIMITS[way]).day
        to = rng.choice(shares.PLACES) if way is Disposition.TRANSFER else shares.PLACES[0]
        t.decide(ticket, way, at, due, to if way in (Disposition.TRANSFER, Disposition.DELIBERATION) else "")
        if rng.random() < shares.WITHDRAWN:
            t.move(ticket, State.WITHDRAWN, self._later(at, 3), "不办了", "她讲不办了。")
            return
        at = self._under_way(ticket, way, at)
        if at is None or self._stops(at, 0.3):
            return
        result = rng.choice(shares.RESULTS)
        at = self._later(at, 2 if way in (Disposition.INSTANT, Disposition.EXPLAIN) else 12)
        if at.date() >= self.on:
            return
        t.resolve(ticket, at, result)
        self._answered(ticket, self._later(at, 2), result, who)

    def _under_way(self, ticket: str, way: Disposition, at: datetime) -> datetime | None:
        """Accepted, and perhaps waiting for somebody; None when it still does."""
        rng, t = self.rng, self.teller
        if way is Disposition.EXPLAIN:
            return at
        if way is not Disposition.INSTANT:
            at = self._later(at, 2)
            if self._stops(at, 0.4):
                return None
            t.accepted(ticket, at, "对方已收。我还要跟到底。")
        if rng.random() < (0.06 if way is Disposition.INSTANT else 0.3):
            external = rng.random() < 0.3
            at = self._later(at, 3)
            what = rng.choice(shares.OUTSIDE if external else shares.WAITS)
            t.waits(ticket, at, what, external=external)
            if self._stops(at, 0.6):
                return None
            at = self._later(at, 15 if external else 6)
            t.move(ticket, State.IN_PROGRESS, at, "接着办", waiting_for="")
        return at

    def _answered(self, ticket: str, at: datetime, result: str, who: Person) -> None:
        if at.date() >= self.on or self._stops(at, 0.3):
            return
        t, rating = self.teller, int(shares.one_of(self.rng, shares.RATINGS))
        if rating <= 2:  # opened again (M-40), put right, told once more
            facts: dict[str, Any] = {"replied_at": at, "reply_mode": ReplyMode.PHONE, "reply": result}
            t.move(ticket, State.REPLIED, at, "回了话", result, satisfaction=rating, rated_by="self", **facts)
            t.move(ticket, State.IN_PROGRESS, at, "不满意，重新办", "")
            at, result = self._later(at, 9), "重新办好了，上门讲清楚了。"
            if at.date() >= self.on:
                return
            t.resolve(ticket, at, result)
            rating = 4
        t.finish(ticket, at, result, rating)
        due = at.date() + timedelta(days=7)
        t.call_back(who, at, due, "办完了，问落实了没有", ticket)
        if due < self.on:
            done = datetime.combine(due, at.timetz()) + timedelta(minutes=7)
            last = t.followups[-1]
            t.followups[-1] = replace(last, done_at=done, channel="phone", outcome="到账了，都好。")

    def _trips(self, ticket: str, at: datetime, channel: str) -> None:
        rng, twice = self.rng, self.rng.random() < shares.SECOND_TRIPS
        if not twice and channel != "come":
            return
        where = rng.choice(shares.PLACES)
        trips = [Trip(at.date(), where, "缺材料" if twice else "办成了")]
        if twice:
            again = at.date() + timedelta(days=rng.randrange(1, 9))
            trips.append(Trip(again, where, "办成了", shares.one_of(rng, shares.CAUSES)))
        self.teller.change(ticket, trips=tuple(trips))

    def _stops(self, at: datetime, chance: float) -> bool:
        """Whether it goes no further today: only of what came lately."""
        return (self.on - at.date()).days < shares.STILL_OPEN_DAYS and self.rng.random() < chance

    def _later(self, at: datetime, most_days: int) -> datetime:
        return at + timedelta(days=self.rng.randrange(most_days + 1), minutes=self.rng.randrange(5, 50))
