"""A list of clues becomes records of the right villages: whose each is, and what of it cannot be placed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.domain.registers.clue import Clue
from app.domain.workdays import china_day
from app.tables.clue_list import ClueReading, ClueRow
from app.tables.reading import RowProblem, Severity
from sync.protocol.messages import bucket_of, village_of
from sync.server import county, giving, records
from sync.server.batch import COUNTY
from sync.server.postgres import Connection

ROLL = Mapping[str, Mapping[str, str]]  # number -> person -> bucket


@dataclass(frozen=True)
class Placed:
    """What a list comes to. `on_roll` of the clues are about somebody whose household is known."""

    clues: tuple[Clue, ...]
    problems: tuple[RowProblem, ...]

    @property
    def stops(self) -> tuple[RowProblem, ...]:
        """What has to be mended first."""
        return tuple(one for one in self.problems if one.severity is Severity.STOP)

    @property
    def on_roll(self) -> int:
        return sum(bool(one.household) for one in self.clues)

    @property
    def villages(self) -> dict[str, int]:
        """How many go to each village, by code."""
        codes = [one.village for one in self.clues]
        return {code: codes.count(code) for code in sorted(set(codes))}


@dataclass(frozen=True)
class _Roll:
    villages: Mapping[str, str]  # code -> name
    numbers: ROLL
    people: Mapping[str, Mapping[str, object]]  # person -> body


def place(
    connection: Connection, code: str, reading: ClueReading, given_by: str, at: datetime, on: date | None
) -> Placed:
    """Every row with its village, and its person where the county knows the number. Writes nothing.

    `given_by` names the list; `on` is the day of rows that say none, today when None.
    """
    roll = _roll(connection, code, reading.rows)
    problems = list(reading.problems)
    placed: list[tuple[ClueRow, str]] = []
    for row in reading.rows:
        village, fault = _village(row, roll)
        if fault is None:
            placed.append((row, village))
        else:
            problems.append(fault)
    ids = giving.ids_of(connection, code, [_what(row, village, given_by) for row, village in placed])
    made, first = dict[str, Clue](), dict[str, int]()
    for key, (row, village) in zip(ids, placed, strict=True):
        if key in first:
            words = f"和第 {first[key]} 行一样，只算一条。"
            problems.append(RowProblem(row.row, "", words, Severity.WARN))
        else:
            day = row.on or on or china_day(at)
            first[key], made[key] = row.row, _clue(key, row, village, roll, given_by, day)
    problems += _open_already(connection, code, made, first)
    return Placed(tuple(made.values()), tuple(sorted(problems, key=lambda one: one.row)))


def _roll(connection: Connection, code: str, rows: Iterable[ClueRow]) -> _Roll:
    numbers = records.persons_with(connection, code, {row.id_number for row in rows if row.id_number})
    people = records.load(connection, code, [person for held in numbers.values() for person in held])
    villages = county.villages_in(connection, code, county.buckets(connection, code))
    return _Roll(villages, numbers, {key: row.held.body for key, row in people.items()})


def _village(row: ClueRow, roll: _Roll) -> tuple[str, RowProblem | None]:
    """The code of the village a row belongs to, or what is wrong with it."""

    def wrong(words: str, column: str = "村") -> tuple[str, RowProblem]:
        return "", RowProblem(row.row, column, words)

    known = {village_of(bucket) or "" for bucket in roll.numbers.get(row.id_number, {}).values()}
    if not row.village:
        if not known:
            return wrong("没写哪个村，县里的名册上也没有这个身份证号。把村写上。")
        if len(known) > 1:
            return wrong(
                f"这个身份证号在 {len(known)} 个村的名册上：{'、'.join(sorted(known))}。写上发给哪个。"
            )
        return known.pop(), None
    if row.village in roll.villages:
        named = [row.village]
    else:
        named = [code for code, name in roll.villages.items() if name == row.village]
    if not named:
        return wrong(f"县里没有「{row.village}」。照 village 登记的村名或 12 位代码写。")
    if len(named) > 1:
        return wrong(f"叫「{row.village}」的有 {len(named)} 个，写 12 位代码：{'、'.join(named)}。")
    if known and named[0] not in known:
        there = "、".join(roll.villages.get(code, code) for code in sorted(known))
        return wrong(f"这个人在{there}的名册上，表里写的是{roll.villages[named[0]]}。查清是哪个村再发。")
    return named[0], None


def _what(row: ClueRow, village: str, given_by: str) -> tuple[str, ...]:
    """What makes this clue this one."""
    # A day the list does not say is no part of what the clue is: given again tomorrow it is the same one.
    day = row.on.isoformat() if row.on else ""
    return ("clue", village, row.id_number, row.name, row.place, row.signal, row.words, day, given_by)


def _clue(key: str, row: ClueRow, village: str, roll: _Roll, given_by: str, on: date) -> Clue:
    here = [one for one, at in roll.numbers.get(row.id_number, {}).items() if at == bucket_of(village)]
    person = here[0] if len(here) == 1 else ""
    body = roll.people.get(person, {})
    return Clue(
        id=key,
        village=village,
        found_on=on,
        source=row.source,
        signal=row.signal,
        words=row.words if person else _with_address(row),
        household=str(body.get("household", "")),
        person=person,
        name=str(body.get("name", "")) or row.name,
        people=row.people,
        noted_by=COUNTY,
        given_by=given_by,
    )


def _with_address(row: ClueRow) -> str:
    """For somebody not on the roll: how to find the door, and the end of the number to know them by."""
    told = [row.place, f"电话 {row.phone}" if row.phone else ""]
    told.append(f"身份证尾号 {row.id_number[-4:]}" if row.id_number else "")
    shown = "，".join(one for one in told if one)
    return f"{row.words}（{shown}）" if shown else row.words


def _open_already(
    connection: Connection, code: str, made: Mapping[str, Clue], rows: Mapping[str, int]
) -> Iterator[RowProblem]:
    """Who has a clue of the same kind that nobody has settled yet: it is said, and sent all the same."""
    people = [one.person for one in made.values() if one.person]
    found = connection.execute(
        "SELECT record, body->>'person' AS person, body->>'signal' AS signal FROM record WHERE county = %s"
        " AND type = 'clue' AND NOT deleted AND body->>'step' <> 'settled' AND body->>'person' = ANY(%s)",
        (code, people),
    ).fetchall()
    open_now = {(row["person"], row["signal"]) for row in found if row["record"] not in made}
    for one in made.values():
        if (one.person, one.signal) in open_now:
            words = "他有一条同样的线索还没办完，这一条照样发。"
            yield RowProblem(rows[one.id], "线索", words, Severity.WARN)


def named(villages: Mapping[str, int], names: Mapping[str, str]) -> Sequence[str]:
    """`青石垭村 3 条`, in the order of the codes."""
    return [f"{names.get(code, code)} {count} 条" for code, count in villages.items()]
