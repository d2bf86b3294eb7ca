"""The worker's list for one day (今天的单子): whom to see in which order, kept with every touch.

It is a record, so that it stands on each of her computers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.actions.desk import Desk
from app.actions.visits import stop_words
from app.actions.visits.families import Family
from app.actions.visits.plan import Plan, plan
from app.documents.visits.day_sheet import render
from app.domain.problem import UserError
from app.domain.roles import Right
from app.domain.tickets.followup import FollowUp
from app.domain.tickets.ticket import ENDED, Ticket
from app.domain.visits.day_list import DayList, list_id
from app.domain.visits.day_order import along_the_way, moved, proposed
from app.domain.visits.day_sheet import DaySheet, SheetStop
from app.domain.visits.plan import Stop

KIND = "day plan"
SHEET = "走访单"


@dataclass(frozen=True)
class DayPlan:
    """`order` are households as she walks. `own`: she has put it in order herself, else it is a proposal.

    `done` are those seen on that day already.
    """

    day: date
    order: tuple[str, ...]
    own: bool
    done: frozenset[str] = frozenset()


def day_plan(desk: Desk, day: date) -> DayPlan:
    """The list of `day`: as it was kept, or what the plan proposes."""
    walk, kept = plan(desk), _kept(desk, day)
    homes = {key: one.household for key, one in walk.families.items()}
    seen = walk.seen_on(day)
    if kept is None:
        return DayPlan(day, proposed(walk.stops, homes, day), own=False, done=seen)
    order = tuple(one for one in kept if one in homes)
    return DayPlan(day, order, own=True, done=seen)


def keep(desk: Desk, day: date, order: Sequence[str]) -> DayPlan:
    """Save the order, durably."""
    return _save(desk, day, tuple(dict.fromkeys(order)), proposed=False)


def add(desk: Desk, day: date, households: Sequence[str]) -> DayPlan:
    """Put them on the list of `day`, each beside its neighbours."""
    homes = {key: one.household for key, one in plan(desk).families.items()}
    order = list(day_plan(desk, day).order)
    for household in households:
        if household in order or household not in homes:
            continue
        group = homes[household].group
        near = [place for place, one in enumerate(order) if homes[one].group == group]
        order.insert(near[-1] + 1 if near else len(order), household)
    return keep(desk, day, order)


def remove(desk: Desk, day: date, household: str) -> DayPlan:
    """Take it off the list of `day`."""
    return keep(desk, day, [one for one in day_plan(desk, day).order if one != household])


def move(desk: Desk, day: date, household: str, by: int) -> DayPlan:
    """Earlier (below 0) or later on the walk."""
    return keep(desk, day, moved(day_plan(desk, day).order, household, by))


def by_hamlet(desk: Desk, day: date) -> DayPlan:
    """In the order of the hamlets again."""
    homes = {key: one.household for key, one in plan(desk).families.items()}
    return keep(desk, day, along_the_way(day_plan(desk, day).order, homes))


def forget(desk: Desk, day: date) -> DayPlan:
    """Take what the plan proposes again."""
    return _save(desk, day, (), proposed=True)


def sheet(desk: Desk, day: date) -> DaySheet:
    """What is printed for `day`: every household with all that is to be seen to there."""
    walk, made = plan(desk), day_plan(desk, day)
    found = [_sheet_stop(desk, walk, walk.families[one], one in made.done) for one in made.order]
    return DaySheet(
        day=day,
        village=desk.village_name,
        worker=desk.worker_name,
        stops=tuple(found),
        simulated=desk.pack.simulated,
    )


def _sheet_stop(desk: Desk, walk: Plan, family: Family, done: bool) -> SheetStop:
    home = family.household
    stop = walk.stop(home.id) or Stop(home.id, ())
    paired = walk.paired.get(home.id)
    tickets = desk.store.reading.where(Ticket, household=home.id)
    calls = desk.store.reading.where(FollowUp, household=home.id)
    agreed = stop.appointment
    return SheetStop(
        place=home.place,
        title=family.title,
        phone=home.phone,
        why=stop_words.why(stop, family) if stop.todos else "",
        since=stop_words.seen(stop.last, walk.day),
        agreed=f"说好 {agreed.on.month}月{agreed.on.day}日再来" if agreed is not None else "",
        matters=tuple(
            f"{one.short_number} {one.request}".strip() for one in tickets if one.state not in ENDED
        ),
        calls=tuple(one.why for one in calls if one.done_at is None),
        paired=paired.words if paired is not None else "",
        done=done,
    )


def _matter(ticket: Ticket) -> str:
    return f"{ticket.short_number} {ticket.request}".strip()


def paper(desk: Desk, day: str) -> bytes:
    """The printed list of an ISO day, as PDF. Raises UserError when nobody is on it."""
    made = sheet(desk, date.fromisoformat(day))
    if not made.stops:
        raise UserError("这一天的单子上还没有人。先从「该去的」里排几户。")
    return render(made, printed_on=desk.today, fonts_folder=desk.fonts)


def paper_title(desk: Desk, day: str) -> str:
    """`走访单 11月20日`."""
    on = date.fromisoformat(day)
    return f"{SHEET} {on.month}月{on.day}日"


def _kept(desk: Desk, day: date) -> Sequence[str] | None:
    """The order as she left it; None where the plan proposes it."""
    made = desk.store.reading.find(DayList, list_id(desk.village, desk.worker, day))
    if made is not None:
        return None if made.proposed else made.order
    draft = desk.store.drafts.find(_key(day))  # as earlier releases kept it, on that computer alone
    return tuple(draft.body.get("order", ())) if draft is not None else None


def _save(desk: Desk, day: date, order: tuple[str, ...], *, proposed: bool) -> DayPlan:
    desk.require(Right.RECORD)
    made = DayList(
        list_id(desk.village, desk.worker, day), desk.village, desk.worker, day, order, proposed=proposed
    )
    with desk.unit("day list") as unit:
        unit.save(made)
        desk.store.drafts.drop(_key(day))
    return day_plan(desk, day)


def _key(day: date) -> str:
    return f"{KIND}:{day.isoformat()}"
