"""Records with exactly the figures counties have published, drawn anew from a seed; nobody in them exists.

耒阳 2018: 1500 余 visits to the office, all answered; 500 余 person-days out, 3000 余 people visited, 4000 余
sheets handed out. 辽宁 2021: 11,526 matters, 7987 + 1402 + 2137. 张家界 2023: clues checked at home, from
2251, 1473 and 196 people and from 55 households of 139 people.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from app.actions.desk import Desk
from app.domain.ids import new_id
from app.domain.record import Record, canonical, to_body
from app.domain.registers.clue import Clue, Step
from app.domain.registers.publicity import Channel, Publicity
from app.domain.tickets.ticket import Disposition, ReplyMode, State, Ticket, ticket_number
from app.domain.visits.visit import Met, Visit, VisitState
from app.domain.workdays import CHINA
from tests.facts import HOME, VILLAGE

WAYS = {Disposition.INSTANT: 7987, Disposition.TRANSFER: 1402, Disposition.DELIBERATION: 2137}
CALLERS = 1512
OUTINGS, TEAM, DOORS = 252, 2, 12  # days out, how many went each day, at how many doors they were
SHEETS_AT_HOME, SHEETS_ELSEWHERE = 3024, 1020
# signal: how many clues, people behind each conclusion
FUNNEL = {"illness": (2251, 49, 45), "bill": (1473, 23, 42), "disability": (196, 13, 0)}
MONITORED, MONITORED_PEOPLE, HELPED, HELPED_PEOPLE = 55, 139, 29, 71
ITEMS = ("DB", "LS", "CS", "GL", "YJ", "CZ", "TK", "BZ")


def tell(desk: Desk) -> None:
    """All of it into the store of `desk`, as plain rows: saving each takes a minute."""
    rng = random.Random(20180)
    records: list[Record] = [*_callers(rng), *_matters(rng), *_outings(rng), *_sheets(rng), *_clues(rng)]
    rows = [(one.id, one.TYPE, one.village, canonical(to_body(one))) for one in records]
    with desk.store._db.atomic():
        for row in rows:
            desk.store._db.execute(
                "INSERT INTO record(id, type, village, body) VALUES (?, ?, ?, ?)", list(row)
            )


def _day(rng: random.Random, first: date, last: date) -> date:
    return first + timedelta(days=rng.randrange((last - first).days + 1))


def _instant(rng: random.Random, day: date) -> datetime:
    return datetime.combine(day, time(rng.randrange(8, 17), rng.randrange(60)), CHINA)


def _callers(rng: random.Random) -> Iterator[Ticket]:
    for serial in range(CALLERS):
        at = _instant(rng, _day(rng, date(2018, 1, 2), date(2018, 12, 28)))
        yield _ended(rng, at, serial, "come", None)


def _matters(rng: random.Random) -> Iterator[Ticket]:
    ways = [way for way, many in WAYS.items() for _ in range(many)]
    rng.shuffle(ways)
    for serial, way in enumerate(ways):
        at = _instant(rng, _day(rng, date(2021, 4, 1), date(2021, 8, 31)))
        yield _ended(rng, at, serial, "visit", way)


def _ended(rng: random.Random, at: datetime, serial: int, channel: str, way: Disposition | None) -> Ticket:
    return Ticket(
        new_id(at), VILLAGE, at, "w-xiang", "家里困难，问有什么政策。", channel, State.ARCHIVED,
        ticket_number(VILLAGE, at.year, serial), items=(rng.choice(ITEMS),), disposition=way,
        result="办了。", replied_at=at + timedelta(days=rng.randrange(1, 20)), reply_mode=ReplyMode.FACE,
        reply="当面说了。",
    )  # fmt: skip


def _outings(rng: random.Random) -> Iterator[Visit]:
    days = sorted(rng.sample(range(360), OUTINGS))
    for number in range(OUTINGS * DOORS):
        at = _instant(rng, date(2018, 1, 1) + timedelta(days=days[number // DOORS]))
        copies = SHEETS_AT_HOME // (OUTINGS * DOORS)
        yield Visit(
            new_id(at), VILLAGE, HOME, ("w-xiang", "彭丽")[:TEAM], at, "VP16", state=VisitState.SIGNED,
            met=Met.HOME, respondent=f"person-{number}", seal="0" * 64,
            answers={"materials_given": [{"what": "社会救助政策问答", "copies": copies}]},
        )  # fmt: skip


def _sheets(rng: random.Random) -> Iterator[Publicity]:
    for _ in range(20):
        day = _day(rng, date(2018, 1, 2), date(2018, 12, 28))
        words = (rng.choice((Channel.MEETING, Channel.BOARD)), "社会救助政策", "w-xiang")
        yield Publicity(new_id(_instant(rng, day)), VILLAGE, day, *words, _instant(rng, day),
                        reached=80, copies=SHEETS_ELSEWHERE // 20)  # fmt: skip


def _clues(rng: random.Random) -> Iterator[Clue]:
    for signal, (many, relief, temporary) in FUNNEL.items():
        came = ["relief"] * relief + ["temporary"] * temporary
        came += ["none"] * (many - len(came))
        rng.shuffle(came)
        for conclusion in came:
            yield _clue(rng, signal, 1, 0 if conclusion == "none" else 1, conclusion)
    people, covered = _shared(rng, MONITORED_PEOPLE, MONITORED), _shared(rng, HELPED_PEOPLE, HELPED)
    people.sort(reverse=True)
    covered.sort(reverse=True)
    for place, many in enumerate(people):
        helped = min(covered[place], many) if place < HELPED else 0
        yield _clue(rng, "monitored", many, helped, "relief" if place < HELPED else "none")


def _shared(rng: random.Random, whole: int, among: int) -> list[int]:
    """`whole` in `among` parts of one to five."""
    parts = [1] * among
    while sum(parts) < whole:
        place = rng.randrange(among)
        parts[place] += parts[place] < 5
    return parts


def _clue(rng: random.Random, signal: str, people: int, covered: int, conclusion: str) -> Clue:
    day = _day(rng, date(2023, 1, 3), date(2023, 11, 30))
    checked = day + timedelta(days=rng.randrange(1, 6))
    settled = checked + timedelta(days=rng.randrange(20))
    return Clue(
        new_id(_instant(rng, day)), VILLAGE, day, "compare", signal, "部门比对发现。", people=people,
        step=Step.SETTLED, checked_on=checked, conclusion=conclusion, why="已核实。", covered=covered,
        settled_on=settled,
    )  # fmt: skip
