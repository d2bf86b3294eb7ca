"""Records the county lost with its disk and a colleague's computer still has: taken back, and marked so.

Only after a restore, only what its backup did not hold, only in the villages of whoever offers it. Every copy
is logged like a change, with the values it replaced.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from app.domain.change import Change, Incoming, Outcome, Verb
from app.domain.ids import new_id
from app.domain.record import Json
from sync.protocol.canonical import unkeepable
from sync.protocol.merge import Held
from sync.protocol.messages import Op, bucket_of, village_of
from sync.protocol.wire import op_of
from sync.protocol.witness import Adopted, Copy
from sync.protocol.witness import adopt as laid_in
from sync.server import alarms, county, lives, oplog, records
from sync.server.batch import COUNTY
from sync.server.devices import Device
from sync.server.oplog import Entry
from sync.server.postgres import Connection
from sync.server.records import Row

WITNESS = "witness"  # the reason in the log of a copy that was taken
CONTAINED = "in_witness"  # … and of a change that such a copy holds already
ELSEWHERE = "witness_elsewhere"  # the alarm, and why a copy is set aside: its record has moved since

log = logging.getLogger(__name__)


def adopt(
    connection: Connection, device: Device, copies: Sequence[Incoming], scope: Sequence[str], at: datetime
) -> tuple[str, ...]:
    """Take what the county lacks of `copies`; the records that exist by that and did not before. Needs the
    county's lock where there are any."""
    if not copies:
        return ()
    kept = lives.of(connection, device.county)[-1].kept_upto
    known = _adopted(connection, device.county, [copy.record for copy in copies])
    wanted = [
        copy
        for copy in copies
        if kept < copy.revision
        and known.get(copy.record, 0) < copy.revision
        and bucket_of(copy.village) in scope
        and not unkeepable(copy.body)
    ]
    held = records.load(connection, device.county, [copy.record for copy in wanted])
    there = frozenset(held)
    for copy in wanted:
        row = held.get(copy.record)
        if row is not None and (row.bucket != bucket_of(copy.village) or row.held.type != copy.type):
            alarms.sound(connection, device.county, ELSEWHERE, copy.record, at, f"device {device.device}")
            if row.bucket not in scope or row.held.type != copy.type:
                _lay_aside(connection, device, copy, row, at)
                continue
        held[copy.record] = _take(connection, device, copy, row, kept, at)
    log.info("device %s offered %d copies, %d wanted", device.device, len(copies), len(wanted))
    return tuple(record for record in held if record not in there)


def contained(
    connection: Connection, county: str, ops: Sequence[Op], former: Mapping[str, int]
) -> frozenset[str]:
    """The ops whose effect is in a copy that was taken: they are acknowledged and change nothing more."""
    again = [op for op in ops if op.id in former]
    if not again:
        return frozenset()
    known = _adopted(connection, county, [op.record for op in again])
    return frozenset(op.id for op in again if former[op.id] <= known.get(op.record, 0))


def already_in(connection: Connection, county: str, record: str, numbers: Iterable[int]) -> frozenset[int]:
    """Those of the logged `numbers` about `record` whose effect is in a copy of it that was taken since."""
    upto = _adopted(connection, county, [record]).get(record, 0)
    return frozenset(seq for seq, former in _former(connection, county, numbers).items() if former <= upto)


def note_former(
    connection: Connection, county: str, entries: Iterable[Entry], former: Mapping[str, int]
) -> None:
    """Remember which numbers these ops had in the life that was lost."""
    told = [(county, entry.seq, former[entry.op.id]) for entry in entries if entry.op.id in former]
    if told:
        with connection.cursor() as cursor:
            cursor.executemany("INSERT INTO former VALUES (%s, %s, %s)", told)


