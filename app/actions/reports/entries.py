"""Facts from the registers and the clues; a line taken back or replaced counts for nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from app.actions.desk import Desk
from app.actions.reports.whose import Roll, day_of
from app.actions.visits.coverage import coverage
from app.domain.registers.public_notice import NoticeKind
from app.domain.reports.facts import (
    ChangeFact,
    ClueFact,
    EventFact,
    NoticeFact,
    PublicityFact,
    RoundFact,
    SealFact,
)
from app.domain.reports.period import Period, quarter_of
from app.store.figures import listed

CLUE = (
    "found_on", "household", "person", "source", "signal", "step", "conclusion", "people", "covered",
    "checked_on", "settled_on",
)  # fmt: skip
NOTICE = ("on", "kind", "level", "until", "down_on", "photos", "objections", "household", "person", "period")
SEAL = ("on", "use", "copies", "major", "household", "person")
Line = tuple[str, str, date, dict[str, Any]]  # id, village, day, what else it says


def clues(desk: Desk, roll: Roll, period: Period) -> tuple[ClueFact, ...]:
    """Clues found in these days."""
    return tuple(
        ClueFact(
            id=clue,
            on=on,
            whose=roll.whose(village, told["household"] or "", told["person"] or "", on),
            source=told["source"] or "",
            signal=told["signal"] or "",
            status=told["step"] or "",
            conclusion=told["conclusion"] or "",
            people=told["people"] or 1,
            covered=told["covered"] or 0,
            checked_on=day_of(told["checked_on"]),
            concluded_on=day_of(told["settled_on"]),
        )
        for clue, village, on, told in _lines(desk, "clue", "found_on", period, CLUE)
    )


def publicity(desk: Desk, roll: Roll, period: Period) -> tuple[PublicityFact, ...]:
    """What was made known in these days."""
    paths = ("on", "channel", "reached", "copies")
    return tuple(
        PublicityFact(one, on, told["channel"] or "", told["reached"] or 0, told["copies"] or 0,
                      roll.whose(village, "", "", on))
        for one, village, on, told in _standing(desk, "publicity", period, paths)
    )  # fmt: skip


def events(desk: Desk, roll: Roll, period: Period) -> tuple[EventFact, ...]:
    """Gatherings and calls with gifts in these days."""
    paths = ("on", "kind", "people", "money_fen")
    return tuple(
        EventFact(one, on, told["kind"] or "", told["people"] or 0, told["money_fen"] or 0,
                  roll.whose(village, "", "", on))
        for one, village, on, told in _standing(desk, "event", period, paths)
    )  # fmt: skip


def notices(desk: Desk, roll: Roll, period: Period) -> tuple[NoticeFact, ...]:
    """What was put on the board in these days."""
    return tuple(
        NoticeFact(
            id=one,
            on=on,
            kind=told["kind"] or "",
            level=told["level"] or "",
            until=day_of(told["until"]),
            down_on=day_of(told["down_on"]),
            photos=len(listed(told["photos"])),
            objections=len(listed(told["objections"])),
            whose=roll.whose(village, told["household"] or "", told["person"] or "", on),
        )
        for one, village, on, told in _standing(desk, "public_notice", period, NOTICE)
    )


def seals(desk: Desk, roll: Roll, period: Period) -> tuple[SealFact, ...]:
    """Stampings in these days. Those of a quarter are posted after it, so later notices are looked at too."""
    posted = {
        told["period"]
        for _one, _village, _on, told in _standing(desk, "public_notice", None, ("on", "kind", "period"))
        if told["kind"] == NoticeKind.SEALS
    }
    return tuple(
        SealFact(
            id=one,
            on=on,
            use=told["use"] or "",
            copies=told["copies"] or 1,
            major=bool(told["major"]),
            posted=quarter_name(on) in posted,
            whose=roll.whose(village, told["household"] or "", told["person"] or "", on),
        )
        for one, village, on, told in _standing(desk, "seal_log", period, SEAL)
    )


def changes(desk: Desk, roll: Roll, period: Period) -> tuple[ChangeFact, ...]:
    """Benefits granted or ended in these days."""
    paths = ("on", "item", "turn", "why", "people", "household")
    return tuple(
        ChangeFact(
            id=one,
            on=on,
            item=told["item"] or "",
            turn=told["turn"] or "",
            why=told["why"] or "",
            people=len(listed(told["people"])),
            whose=roll.whose(village, told["household"] or "", "", on),
        )
        for one, village, on, told in _lines(desk, "benefit_change", "on", period, paths)
    )


def rounds(desk: Desk, _roll: Roll, period: Period) -> tuple[RoundFact, ...]:
    """What the visit plan owed in these days, as far as they have come."""
    if period.first > desk.today:
        return ()
    found = coverage(desk, period.first, min(period.last, desk.today))
    return tuple(
        RoundFact(
            words=f"{row.name}：{row.cadence.who}" if row.cadence.who else row.name,
            owed=row.owed,
            times_owed=row.times_owed,
            times_kept=row.times_kept,
            unvisited=tuple(dict.fromkeys(one.household for one in row.unvisited)),
        )
        for row in found.rows
    )


def quarter_name(day: date) -> str:
    """`2026-Q3`, as a periodic notice is marked."""
    return f"{day.year}-Q{quarter_of(day).last.month // 3}"


def _standing(desk: Desk, kind: str, period: Period | None, paths: Sequence[str]) -> list[Line]:
    """The lines that count. One may be answered by a line of another day, so all are looked through."""
    every = list(_every(desk, kind, (*paths, "amends", "void")))
    replaced = {told["amends"] for _one, _village, _on, told in every if told["amends"]}
    return [
        line
        for line in every
        if line[0] not in replaced and not line[3]["void"] and (period is None or line[2] in period)
    ]


def _every(desk: Desk, kind: str, paths: Sequence[str]) -> Iterator[Line]:
    for one, village, *values in desk.store.figures.columns(kind, paths):
        told = dict(zip(paths, values, strict=True))
        yield one, village, date.fromisoformat(told["on"]), told


def _lines(desk: Desk, kind: str, field: str, period: Period, paths: Sequence[str]) -> Iterator[Line]:
    for one, village, *values in desk.store.figures.between(kind, field, period.first, period.last, paths):
        told = dict(zip(paths, values, strict=True))
        on = date.fromisoformat(told[field])
        if on in period:
            yield one, village, on, told
