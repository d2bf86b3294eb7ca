"""Behind a figure: the records it was counted from, each with the page where it can be opened."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from app.actions.desk import Desk
from app.actions.reports.households_of import Homes
from app.domain.people.benefit_change import BenefitChange, Turn
from app.domain.people.household import CLASSES
from app.domain.people.person import Person
from app.domain.registers.clue import SIGNALS, SOURCES, STEPS, Clue
from app.domain.registers.event import Event
from app.domain.registers.public_notice import PublicNotice
from app.domain.registers.publicity import Publicity
from app.domain.registers.seal import SealEntry
from app.domain.tickets.followup import FollowUp
from app.domain.tickets.ticket import Ticket
from app.domain.tickets.ticket_map import WORDS
from app.domain.visits.visit import PURPOSES, Visit
from app.domain.workdays import china_day

MOST = 200  # more is for a spreadsheet, not for a screen


@dataclass(frozen=True)
class Behind:
    """One record: what it is, when and where, and `page` with its `params`; no page: it is only read."""

    id: str
    title: str
    note: str
    page: str = ""
    params: Mapping[str, str] = field(default_factory=dict)


def behind(desk: Desk, kind: str, ids: Sequence[str]) -> tuple[Behind, ...]:
    """The first MOST records of `kind` with these ids, in the order given."""
    tell = TELLERS.get(kind)
    return tell(desk, ids[:MOST]) if tell else ()


def _tickets(desk: Desk, ids: Sequence[str]) -> tuple[Behind, ...]:
    names = {item.code: item.name for item in desk.pack.items()}
    return tuple(
        Behind(
            one.id,
            f"{one.visitor_name or '群众'}：{_items(names, one) or one.request}",
            _noted(f"{china_day(one.received_at)} 登记", WORDS.get(one.state, ""), one.short_number),
            "tickets",
            {"ticket": one.id},
        )
        for one in desk.store.reading.many(Ticket, ids)
    )


def _items(names: Mapping[str, str], ticket: Ticket) -> str:
    return "、".join(names[code] for code in ticket.items if code in names)


def _visits(desk: Desk, ids: Sequence[str]) -> tuple[Behind, ...]:
    found = desk.store.reading.many(Visit, ids)
    homes = Homes(desk, [one.household for one in found])
    return tuple(
        Behind(
            one.id,
            homes.called(one.household),
            _noted(f"{china_day(one.started_at)}", PURPOSES.get(one.purpose, ""), homes.place(one.household)),
            "visits",
            {"visit": one.id},
        )
        for one in found
    )


def _calls(desk: Desk, ids: Sequence[str]) -> tuple[Behind, ...]:
    found = desk.store.reading.many(FollowUp, ids)
    homes = Homes(desk, [one.household for one in found])
    return tuple(
        Behind(
            one.id,
            f"{homes.called(one.household)}：{one.why}",
            _noted(f"该在 {one.due_on}", _called(one), one.outcome),
            "tickets" if one.ticket else "households",
            {"ticket": one.ticket} if one.ticket else {"household": one.household},
        )
        for one in found
    )


def _called(call: FollowUp) -> str:
    return "回访了" if call.made else call.called_off or "还没回访"


def _households(desk: Desk, ids: Sequence[str]) -> tuple[Behind, ...]:
    homes = Homes(desk, ids)
    return tuple(
        Behind(
            home.id,
            homes.called(home.id),
            _noted(home.place, "、".join(CLASSES.get(code, code) for code in home.classes)),
            "households",
            {"household": home.id},
        )
        for home in homes.found
    )


def _people(desk: Desk, ids: Sequence[str]) -> tuple[Behind, ...]:
    found = desk.store.reading.many(Person, ids)
    homes = Homes(desk, [one.household for one in found])
    return tuple(
        Behind(one.id, one.name, homes.place(one.household), "households", {"household": one.household})
        for one in found
    )


def _clues(desk: Desk, ids: Sequence[str]) -> tuple[Behind, ...]:
    return tuple(
        Behind(
            one.id,
            f"{one.name or '线索'}：{one.words}",
            _noted(
                f"{one.found_on}", SIGNALS.get(one.signal, ""), SOURCES.get(one.source, ""), STEPS[one.step]
            ),
            "clues",
            {"clue": one.id},
        )
        for one in desk.store.reading.many(Clue, ids)
    )


def _seals(desk: Desk, ids: Sequence[str]) -> tuple[Behind, ...]:
    return tuple(
        Behind(
            one.id,
            one.paper,
            _noted(f"{one.on}", one.number, f"{one.copies} 份"),
            "registers",
            {"book": SealEntry.TYPE, "line": one.id},
        )
        for one in desk.store.reading.many(SealEntry, ids)
    )


def _notices(desk: Desk, ids: Sequence[str]) -> tuple[Behind, ...]:
    return tuple(
        Behind(
            one.id,
            one.what,
            _noted(f"{one.on}", one.place, one.level.words),
            "registers",
            {"book": PublicNotice.TYPE, "line": one.id},
        )
        for one in desk.store.reading.many(PublicNotice, ids)
    )


def _publicity(desk: Desk, ids: Sequence[str]) -> tuple[Behind, ...]:
    return tuple(
        Behind(
            one.id,
            one.what,
            _noted(f"{one.on}", one.channel.words, f"{one.copies} 份", f"{one.reached} 人"),
            "registers",
            {"book": Publicity.TYPE, "line": one.id},
        )
        for one in desk.store.reading.many(Publicity, ids)
    )


def _events(desk: Desk, ids: Sequence[str]) -> tuple[Behind, ...]:
    return tuple(
        Behind(
            one.id,
            one.what,
            _noted(f"{one.on}", one.kind.words, f"{one.people} 人"),
            "registers",
            {"book": Event.TYPE, "line": one.id},
        )
        for one in desk.store.reading.many(Event, ids)
    )


def _changes(desk: Desk, ids: Sequence[str]) -> tuple[Behind, ...]:
    found = desk.store.reading.many(BenefitChange, ids)
    homes = Homes(desk, [one.household for one in found])
    names = {item.code: item.name for item in desk.pack.items()}
    return tuple(
        Behind(
            one.id,
            f"{homes.called(one.household)}：{names.get(one.item, one.item)}",
            _noted(
                "批下来" if one.turn is Turn.GRANTED else "停了",
                f"从 {one.on} 起",
                one.why.words if one.why else "",
            ),
            "households",
            {"household": one.household},
        )
        for one in found
    )


def _noted(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


TELLERS: Mapping[str, Callable[[Desk, Sequence[str]], tuple[Behind, ...]]] = {
    "ticket": _tickets,
    "visit": _visits,
    "followup": _calls,
    "household": _households,
    "person": _people,
    "clue": _clues,
    "seal_log": _seals,
    "public_notice": _notices,
    "publicity": _publicity,
    "event": _events,
    "benefit_change": _changes,
}
