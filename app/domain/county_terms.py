"""What a county asks of the computers in its villages: the oldest release it still answers in full, how long
one may stay unheard, and after how many days what waits is pressing.

A county says so as data (`python -m sync.server terms`); where it says nothing the figures below hold. None
of them ever keeps a change from being sent: terms withhold, they do not refuse.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.domain.problem import Problem, UserError
from app.domain.record import Json

LEASE_DAYS = 30  # 待核
UNSENT_DAYS = 7  # 待核: after so many days without the county somebody should go where there is a line
DECIDE_DAYS = 15  # 待核: after how long an open disagreement is the township's to look at
SHORTEST_LEASE_DAYS = 7  # a week of snow must close nothing
MOST_DAYS = 3650
ASK_LENGTH = 60
RELEASE = re.compile(r"[0-9]{1,5}(\.[0-9]{1,5}){1,3}")


@dataclass(frozen=True)
class Terms:
    """`number` is the county's number for this version of them, 0 while it has said nothing.

    A release older than `minimum_release` ("": any will do) is told so, and from the day `pull_from` (None:
    never) gets nothing new any more; what it sends is taken for ever. `lease_days` without the county's word
    close a computer for writing (0: never), `unsent_days` make what waits pressing, `decide_days` an open
    disagreement old. `ask` is whom to ask, in the county's words.
    """

    number: int = 0
    minimum_release: str = ""
    pull_from: date | None = None
    lease_days: int = LEASE_DAYS
    unsent_days: int = UNSENT_DAYS
    decide_days: int = DECIDE_DAYS
    ask: str = ""

    def outdated(self, release: str) -> bool:
        """Whether `release` is older than the county asks for; "" is what releases before this said."""
        return release_key(release) < release_key(self.minimum_release)

    def withholds(self, release: str, today: date) -> bool:
        """Whether the county tells `release` nothing new on the day `today`."""
        return self.pull_from is not None and self.pull_from <= today and self.outdated(release)

    def body(self) -> dict[str, Json]:
        """As it is kept and told: only what differs from what holds where a county says nothing."""
        plain = _spelt(Terms())
        return {name: one for name, one in _spelt(self).items() if one != plain[name]}


def terms_in(number: int, body: Mapping[str, Json]) -> Terms:
    """The terms in `body`. What a newer county says in a way this release cannot read is as if unsaid."""
    plain = Terms()
    release = body.get("minimum_release")
    ask = body.get("ask")
    return Terms(
        number,
        minimum_release=release if isinstance(release, str) and RELEASE.fullmatch(release) else "",
        pull_from=_day(body.get("pull_from")),
        lease_days=_days(body.get("lease_days"), plain.lease_days, 0),
        unsent_days=_days(body.get("unsent_days"), plain.unsent_days, 1),
        decide_days=_days(body.get("decide_days"), plain.decide_days, 1),
        ask=ask[:ASK_LENGTH] if isinstance(ask, str) else "",
    )


def checked(terms: Terms) -> Terms:
    """`terms`, if a county may ask so. Raises UserError with everything to mend."""
    found = []
    if terms.minimum_release and not RELEASE.fullmatch(terms.minimum_release):
        found.append(Problem("minimum-release", "版本写成 0.2 或 0.2.1 这样。"))
    if terms.pull_from and not terms.minimum_release:
        found.append(Problem("pull-from", "先用 --minimum-release 说清最低要哪一版。"))
    if terms.lease_days and not SHORTEST_LEASE_DAYS <= terms.lease_days <= MOST_DAYS:
        found.append(Problem("lease-days", f"{SHORTEST_LEASE_DAYS} 到 {MOST_DAYS} 天，0 是不限。"))
    for name, days in (("unsent-days", terms.unsent_days), ("decide-days", terms.decide_days)):
        if not 1 <= days <= MOST_DAYS:
            found.append(Problem(name, f"1 到 {MOST_DAYS} 天。"))
    if len(terms.ask) > ASK_LENGTH or any(not character.isprintable() for character in terms.ask):
        found.append(Problem("ask", f"找谁：最多 {ASK_LENGTH} 个字，写在一行里。"))
    if found:
        raise UserError("有几样写得不对，没有改。", problems=tuple(found))
    return terms


def release_key(release: str) -> tuple[int, ...]:
    """What a release is ordered by: 0.9 comes before 0.10, and 0.2 is 0.2.0. Nothing comes before `""`."""
    known = RELEASE.match(release)
    numbers = [int(part) for part in known.group().split(".")] if known else []
    while numbers and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)


def _spelt(terms: Terms) -> dict[str, Json]:
    return {
        "minimum_release": terms.minimum_release,
        "pull_from": terms.pull_from.isoformat() if terms.pull_from else "",
        "lease_days": terms.lease_days,
        "unsent_days": terms.unsent_days,
        "decide_days": terms.decide_days,
        "ask": terms.ask,
    }


def _day(value: Json) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) and value else None
    except ValueError:
        return None


def _days(value: Json, plain: int, least: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        return plain
    return value if least <= value <= MOST_DAYS else plain
