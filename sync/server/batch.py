"""What one transaction works on while it judges: the records in hand, the numbers it gives, what it will log.

Loaded with a few queries for the whole batch, written back once.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from app.domain.change import Change, Outcome, Verb
from app.domain.conflict import Conflict, State
from app.domain.record import Body, Json
from sync.protocol.cases import Writer
from sync.protocol.merge import Held
from sync.protocol.messages import Op, village_of
from sync.protocol.wire import op_of
from sync.server import county, oplog, records
from sync.server.at_hand import AtHand
from sync.server.devices import Device
from sync.server.oplog import Entry
from sync.server.postgres import Connection
from sync.server.records import Row

COUNTY = "county"  # the device and the replica of what the county writes itself


@dataclass
class Batch:
    """The county's lock is held from before it is begun until the transaction ends. Several devices may take
    their `turn` in one: what one wrote is in hand for the next.

    `cases` are the ids of the open cases by the record they are about; `waiting` the records something is
    quarantined for; `numbered` who has which identity number, as {number: {person: bucket}}.
    """

    connection: Connection
    device: Device
    at: datetime
    scope: frozenset[str]
    numbers: Callable[[], int]
    last: int  # the number given before those
    used: set[str] = field(default_factory=set)
    contained: frozenset[str] = frozenset()  # see `turn`
    carried: frozenset[int] = frozenset()  # the same of changes that were set aside, by number
    held: dict[str, Row] = field(default_factory=dict)
    absent: set[str] = field(default_factory=set)  # was looked for already; see `row`
    touched: dict[str, Row] = field(default_factory=dict)
    fresh: set[str] = field(default_factory=set)  # those of them that did not exist before
    cases: dict[str, set[str]] = field(default_factory=dict)
    waiting: set[str] = field(default_factory=set)
    numbered: dict[str, dict[str, str]] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    settled: list[tuple[Any, ...]] = field(default_factory=list)  # see `oplog.settle`
    names: dict[str, str] = field(default_factory=dict)  # of workers, by id

    @property
    def county(self) -> str:
        return self.device.county

    def turn(self, device: Device, scope: Iterable[str], name: str, contained: frozenset[str]) -> None:
        """From now on `device` is judged, whose worker, called `name`, may write in `scope`; of what it says
        `contained` is in a copy already (`witness.contained`)."""
        self.device, self.scope, self.contained = device, frozenset(scope), contained
        self.names[device.worker] = name

    def write(self, row: Row) -> None:
        """Keep a record as it now stands."""
        if row.record not in self.held:
            self.fresh.add(row.record)
        self.held[row.record] = self.touched[row.record] = row
        if row.held.type == Conflict.TYPE:
            here = self.cases.setdefault(str(row.held.body.get("of")), set())
            open_now = row.held.body.get("state") == State.OPEN and not row.held.deleted
            (here.add if open_now else here.discard)(row.record)

    def row(self, record: str) -> Row | None:
        """One record, in hand or fetched."""
        if record not in self.held and record not in self.absent:
            self.held |= records.load(self.connection, self.county, [record])
            self.absent.add(record)
        return self.held.get(record)

    def open_cases(self, record: str) -> dict[str, Row]:
        """The cases still open on a record."""
        return {key: self.held[key] for key in sorted(self.cases.get(record, ()))}

    def own(self, row: Row | None, record: str, bucket: str, after: Held, writer: Writer, why: str) -> Row:
        """Write what the county itself makes of a record, under a number and with an op of its own; a new one
        lies in `bucket`."""
        seq = self.numbers()
        before = row.held.body if row is not None else {}
        bucket = row.bucket if row is not None else bucket  # where it lies it stays: moving is another verb
        names = sorted(set(before) | set(after.body))
        pairs: dict[str, tuple[Json, Json]] = {
            name: (before.get(name), after.body.get(name))
            for name in names
            if before.get(name) != after.body.get(name)
        }
        verb = Verb.NEW if row is None else Verb.DELETE if after.deleted else Verb.EDIT
        change = Change(
            f"county-{seq}", record, after.type, village_of(bucket) or bucket, verb, pairs, self.at,
            writer.worker, why,
        )  # fmt: skip
        self.log(seq, op_of(change), Outcome.APPLIED, writer.worker)
        written = {**(row.written if row is not None else {}), **dict.fromkeys(pairs, seq)}
        made = Row(record, bucket, seq, after, written, COUNTY)
        self.write(made)
        return made

    def log(self, seq: int, op: Op, outcome: Outcome, worker: str) -> None:
        """One line of the county's own in the log of ops."""
        by = replace(self.device, device=COUNTY, replica=COUNTY, worker=worker)
        self.entries.append(Entry(seq, op, outcome, by, own=True))

    def writer(self, worker: str, at: str, op: str = "") -> Writer:
        """A worker with her name."""
        if worker not in self.names:
            self.names[worker] = county.worker_name(self.connection, self.county, worker)
        return Writer(worker, self.names[worker], at, op)

    def who_wrote(self, row: Row | None, name: str) -> Writer | None:
        """Who wrote what stands in a field, or None when nobody knows."""
        seq = row.written.get(name) if row is not None else None
        if seq is None:
            return None
        entry = next((one for one in self.entries if one.seq == seq), None)
        if entry is not None:
            return self.writer(entry.by.worker, str(entry.op.payload.get("at", "")), entry.op.id)
        found = oplog.written_by(self.connection, self.county, seq)
        return self.writer(*found) if found else None

    def before_deletion(self, record: str) -> Body:
        """The body a deleted record had, whether it was deleted in this transaction or long ago."""
        for entry in reversed(self.entries):
            op = entry.op
            deleted = op.change is not None and op.change.verb is Verb.DELETE
            if op.record == record and deleted and entry.outcome is Outcome.APPLIED:
                return oplog.taken_by(op.payload)
        return oplog.before_deletion(self.connection, self.county, record)


