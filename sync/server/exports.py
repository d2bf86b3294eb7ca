"""Records of one type as the rows of a table, read as they are needed; masked unless somebody answers for it.

What may be read in a masked table is named here and everything else is covered: a field of a later release is
covered until somebody has thought about it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain.papers.masking import mask_name
from app.domain.people import identity
from app.domain.problem import Problem, UserError
from app.tables.streamed import Heading, Value
from sync.protocol.messages import bucket_of
from sync.protocol.policy import RULES
from sync.server import county
from sync.server.export_words import KINDS, LEFT_OUT, TITLES, YES_NO, said, title_of
from sync.server.postgres import Connection

ROWS_AT_ONCE = 500
SHOWN = frozenset(
    "abstain again_on against agree amends anonymous asked_at at attended bounced_from call_on "
    "called_off campaign category channel checked_on checklist classes code conclusion copies covered "
    "day days decided_at disposition done_at down_on dropped due_at due_on ended_at escalated estimated "
    "expected field found_on from_state given_by gone group handed_to head household hukou_type "
    "id_valid_until item item_name items kind level life made_on major merged_into met money_fen "
    "monthly_fen moved_out nature next_on notice noticed_until number of of_type on opened_at order "
    "origin outcome pack period person persons place proposed purpose receipt_at received_at "
    "recorded_at removes replied_at reply_mode reply_visit review review_on rule said_at satisfaction "
    "school_stage secret settled_on sex signal simulated since source standard started_at state step "
    "survey ticket to_state turn unanswered unit until urgent use verb visit visitor void voted_on "
    "way".split()
)
COUNTS = frozenset("people reached representatives".split())
NAMES = frozenset(
    "name visitor_name beneficiary called goer helper worker_name host mine_who theirs_who"
    " decided_who".split()
)
PHONES = frozenset("phone visitor_phone worker_phone".split())
COVERED = "（不显示）"
# Of a home and a person, so that nobody has to look ids up in another table.
HOME, WHOSE = "住处", "户主"
WIDE = {"id_number": 22, "words": 40, "note": 40, "request": 40, "answers": 60, "result": 40, "reply": 40}


@dataclass(frozen=True)
class Wanted:
    """Records of one `kind` in `villages` (all of the county when empty), masked or not."""

    county: str
    kind: str
    villages: tuple[str, ...] = ()
    masked: bool = True


@dataclass(frozen=True)
class Taken:
    """One line of the log of what was taken out."""

    at: datetime
    kind: str
    villages: tuple[str, ...]
    masked: bool
    by: str
    why: str


def fields(kind: str) -> tuple[str, ...]:
    """The fields of a type that a table shows, in the order in which they are merged."""
    stated = [name for names in RULES[kind].values() for name in names.split()]
    return tuple(name for name in stated if name not in LEFT_OUT)


def headings(kind: str) -> list[Heading]:
    """The columns of a type's table."""
    named = [Heading(title_of(kind, name), WIDE.get(name, 14)) for name in fields(kind)]
    homes = [Heading(WHOSE), Heading(HOME, 20)] if "household" in fields(kind) else []
    return [Heading("编号", 38), Heading("村代码"), Heading("村"), *homes, *named, Heading("县里的号", 10)]


def check(connection: Connection, wanted: Wanted, by: str, why: str) -> None:
    """Raises UserError with everything that is wrong with what is asked for."""
    found = []
    if not county.name_of(connection, wanted.county):
        found.append(Problem("county", f"还没有建 {wanted.county} 这个县。先运行 init。"))
    if wanted.kind not in KINDS:
        every = "、".join(f"{kind} {words}" for kind, words in KINDS.items())
        found.append(Problem("type", f"没有「{wanted.kind}」这种资料。能写的：{every}。"))
    known = county.villages_in(connection, wanted.county, map(bucket_of, wanted.villages))
    found += [Problem("village", f"县里没有 {one} 这个村。") for one in wanted.villages if one not in known]
    if not wanted.masked and not (by.strip() and why.strip()):
        found.append(Problem("why", "不遮盖就要写明谁拿（--by）、为什么（--why），会记下来。"))
    if found:
        raise UserError(found[0].words, problems=tuple(found))


