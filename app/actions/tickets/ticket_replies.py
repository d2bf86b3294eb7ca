"""The reply (回音): how the citizen was told, what she thinks of it, the slip in her hands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from app.actions.desk import Desk
from app.actions.tickets import follow_plan
from app.actions.tickets.ticket_steps import clock_of, get, move, tell
from app.actions.visits import visits
from app.domain.packs.follow_rule import After
from app.domain.problem import UserError
from app.domain.tickets.limits import Timed
from app.domain.tickets.ticket import Rating, ReplyMode, State, Ticket
from app.domain.tickets.ticket_map import RATED
from app.domain.tickets.ticket_terms import DIMENSIONS, FACES
from app.domain.visits.visit import Visit
from app.domain.workdays import china_day
from app.store.unit import Unit

OPENS_AGAIN = 2  # a rating this low or lower opens the matter again (差评整改, M-40)


@dataclass(frozen=True)
class Finer:
    """效率、水平、态度, asked after the first face: 5 best … 1 worst, 0 where nothing was pointed at."""

    speed: int = 0
    skill: int = 0
    manner: int = 0

    @property
    def words(self) -> str:
        """`办得快不快：满意。态度好不好：非常满意。`"""
        asked = {name: getattr(self, name) for name in DIMENSIONS}
        return "".join(f"{DIMENSIONS[name]}：{FACES[score]}。" for name, score in asked.items() if score)


def reply(
    desk: Desk,
    ticket: str,
    *,
    mode: ReplyMode,
    words: str,
    satisfaction: int | None = None,
    rated_by: str = "",
    finer: Finer = Finer(),
    visit: str = "",
    pays_on: date | None = None,
) -> Ticket:
    """The citizen has been told. A rating of 2 or 1 opens it again (M-40); otherwise it may be closed.

    `visit` is the one in which she was told; `pays_on` the day money is promised for, after which the
    worker calls to ask whether it came. Every rating is kept, also before the matter was opened again.
    """
    with desk.unit("ticket reply") as unit:
        found = get(desk, ticket)
        told = replace(
            found,
            replied_at=desk.now,
            reply_mode=mode,
            reply=words,
            reply_visit=visit,
            receipt_at=None,
            satisfaction=satisfaction,
            rated_by=rated_by,
        )
        if satisfaction or rated_by:
            told = replace(told, ratings=(*found.ratings, _rating(desk, told, finer)))
        told = move(desk, unit, told, State.REPLIED, "回了话", words)
        if pays_on is not None:
            follow_plan.plan(desk, unit, told, After.PAID, since=pays_on)
        return _rated(desk, unit, told, finer)


def rate(desk: Desk, unit: Unit, ticket: Ticket, score: int, *, rated_by: str, finer: Finer) -> Ticket:
    """What was asked after the reply, within `unit`: kept like a face pointed at when she was told."""
    told = replace(ticket, satisfaction=score, rated_by=rated_by)
    told = replace(told, ratings=(*ticket.ratings, _rating(desk, told, finer)))
    unit.save(told)
    return _rated(desk, unit, told, finer)


def visit_of_today(desk: Desk, ticket: str) -> str:
    """The visit of today to the household of `ticket` in which she was told; one not signed yet counts.

    Raises UserError when nobody has been there today.
    """
    home = get(desk, ticket).household
    begun = [one.visit for one in visits.drafts(desk) if one.household.id == home]
    reading, day = desk.store.reading, desk.today
    signed = reading.by_day(Visit, first=day, newest_first=True, household=home) if home else ()
    today = [one for one in (*begun, *signed) if china_day(one.started_at) == day]
    if not today:
        raise UserError("今天还没有去她家的走访。先开走访，或者选「当面」。", field="reply_mode")
    return today[0].id


def handed(desk: Desk, ticket: str) -> Ticket:
    """The slip is in the citizen's hands. Raises UserError before she was told anything."""
    found = get(desk, ticket)
    if not found.replied_at:
        raise UserError("还没回话，先记下怎么告诉的，再交回音单。", field="reply_mode")
    kept = replace(found, receipt_at=desk.now)
    with desk.unit("slip handed over") as unit:
        unit.save(kept)
        tell(desk, unit, kept, kept.state, "回音单交到手里", "")
    return kept


def _rating(desk: Desk, told: Ticket, finer: Finer) -> Rating:
    score = told.satisfaction or 0
    return Rating(desk.now, score, told.rated_by, finer.speed, finer.skill, finer.manner)


def _rated(desk: Desk, unit: Unit, told: Ticket, finer: Finer) -> Ticket:
    score = told.satisfaction
    if score is None:
        return told
    by = f"{told.rated_by}指的。" if told.rated_by else ""
    tell(desk, unit, told, told.state, f"{RATED}「{FACES[score]}」", f"{by}{finer.words}".rstrip("。"))
    if score > OPENS_AGAIN:
        return told
    due = clock_of(desk).ends(Timed.PUT_RIGHT, desk.today)
    again = replace(told, due_on=due, due_at=None, escalated="")
    return move(desk, unit, again, State.IN_PROGRESS, "不满意，重新办", told.reply)
