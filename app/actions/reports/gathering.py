"""Facts for a report from the store: columns of each kind it needs, joined with whose they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import lru_cache, partial
from typing import Any

from app.actions.desk import Desk
from app.actions.reports.entries import changes, clues, events, notices, publicity, rounds, seals
from app.actions.reports.stories import Story, stories
from app.actions.reports.whose import Roll, day_of
from app.actions.visits.plan import KEPT as PLAN
from app.domain.reports.catalogue import Spec
from app.domain.reports.facts import URGENT_HOURS, CallFact, Facts, TicketFact, VisitFact
from app.domain.reports.period import Period
from app.domain.tickets.followup import OFF
from app.domain.tickets.limits import Timed, in_force
from app.domain.workdays import china_day, china_day_of
from app.store.figures import Row, listed
from app.store.remembered import Same

TICKET = (
    "received_at", "received_by", "channel", "state", "household", "visitor", "subject", "items", "nature",
    "disposition", "urgent", "due_on", "handed_to", "replied_at", "satisfaction", "rated_by", "trips",
    "number", "explanation", "confirmed_by", "ratings", "due_at",
)  # fmt: skip
VISIT = (
    "started_at", "household", "purpose", "origin", "state", "met", "visitors", "respondent", "amends",
    "answers.explained", "answers.materials_given", "answers.conclusion", "answers.review_result",
    "answers.gift_money",
)  # fmt: skip
CALL = ("due_on", "household", "person", "done_at", "channel", "unanswered")
RECEIVED_AT, RECEIVED_BY, NUMBER = (2 + TICKET.index(one) for one in ("received_at", "received_by", "number"))
AMENDS = 2 + VISIT.index("amends")
UNTOLD = Story()


def gather(desk: Desk, spec: Spec, period: Period) -> Facts:
    """What `spec` needs to know of `period`.

    The facts of a kind are kept until a record they come from is written: one report after the other over the
    same days asks the store once.
    """
    who = (desk.village, desk.worker, desk.worker_name)
    roll, question = Roll(desk), (who, period, desk.today, Same(desk.pack))

    def known(kind: str) -> tuple[Any, ...]:
        sources = (*PLAN, *COMES_FROM.get(kind, ()))
        work = partial(GATHERERS[kind], desk, roll, period)
        return desk.store.remembered.ask(f"facts of {kind}", question, sources, work)

    found = {kind: known(kind) for kind in spec.needs if kind in GATHERERS}
    names = {item.code: item.name for item in desk.pack.items()}
    causes = {cause.code: cause.short or cause.cause for cause in desk.pack.trip_causes}
    return Facts(period, desk.today, names, causes, _urgent_hours(desk), **found)


def _urgent_hours(desk: Desk) -> tuple[int, int]:
    """The county's hours for urgent matters, a day counted as 24."""

    def hours(what: Timed, usual: int) -> int:
        limit = in_force(desk.pack.limits, what, desk.village, desk.today)
        if limit is None:
            return usual
        return limit.count if limit.unit == "hour" else limit.count * 24

    first, last = URGENT_HOURS
    return hours(Timed.URGENT_FIRST, first), hours(Timed.URGENT_RESULT, last)


def _tickets(desk: Desk, roll: Roll, period: Period) -> tuple[TicketFact, ...]:
    between = desk.store.figures.between("ticket", "received_at", period.first, period.last, TICKET)
    rows = [row for row in between if row[NUMBER] and china_day_of(row[RECEIVED_AT]) in period]
    told_of = stories(desk, [row[0] for row in rows])
    names = _receivers(desk, rows, told_of)
    return tuple(_ticket(roll, names, told_of.get(row[0], UNTOLD), row) for row in rows)


