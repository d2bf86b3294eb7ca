"""What a family draws at present, as a sheet for the wall inside the house tells it (户内告知单)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.domain.packs.policy import Pack
from app.domain.people.household import CLASSES, Household
from app.domain.people.person import Benefit, Life, Person, called

AT_HOME = (Life.HERE, Life.AWAY)


@dataclass(frozen=True)
class Grant:
    """One benefit of a family. `who` are forms of address (李奶奶), empty for one all live on.

    `monthly_fen` is what all of them get together, None while it is not known of each; `since` the
    earliest day known. `pays` is how the money comes, in the pack's words.
    """

    item: str
    name: str
    who: tuple[str, ...]
    people: int
    monthly_fen: int | None
    since: date | None
    pays: str


def grants(household: Household, members: Iterable[Person], pack: Pack, on: date) -> tuple[Grant, ...]:
    """Every benefit somebody at home draws, in the order of the pack; what it does not know comes last.

    A family registered on 低保 or 特困 has it even when no single person is entered with it.
    """
    living = tuple(each for each in members if each.life in AT_HOME)
    drawn: dict[str, list[tuple[Person, Benefit]]] = {}
    for person in living:
        for benefit in person.benefits:
            drawn.setdefault(benefit.item, []).append((person, benefit))
    for code in household.classes:
        if code in ("DB", "TK"):
            drawn.setdefault(code, [])
    order = {item.code: item.order for item in pack.items()}
    codes = sorted(drawn, key=lambda code: (order.get(code, 10_000), code))
    return tuple(_grant(code, drawn[code], len(living), pack, on) for code in codes)


def _grant(code: str, drawn: list[tuple[Person, Benefit]], family: int, pack: Pack, on: date) -> Grant:
    item = pack.item_table.get(code)
    whole = not drawn or bool(item and item.for_household)
    sums = [benefit.monthly_fen for _, benefit in drawn]
    known = [fen for fen in sums if fen is not None]
    return Grant(
        item=code,
        name=item.name if item else CLASSES.get(code, code),
        who=() if whole else tuple(called(one.name, one.sex, one.age_on(on)) for one, _ in drawn),
        people=max(len(drawn), family if not drawn else 0),
        monthly_fen=sum(known) if known and len(known) == len(sums) else None,
        since=min((benefit.since for _, benefit in drawn if benefit.since), default=None),
        pays=item.pays if item else "",
    )
