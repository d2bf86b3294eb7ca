"""Facts for a report from the store: columns of each kind it needs, joined with whose they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import partial
from typing import Any

from app.actions.desk import Desk
from app.actions.reports.entries import changes, clues, events, notices, publicity, rounds, seals
from app.actions.reports.stories import Story, stories
from app.actions.reports.whose import Roll, day_of
from app.actions.visits.plan import KEPT as PLAN
from app.domain.reports.catalogue import Spec
from app.domain.reports.facts import CallFact, Facts, TicketFact, VisitFact
from app.domain.reports.period import Period
from app.domain.workdays import china_day
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
Answers = dict[str, Any]


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
    return Facts(period, desk.today, names, causes, **found)


def _tickets(desk: Desk, roll: Roll, period: Period) -> tuple[TicketFact, ...]:
    rows = []
    between = desk.store.figures.between("ticket", "received_at", period.first, period.last, TICKET)
    for ticket, village, values in between:
        told = dict(zip(TICKET, values, strict=True))
        at = datetime.fromisoformat(told["received_at"])
        if told["number"] and (on := china_day(at)) in period:
            rows.append((ticket, village, told, at, on))
    told_of = stories(desk, [row[0] for row in rows])
    names = _receivers(desk, rows, told_of)
    return tuple(_ticket(roll, names, told_of.get(row[0], Story()), *row) for row in rows)


def _ticket(
    roll: Roll,
    names: Mapping[str, str],
    story: Story,
    ticket: str,
    village: str,
    told: Answers,
    at: datetime,
    on: date,
) -> TicketFact:
    person = told["subject"] or told["visitor"] or ""
    resolved = story.resolved_at
    return TicketFact(
        id=ticket,
        at=at,
        on=on,
        whose=roll.whose(village, told["household"] or "", person, on),
        receiver=names.get(told["received_by"], told["received_by"]),
        channel=told["channel"] or "come",
        items=tuple(told["items"] or ()),
        nature=told["nature"] or "reasonable",
        disposition=told["disposition"] or "",
        urgent=bool(told["urgent"]),
        state=told["state"],
        due_on=day_of(told["due_on"]),
        due_at=datetime.fromisoformat(told["due_at"]) if told["due_at"] else None,
        resolved_at=resolved,
        resolved_on=china_day(resolved) if resolved else None,
        replied=bool(told["replied_at"]),
        touched_at=story.touched_at,
        handed_to=told["handed_to"] or "",
        handed_at=story.handed_at,
        taken_at=story.taken_at,
        bounced=story.bounced,
        trips=tuple((date.fromisoformat(trip["on"]), trip.get("cause", "")) for trip in told["trips"] or ()),
        **_felt(told),
    )


def _felt(told: Answers) -> Answers:
    """How it was taken. A rating that opened the matter again still counts until there is a later one."""
    last = (told["ratings"] or [{}])[-1]
    rating, by = told["satisfaction"], told["rated_by"] or ""
    if rating is None and last.get("score"):
        rating, by = last["score"], last.get("by", "")
    said = told["explanation"] or {}
    return {
        "rating": rating,
        "rated_by": by,
        "explained": bool(said),
        "accepted": said.get("accept_level", ""),
        "rights_told": bool(said.get("right_notice")),
        "confirmed": bool(told["confirmed_by"]),
    }


def _receivers(desk: Desk, rows: list[Any], told_of: Mapping[str, Story]) -> dict[str, str]:
    # A ticket carries the id of its first receiver; the line that registered it has the name.
    found = {
        told["received_by"]: told_of[one].registered_by for one, _v, told, _a, _o in rows if one in told_of
    }
    return {**{worker: name for worker, name in found.items() if name}, desk.worker: desk.worker_name}


def _visits(desk: Desk, roll: Roll, period: Period) -> tuple[VisitFact, ...]:
    found = {}
    amended = set()
    for visit, village, values in desk.store.figures.between(
        "visit", "started_at", period.first, period.last, VISIT
    ):
        told = dict(zip(VISIT, values, strict=True))
        on = china_day(datetime.fromisoformat(told["started_at"]))
        if told["amends"]:
            amended.add(told["amends"])
        if told["state"] == "signed" and on in period:
            found[visit] = _visit(desk, roll, visit, village, told, on)
    return tuple(fact for visit, fact in found.items() if visit not in amended)


def _visit(desk: Desk, roll: Roll, visit: str, village: str, told: Answers, on: date) -> VisitFact:
    workers = tuple(desk.worker_name if one == desk.worker else one for one in told["visitors"] or ())
    return VisitFact(
        id=visit,
        on=on,
        whose=roll.whose(village, told["household"], told["respondent"] or "", on),
        purpose=told["purpose"] or "",
        origin=told["origin"] or "self",
        met=told["met"] or "",
        workers=workers,
        respondent=told["respondent"] or "",
        explained=tuple(told["answers.explained"] or ()),
        materials=tuple(_material(one) for one in told["answers.materials_given"] or ()),
        conclusion=told["answers.conclusion"] or "",
        review=told["answers.review_result"] or "",
        gift_yuan=int(told["answers.gift_money"] or 0),
    )


def _material(given: Any) -> tuple[str, int]:
    if isinstance(given, dict):
        return str(given.get("what", "")), int(given.get("copies") or 1)
    return str(given), 1


def _calls(desk: Desk, roll: Roll, period: Period) -> tuple[CallFact, ...]:
    found = []
    for call, village, values in desk.store.figures.between(
        "followup", "due_on", period.first, period.last, CALL
    ):
        told = dict(zip(CALL, values, strict=True))
        on = date.fromisoformat(told["due_on"])
        if on in period:
            done = told["done_at"]
            found.append(
                CallFact(
                    id=call,
                    on=on,
                    whose=roll.whose(village, told["household"] or "", told["person"] or "", on),
                    done_on=china_day(datetime.fromisoformat(done)) if done else None,
                    channel=told["channel"] or "",
                    unanswered=told["unanswered"] or 0,
                )
            )
    return tuple(found)


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