def note(connection: Connection, wanted: Wanted, by: str, why: str, at: datetime) -> None:
    """Write down that this is taken out, before the first row is read."""
    connection.execute(
        "INSERT INTO export (county, at, type, villages, masked, by_whom, why)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s)",
        (wanted.county, at, wanted.kind, list(wanted.villages), wanted.masked, by.strip(), why.strip()),
    )


def taken(connection: Connection, place: str) -> tuple[Taken, ...]:
    """What was ever taken out, latest first."""
    rows = connection.execute("SELECT * FROM export WHERE county = %s ORDER BY id DESC", (place,))
    return tuple(
        Taken(row["at"], row["type"], tuple(row["villages"]), row["masked"], row["by_whom"], row["why"])
        for row in rows
    )


def rows(connection: Connection, wanted: Wanted) -> Iterator[list[Value]]:
    """The rows, village by village, all of one moment; a few hundred are in memory at a time."""
    names = county.villages_in(connection, wanted.county, county.buckets(connection, wanted.county))
    buckets = [bucket_of(one) for one in wanted.villages or names]
    with connection.transaction(), connection.cursor(name="export") as cursor:
        cursor.itersize = ROWS_AT_ONCE
        cursor.execute(
            "SELECT r.record, r.bucket, r.rev, r.body, h.body->>'group' AS place, h.body->>'door' AS door,"
            " p.body->>'name' AS head FROM record r"
            " LEFT JOIN record h ON h.county = r.county AND h.record = r.body->>'household'"
            " LEFT JOIN record p ON p.county = r.county AND p.record = h.body->>'head'"
            " WHERE r.county = %s AND r.type = %s AND NOT r.deleted AND r.bucket = ANY(%s)"
            " ORDER BY r.bucket, r.record",
            (wanted.county, wanted.kind, buckets),
        )
        for row in cursor:
            yield _row(wanted, row, names)


def _row(wanted: Wanted, row: Mapping[str, Any], names: Mapping[str, str]) -> list[Value]:
    village, body = row["bucket"].removeprefix("v:"), row["body"]
    cells: list[Value] = [row["record"], village, names.get(village, "")]
    shown = fields(wanted.kind)
    if "household" in shown:
        head, door = row["head"] or "", "" if wanted.masked else row["door"] or ""
        cells += [_masked("name", head) if wanted.masked else head, f"{row['place'] or ''} {door}".strip()]
    for name in shown:
        value = body.get(name)
        words = _value(wanted.kind, name, value)
        # A number is covered like words, but for money and counts: a telephone may come as one.
        counted = isinstance(words, int | float) and (name in COUNTS or name.endswith("_fen"))
        open_to_all = name in SHOWN or counted
        cells.append(words if open_to_all or not wanted.masked else _masked(name, str(words)))
    return [*cells, row["rev"]]


def _value(kind: str, name: str, value: Any) -> Value:
    """One value in words a person reads; numbers stay numbers, and money is yuan."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES_NO[value]
    if name.endswith("_fen") and isinstance(value, int):
        return value / 100
    if isinstance(value, int | float):
        return value
    return _words(kind, name, value)


def _words(kind: str, name: str, value: Any) -> str:
    if isinstance(value, Mapping):
        told = {key: _value(kind, key, one) for key, one in value.items()}
        return "；".join(f"{TITLES.get(key, key)}：{words}" for key, words in told.items() if words != "")
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "、".join(_words(kind, name, one) for one in value)
    if isinstance(value, bool):
        return YES_NO[value]
    return said(kind, name, value)


def _masked(name: str, words: str) -> str:
    if not words:
        return ""
    if name in NAMES:
        return mask_name(words).shown
    if name == "id_number":
        return identity.mask(words)
    if name == "birth":
        return words[:4]
    if name in PHONES:
        return f"{words[:3]}****{words[-4:]}" if len(words) > 7 else COVERED
    return COVERED