def _ticket(roll: Roll, names: Mapping[str, str], story: Story, row: Row) -> TicketFact:
    (
        ticket, village, received_at, received_by, channel, state, household, visitor, subject, items,
        nature, disposition, urgent, due_on, handed_to, replied_at, satisfaction, rated_by, trips, _number,
        explanation, confirmed_by, ratings, due_at,
    ) = row  # fmt: skip
    on, resolved = china_day_of(received_at), story.resolved_at
    said = listed(explanation) or {}
    rating, by = _rated(satisfaction, rated_by or "", ratings)
    return TicketFact(
        id=ticket,
        at=datetime.fromisoformat(received_at),
        on=on,
        whose=roll.whose(village, household or "", subject or visitor or "", on),
        receiver=names.get(received_by, received_by),
        channel=channel or "come",
        items=_words(items),
        nature=nature or "reasonable",
        disposition=disposition or "",
        urgent=bool(urgent),
        state=state,
        due_on=day_of(due_on),
        due_at=datetime.fromisoformat(due_at) if due_at else None,
        resolved_at=resolved,
        resolved_on=china_day(resolved) if resolved else None,
        replied=bool(replied_at),
        touched_at=story.touched_at,
        handed_to=handed_to or "",
        handed_at=story.handed_at,
        taken_at=story.taken_at,
        bounced=story.bounced,
        trips=tuple((date.fromisoformat(trip["on"]), trip.get("cause", "")) for trip in listed(trips)),
        rating=rating,
        rated_by=by,
        explained=bool(said),
        accepted=said.get("accept_level", ""),
        rights_told=bool(said.get("right_notice")),
        confirmed=bool(confirmed_by),
    )


def _rated(rating: int | None, by: str, ratings: str | None) -> tuple[int | None, str]:
    """How it was taken. A rating that opened the matter again still counts until there is a later one."""
    if rating is None and ratings:
        last = listed(ratings)[-1]
        if last.get("score"):
            return last["score"], last.get("by", "")
    return rating, by


def _receivers(desk: Desk, rows: list[Row], told_of: Mapping[str, Story]) -> dict[str, str]:
    # A ticket carries the id of its first receiver; the line that registered it has the name.
    found = {row[RECEIVED_BY]: told_of[row[0]].registered_by for row in rows if row[0] in told_of}
    return {**{worker: name for worker, name in found.items() if name}, desk.worker: desk.worker_name}


def _visits(desk: Desk, roll: Roll, period: Period) -> tuple[VisitFact, ...]:
    rows = desk.store.figures.between("visit", "started_at", period.first, period.last, VISIT)
    amended = {row[AMENDS] for row in rows}
    workers = {desk.worker: desk.worker_name}
    return tuple(
        VisitFact(
            visit, on, roll.home(village, household, respondent or ""), purpose or "", origin or "self",
            met or "", _workers(visitors, workers), respondent or "", _words(explained),
            _materials(materials), conclusion or "", review or "", int(gift or 0),
        )
        for (
            visit, village, started_at, household, purpose, origin, state, met, visitors, respondent, _amends,
            explained, materials, conclusion, review, gift,
        ) in rows
        if state == "signed" and visit not in amended and (on := china_day_of(started_at)) in period
    )  # fmt: skip


def _words(told: str | None) -> tuple[str, ...]:
    return _tuple(told) if told else ()


@lru_cache(maxsize=4096)
def _tuple(told: str) -> tuple[str, ...]:
    return tuple(listed(told))


def _workers(visitors: str | None, names: Mapping[str, str]) -> tuple[str, ...]:
    return tuple([names.get(one, one) for one in _words(visitors)])


def _materials(told: str | None) -> tuple[tuple[str, int], ...]:
    return tuple(_material(one) for one in listed(told))


def _material(given: Any) -> tuple[str, int]:
    if isinstance(given, dict):
        return str(given.get("what", "")), int(given.get("copies") or 1)
    return str(given), 1


def _calls(desk: Desk, roll: Roll, period: Period) -> tuple[CallFact, ...]:
    rows = desk.store.figures.between("followup", "due_on", period.first, period.last, CALL)
    return tuple(
        CallFact(
            id=call,
            on=on,
            whose=roll.whose(village, household or "", person or "", on),
            done_on=china_day_of(done_at) if done_at else None,
            channel=channel or "",
            unanswered=unanswered or 0,
        )
        for call, village, due_on, household, person, done_at, channel, unanswered in rows
        if (on := date.fromisoformat(due_on)) in period and channel != OFF
    )


# Beside what the plan of visits is made of: households, people, visits and what was said of them.
COMES_FROM: Mapping[str, tuple[str, ...]] = {
    "tickets": ("ticket", "ticket_event"),
    "calls": ("followup",),
    "publicity": ("publicity",),
    "events": ("event",),
    "notices": ("public_notice",),
    "seals": ("seal_log",),
    "changes": ("benefit_change",),
}
GATHERERS: Mapping[str, Callable[[Desk, Roll, Period], tuple[Any, ...]]] = {
    "tickets": _tickets,
    "visits": _visits,
    "calls": _calls,
    "clues": clues,
    "publicity": publicity,
    "events": events,
    "notices": notices,
    "seals": seals,
    "changes": changes,
    "rounds": rounds,
    "homes": lambda _desk, roll, _period: roll.living(),
}
