"""What the county holds about the ops of one request: one question, asked under the county's lock."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from psycopg.rows import DictRow

from app.domain.change import Outcome, Receipt
from app.domain.conflict import Conflict
from sync.protocol.messages import Op
from sync.server import records
from sync.server.postgres import Connection
from sync.server.records import Row

# Four kinds of rows in the columns of a record; each part asks its own index.
QUESTION = """
SELECT 'held' AS part, record, type, bucket, rev, deleted, body, written, last_replica,
        NULL::bytea AS hash FROM record
    WHERE county = %(county)s AND record = ANY(%(records)s)
UNION ALL SELECT 'case', record, type, bucket, rev, deleted, body, written, last_replica, NULL FROM record
    WHERE county = %(county)s AND type = 'conflict' AND NOT deleted AND body->>'state' = 'open'
    AND body->>'of' = ANY(%(records)s)
UNION ALL SELECT 'awaited', record, '', '', 0, false, NULL, NULL, '', NULL FROM quarantine
    WHERE county = %(county)s AND record = ANY(%(records)s) AND status = 'open' AND reason = 'unknown_record'
UNION ALL SELECT 'known', op, outcome, reason, seq, false, NULL, NULL, '', hash FROM op
    WHERE county = %(county)s AND op = ANY(%(ops)s)
"""


Answer = Iterable[DictRow]


@dataclass(frozen=True)
class Known:
    """What the log already says about ops: the receipts given, by (id, hash), and the ids that were used."""

    receipts: Mapping[tuple[str, bytes], Receipt] = field(default_factory=dict)
    ids: frozenset[str] = frozenset()


@dataclass(frozen=True)
class AtHand:
    """Of the records in question those that exist, by id; the open cases about them; those for which a change
    waits that came before they were known; and what the log says of the ops."""

    records: frozenset[str] = frozenset()
    held: Mapping[str, Row] = field(default_factory=dict)
    cases: tuple[Row, ...] = ()
    awaited: frozenset[str] = frozenset()
    known: Known = field(default_factory=Known)


NOTHING = AtHand()


def of(connection: Connection, county: str, ops: Sequence[Op]) -> AtHand:
    """All of it for `ops`. What is decided in a case concerns the record it is about, which comes along."""
    return ask(connection, county, ops)()


def ask(connection: Connection, county: str, ops: Sequence[Op]) -> Callable[[], AtHand]:
    """The same, asked now and read when it is needed: in a pipeline nobody waits for it in between."""
    if not ops:
        return lambda: NOTHING
    ids = {op.record for op in ops}
    answer = _asked(connection, county, ids, [op.id for op in ops])
    return lambda: _with_what_is_decided(connection, county, _read(answer, ids))


def _with_what_is_decided(connection: Connection, county: str, first: AtHand) -> AtHand:
    about = {str(row.held.body.get("of")) for row in first.held.values() if row.held.type == Conflict.TYPE}
    if about <= first.records:
        return first
    others = about - first.records
    more = _read(_asked(connection, county, others, ()), others)
    return AtHand(
        first.records | more.records,
        {**first.held, **more.held},
        first.cases + more.cases,
        first.awaited | more.awaited,
        first.known,
    )


def _asked(connection: Connection, county: str, ids: Iterable[str], ops: Iterable[str]) -> Answer:
    return connection.execute(QUESTION, {"county": county, "records": list(ids), "ops": list(ops)})


def _read(answer: Answer, ids: Iterable[str]) -> AtHand:
    held: dict[str, Row] = {}
    cases: list[Row] = []
    awaited: set[str] = set()
    receipts: dict[tuple[str, bytes], Receipt] = {}
    for row in answer:
        match row["part"]:
            case "held":
                held[row["record"]] = records.read(row)
            case "case":
                cases.append(records.read(row))
            case "awaited":
                awaited.add(row["record"])
            case _:
                given = Receipt(row["record"], Outcome(row["type"]), row["rev"], row["bucket"])
                receipts[row["record"], bytes(row["hash"])] = given
    known = Known(receipts, frozenset(op for op, _ in receipts))
    return AtHand(frozenset(ids), held, tuple(cases), frozenset(awaited), known)
