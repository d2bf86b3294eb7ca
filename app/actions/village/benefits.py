"""What was granted or has ended for a family: on the register, in the ticket's story, in its own line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.actions.desk import Desk
from app.actions.tickets import follow_plan, ticket_steps
from app.domain.ids import new_id
from app.domain.money import plain
from app.domain.packs.follow_rule import After
from app.domain.packs.policy import ItemKinds
from app.domain.papers.granted import AT_HOME, Grant, grants
from app.domain.people.benefit_change import (
    BenefitChange,
    Ending,
    Turn,
    classed,
    declassed,
    ended,
    granted,
    problems,
)
from app.domain.people.household import Household
from app.domain.people.person import Person
from app.domain.problem import UserError
from app.domain.rules.facts import receives
from app.domain.tickets.ticket import Ticket
from app.store.unit import Unit

EARLIEST_YEARS = 60  # somebody on 特困 since her youth; before that it is a slip


@dataclass(frozen=True)
class Granting:
    """What is pointed at when a grant is written down. `shared` are the items a whole family lives on.

    `tickets` are (item, ticket, its short number) of this family's open ones.
    """

    household: str
    title: str
    members: tuple[Person, ...]
    items: ItemKinds
    shared: frozenset[str]
    drawn: tuple[Grant, ...]
    tickets: tuple[tuple[str, str, str], ...]
    today: date

    def ticket_for(self, item: str) -> tuple[str, str]:
        """(id, short number) of the open ticket about `item`; empty when there is none."""
        return next(((ticket, number) for code, ticket, number in self.tickets if code == item), ("", ""))


def begin(desk: Desk, household: str) -> Granting:
    """Everything the panel offers. Raises StorageFault when the family is not here."""
    reading = desk.store.reading
    home = reading.get(Household, household)
    members = tuple(one for one in reading.where(Person, household=home.id) if one.life in AT_HOME)
    ordered = tuple(sorted(members, key=lambda one: (one.id != home.head, str(one.birth or "9999"), one.id)))
    head = next((one.name for one in ordered if one.id == home.head), "")
    still = [one for one in reading.where(Ticket, household=home.id) if not one.ended]
    return Granting(
        household=home.id,
        title=f"{head}家" if head else home.place,
        members=ordered,
        items=desk.pack.kinds_of_items(),
        shared=frozenset(item.code for item in desk.pack.items() if item.for_household),
        drawn=grants(home, ordered, desk.pack, desk.today),
        tickets=tuple((code, one.id, one.short_number) for one in still for code in one.items),
        today=desk.today,
    )


def grant(
    desk: Desk,
    household: str,
    item: str,
    *,
    people: Sequence[str] = (),
    since: date | None,
    monthly_fen: int | None = None,
    ticket: str = "",
) -> BenefitChange:
    """The county has granted `item` to `people` (everybody at home where a family lives on it).

    The call whether the money came is planned with it; register, line, story and call are one transaction.
    Raises UserError for what is missing, for a day too far away, and for two benefits one person may not draw
    together.
    """
    home = desk.store.reading.get(Household, household)
    at_home = [one for one in desk.store.reading.where(Person, household=household) if one.life in AT_HOME]
    found = desk.pack.item_table.get(item)
    shared = found is not None and found.for_household
    chosen = [one for one in at_home if shared or one.id in people]
    lacking = problems(item, [one.id for one in chosen], since, monthly_fen)
    if lacking or since is None:
        raise UserError(lacking[0].words, problems=tuple(lacking))
    _refuse_odd_days(desk, since)
    _refuse_both(desk, home, chosen, item)
    change = _change(desk, home, item, Turn.GRANTED, since, chosen, monthly_fen=monthly_fen, ticket=ticket)
    with desk.unit("benefit granted") as unit:
        unit.save(change)
        unit.save(classed(home, item))
        for person in granted(chosen, item, since, monthly_fen):
            unit.save(person)
        _tell(desk, unit, change, "批下来了", _granted_words(desk, change))
    return change


def end(
    desk: Desk, household: str, item: str, *, on: date | None, why: Ending | None, words: str = ""
) -> BenefitChange:
    """`item` is no longer paid to this family from `on`. Raises UserError without day or reason."""
    if why is None:
        raise UserError("为什么停了？点一样。", field="why")
    if why is Ending.OTHER and not words.strip():
        raise UserError("为什么停了？写一句。", field="words")
    if on is None:
        raise UserError("从哪天起停的？", field="on")
    _refuse_odd_days(desk, on, field="on")
    home = desk.store.reading.get(Household, household)
    members = desk.store.reading.where(Person, household=household)
    drew = ended(members, item)
    change = _change(desk, home, item, Turn.ENDED, on, drew or members, why=why, words=words.strip())
    with desk.unit("benefit ended") as unit:
        unit.save(change)
        unit.save(declassed(home, item))
        for person in drew:
            unit.save(person)
    return change


def of_household(desk: Desk, household: str) -> tuple[BenefitChange, ...]:
    """Every grant and ending of a family, the latest first."""
    return tuple(reversed(desk.store.reading.where(BenefitChange, household=household)))


def _change(
    desk: Desk, home: Household, item: str, turn: Turn, on: date, people: Sequence[Person], **more: object
) -> BenefitChange:
    return BenefitChange(
        id=new_id(desk.now),
        village=home.village,
        household=home.id,
        item=item,
        turn=turn,
        on=on,
        people=tuple(one.id for one in people),
        recorded_by=desk.worker,
        recorded_at=desk.now,
        **more,  # type: ignore[arg-type]  # the two callers above name fields of the line
    )


def _refuse_odd_days(desk: Desk, day: date, *, field: str = "since") -> None:
    # Next year's rates may be granted now; what lies further off is a slip.
    if not desk.today.year - EARLIEST_YEARS <= day.year <= desk.today.year + 1:
        raise UserError(f"{day.year} 年？看看年份是不是写错了。", field=field)


def _refuse_both(desk: Desk, home: Household, people: Sequence[Person], item: str) -> None:
    held = [one for one in desk.pack.exclusions if one.standing.holds(desk.village, desk.today)]
    for pair in held:
        if item not in pair.items or pair.either:
            continue
        other = pair.items[0] if item == pair.items[1] else pair.items[1]
        if drawing := next((one for one in people if other in receives(one, home)), None):
            name = desk.pack.item_table[other].name if other in desk.pack.item_table else other
            words = f"{drawing.name}在领{name}，两样不能一起领：{pair.words}。先把{name}记成停了。"
            raise UserError(words, field="item")


def _granted_words(desk: Desk, change: BenefitChange) -> str:
    item = desk.pack.item_table.get(change.item)
    parts = [
        item.name if item else change.item,
        f"{change.on.year}年{change.on.month}月起",
        f"{len(change.people)} 人",
    ]
    if change.monthly_fen is not None:
        parts.append(f"每月 {plain(change.monthly_fen)} 元")
    return "，".join(parts)


def _tell(desk: Desk, unit: Unit, change: BenefitChange, verb: str, words: str) -> None:
    ticket = desk.store.reading.find(Ticket, change.ticket) if change.ticket else None
    if ticket is not None and ticket.registered:
        ticket_steps.tell(desk, unit, ticket, ticket.state, verb, words)
        follow_plan.plan(desk, unit, ticket, After.PAID, since=change.on)