def _lay_aside(connection: Connection, device: Device, copy: Incoming, row: Row, at: datetime) -> None:
    """Keep what the copy says otherwise whole, once, for the township: whoever offers it may not write there,
    and nobody else may still have it."""
    here = {} if row.held.deleted else row.held.body
    after = {} if copy.deleted else copy.body
    pairs = {
        name: (here.get(name), after.get(name))
        for name in sorted({*here, *after})
        if here.get(name) != after.get(name)
    }
    op_id = f"{COUNTY}-{copy.record}-{copy.revision}"
    if (copy.deleted == row.held.deleted and not pairs) or oplog.holds(connection, device.county, op_id):
        return
    change = Change(
        op_id, copy.record, copy.type, village_of(row.bucket) or row.bucket,
        Verb.DELETE if copy.deleted else Verb.EDIT, pairs, at, device.worker,
    )  # fmt: skip
    seq = county.take_numbers(connection, device.county, 1)
    by = replace(device, device=COUNTY, replica=COUNTY)
    entry = Entry(seq, op_of(change), Outcome.QUARANTINED, by, ELSEWHERE, own=True)
    oplog.append(connection, device.county, [entry], at)


def _take(
    connection: Connection, device: Device, copy: Incoming, row: Row | None, kept: int, at: datetime
) -> Row:
    place = device.county
    written = dict(row.written) if row else {}
    since = {seq for seq in written.values() if seq > kept}
    had = _former(connection, place, since)
    before = _seen(connection, place, written, since - had.keys())
    result = laid_in(
        row.held if row else None,
        Copy(copy.body, copy.deleted, copy.revision),
        lambda name: (
            written.get(name, 0) <= kept or had.get(written[name], copy.revision + 1) <= copy.revision
        ),
        lambda name: before.get(name),
    )
    seq = county.take_numbers(connection, place, 1)
    oplog.append(connection, place, [_entry(device, copy, seq, result, written, at)], at)
    connection.execute("INSERT INTO former VALUES (%s, %s, %s)", (place, seq, copy.revision))
    connection.execute(
        "INSERT INTO adoption (county, record, former, seq, device, at) VALUES (%s, %s, %s, %s, %s, %s)"
        " ON CONFLICT (county, record) DO UPDATE SET former = excluded.former, seq = excluded.seq,"
        " device = excluded.device, at = excluded.at",
        (place, copy.record, copy.revision, seq, device.device, at),
    )
    after = Held(copy.type, result.body, result.deleted)
    fields = written | dict.fromkeys(result.fields, seq)
    if row is None:
        made = Row(copy.record, bucket_of(copy.village), seq, after, fields, device.replica)
    else:
        made = replace(row, rev=seq, held=after, written=fields, replica=device.replica)
    records.save(connection, place, [made])
    return made


def _entry(
    device: Device, copy: Incoming, seq: int, result: Adopted, written: Mapping[str, int], at: datetime
) -> Entry:
    """The copy as the log keeps it: what it replaced, and what was set aside of it."""
    bucket = bucket_of(copy.village)
    payload: dict[str, Json] = {
        "op": new_id(at),
        "t": copy.type,
        "id": copy.record,
        "b": bucket,
        "k": "adopt",
        "f": {name: list(pair) for name, pair in result.fields.items()},
        "r": copy.revision,
        "d": int(result.deleted),
    }
    op = Op(str(payload["op"]), copy.record, copy.type, bucket, payload, None)
    outcome = Outcome.CONFLICT if result.beside else Outcome.APPLIED
    return Entry(seq, op, outcome, device, WITNESS, result.beside, written)


def _adopted(connection: Connection, county: str, ids: Sequence[str]) -> dict[str, int]:
    rows = connection.execute(
        "SELECT record, former FROM adoption WHERE county = %s AND record = ANY(%s)", (county, list(ids))
    )
    return {row["record"]: row["former"] for row in rows}


def _former(connection: Connection, county: str, numbers: Iterable[int]) -> dict[int, int]:
    rows = connection.execute(
        "SELECT seq, former FROM former WHERE county = %s AND seq = ANY(%s)", (county, list(numbers))
    )
    return {row["seq"]: row["former"] for row in rows}


def _seen(
    connection: Connection, county: str, written: Mapping[str, int], numbers: Iterable[int]
) -> dict[str, Json]:
    """What those who wrote newly since the restore had before them, by field."""
    rows = connection.execute(
        "SELECT seq, payload->'f' AS f FROM op WHERE county = %s AND seq = ANY(%s)", (county, list(numbers))
    )
    changed = {row["seq"]: row["f"] or {} for row in rows}
    return {name: changed[seq][name][0] for name, seq in written.items() if name in changed.get(seq, {})}