def begin(
    connection: Connection,
    device: Device,
    scope: Iterable[str],
    ops: Sequence[Op],
    hand: AtHand,
    at: datetime,
    last: int,
) -> Batch:
    """What the judging of `ops` works on. Needs the county's lock, under which `hand` was looked up for them
    (`at_hand.of`) and `last` is the number given last."""
    counter = itertools.count(last + 1)
    batch = Batch(connection, device, at, frozenset(scope), lambda: next(counter), last)
    batch.held = dict(hand.held)
    batch.absent = set(hand.records)
    for row in hand.cases:
        batch.held.setdefault(row.record, row)
        batch.cases.setdefault(str(row.held.body.get("of")), set()).add(row.record)
    batch.waiting = set(hand.awaited)
    batch.used = set(hand.known.ids)
    people = [op for op in ops if op.type == "person"]
    numbers = {number for op in people for side in (0, 1) if (number := id_number(op.type, _side(op, side)))}
    batch.numbered = records.persons_with(connection, device.county, numbers)
    return batch


def finish(batch: Batch) -> None:
    """Write back what was judged: the log, the records, and the numbers that were used."""
    first = county.ask_numbers(batch.connection, batch.county, len(batch.entries))
    oplog.append(batch.connection, batch.county, batch.entries, batch.at)
    oplog.settle(batch.connection, batch.settled)
    records.save(batch.connection, batch.county, batch.touched.values(), batch.fresh)
    closed = [
        row.record
        for row in batch.touched.values()
        if row.held.type == Conflict.TYPE and row.held.body.get("state") != State.OPEN
    ]
    if closed:
        oplog.close_cases(batch.connection, batch.county, closed)
    assert first() == batch.last + 1, "nobody else gives numbers while the county's lock is held"


def id_number(kind: str, body: Body) -> str:
    """The identity number of a person's record, "" for every other."""
    number = body.get("id_number") if kind == "person" else None
    return number if isinstance(number, str) else ""


def _side(op: Op, side: int) -> Body:
    return {name: pair[side] for name, pair in op.change.fields.items()} if op.change else {}
