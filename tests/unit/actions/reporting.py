"""What tests of reports share: a small village, matters brought to their end, one line of a table."""

from __future__ import annotations

from app.actions.desk import Desk
from app.actions.reports import reports
from app.actions.tickets import ticket_replies, tickets
from app.domain.ids import new_id
from app.domain.reports.period import Period, year_of
from app.domain.reports.table import Report, Table
from app.domain.tickets.ticket import Disposition, ReplyMode
from app.domain.visits.visit import Met, Visit, VisitState
from app.store import Store
from tests.desks import Clock, desk_on
from tests.facts import GRANNY, HOME, NOW, household, person, visit

YEAR = year_of(NOW.date())


def village(store: Store, clock: Clock) -> Desk:
    """蒋桂英's household on 低保, and 向海燕 at her desk."""
    desk = desk_on(store, clock)
    with desk.unit("roster") as unit:
        unit.save(household(classes=("DB",)))
        unit.save(person())
    return desk


def figures(table: Table, label: str = "合计") -> dict[str, object]:
    """One line's figures by the titles of their columns."""
    lines = [*table.lines, *([table.total] if table.total else [])]
    line = next(one for one in lines if one.label == label)
    return {column.title: cell.value for column, cell in zip(table.columns, line.cells, strict=True)}


def made(desk: Desk, key: str, *, cut: str = "", period: Period = YEAR) -> Report:
    return reports.make(desk, key, period, cut=cut)


def told(
    desk: Desk, how: Disposition = Disposition.INSTANT, *, rating: int | None = 5, **more: object
) -> str:
    """A matter from the door to the archive."""
    ticket = tickets.register(desk, request="问低保。", household=HOME, visitor=GRANNY, **more)  # type: ignore[arg-type]  # keyword facts of a test
    to = "枫香镇民政办" if how is Disposition.TRANSFER else ""
    tickets.decide(desk, ticket.id, how, to=to)
    tickets.resolve(desk, ticket.id, result="讲清楚了。")
    ticket_replies.reply(
        desk, ticket.id, mode=ReplyMode.FACE, words="当面说的。", satisfaction=rating, rated_by="本人"
    )
    if rating is None or rating > 2:
        tickets.close(desk, ticket.id)
    return ticket.id


def told_open(desk: Desk) -> str:
    ticket = tickets.register(desk, request="问低保。", household=HOME, visitor=GRANNY)
    tickets.decide(desk, ticket.id, Disposition.INSTANT)
    return ticket.id


def signed(desk: Desk, **changes: object) -> Visit:
    given = {"id": new_id(desk.now), "met": Met.HOME, "respondent": GRANNY, "state": VisitState.SIGNED}
    one = visit(**{**given, **changes})
    with desk.unit("visit") as unit:
        unit.save(one)
    return one
