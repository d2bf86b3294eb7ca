"""One exchange at the county: the batch is judged and logged, then the device hears what is new.

Everything of one request is one transaction. Nothing a worker typed is refused: each op gets one of
four outcomes and a number of its own, and what is not applied is kept whole beside the record.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime

from app.domain.change import Outcome, Receipt
from sync.protocol.merge import Held, Merged, merge
from sync.protocol.messages import Exchange, Op, Reply
from sync.protocol.policy import POLICY
from sync.server import county, lives, oplog, packs, records, replicas, witness
from sync.server.devices import Device
from sync.server.keys_told import keys_for
from sync.server.oplog import Entry, Known
from sync.server.postgres import Connection
from sync.server.records import Row

log = logging.getLogger(__name__)


def exchange(connection: Connection, device: Device, message: Exchange, at: datetime) -> Reply:
    """Takes in the ops and answers with receipts and the next rows. Raises Refused for the whole."""
    device = replicas.present(connection, device, message, at)
    # A reader needs one snapshot; a writer needs to see what was committed while it waited for the lock.
    writes = bool(message.ops or message.copies)
    isolation = "READ COMMITTED" if writes else "REPEATABLE READ, READ ONLY"
    with lives.watched(connection, device, at), connection.transaction():
        connection.execute(f"SET TRANSACTION ISOLATION LEVEL {isolation}")
        if writes:
            county.lock(connection, device.county)
        standing = county.standing(connection, device.county)
        lives.same(connection, device.county, standing, message)
        scope = county.scope_of(connection, device.county, device.worker)
        witness.adopt(connection, device, message.copies, scope, at)
        receipts, reused = _take_in(connection, device, message, scope, at)
        standing = county.standing(connection, device.county)
        page = records.page(
            connection, device.county, scope, message.cursors, standing.last, max(1, message.limit)
        )
        villages = county.villages_in(connection, device.county, scope)
        last = not page.more  # what is said once in a round
        keys = keys_for(connection, device) if last else None
        pack = packs.newest(connection, device.county) if last else ""
    return Reply(
        epoch=standing.epoch,
        receipts=receipts,
        rows=page.rows,
        cursors=page.cursors,
        more=page.more,
        now=at,
        durable=standing.durable,
        villages=villages,
        reused=reused,
        keys=keys,
        pack=pack,
    )


def _take_in(
    connection: Connection, device: Device, message: Exchange, scope: tuple[str, ...], at: datetime
) -> tuple[tuple[Receipt, ...], tuple[str, ...]]:
    """Receipts in the order of `ops`, and the ids that had been used for other content."""
    ops = message.ops
    if not ops:
        return (), ()
    known = oplog.known(connection, device.county, ops)
    fresh = _fresh(ops, known)
    if not fresh:
        return tuple(known.receipts[op.id, oplog.hash_of(op)] for op in ops), ()
    held = records.load(connection, device.county, {op.record for op in fresh})
    first = county.take_numbers(connection, device.county, len(fresh))
    contained = witness.contained(connection, device.county, fresh, message.former)
    used = set(known.ids)
    entries, touched = [], {}
    for seq, op in enumerate(fresh, first):
        old = held.get(op.record)
        entry, row = _judge(op, seq, old, frozenset(scope), device, op.id in used)
        if old and op.id in contained and entry.outcome is not Outcome.QUARANTINED:
            entry, row = Entry(seq, op, Outcome.APPLIED, witness.CONTAINED), replace(old, rev=seq)
        used.add(op.id)
        entries.append(entry)
        if row is not None:
            held[op.record] = touched[op.record] = row
    oplog.append(connection, device, entries, at)
    records.save(connection, device.county, touched.values())
    witness.note_former(connection, device.county, entries, message.former)
    receipts = dict(known.receipts)
    for entry in entries:
        receipts[entry.op.id, oplog.hash_of(entry.op)] = Receipt(entry.op.id, entry.outcome, entry.seq)
    reused = tuple(entry.op.id for entry in entries if entry.reason == "op_id_reuse")
    if reused:
        log.error("device %s used %d op ids again for other content", device.device, len(reused))
    return tuple(receipts[op.id, oplog.hash_of(op)] for op in ops), reused


def _fresh(ops: tuple[Op, ...], known: Known) -> list[Op]:
    """The ops the log does not hold yet, each once, in order."""
    seen = set(known.receipts)
    fresh = []
    for op in ops:
        key = (op.id, oplog.hash_of(op))
        if key not in seen:
            seen.add(key)
            fresh.append(op)
    return fresh


def _judge(
    op: Op, seq: int, row: Row | None, scope: frozenset[str], device: Device, id_used: bool
) -> tuple[Entry, Row | None]:
    """The verdict on one op, and the record to write if the op touched one."""
    reason = _outside(op, row, scope, id_used)
    if reason or op.change is None:
        return Entry(seq, op, Outcome.QUARANTINED, reason or op.fault), None
    result = merge(row.held if row else None, op.change, POLICY)
    entry = Entry(
        seq, op, result.outcome, result.reason, result.disagreements, dict(row.written) if row else None
    )
    if result.outcome is Outcome.QUARANTINED:
        return entry, None
    return entry, _written(op, seq, row, result, device)


def _outside(op: Op, row: Row | None, scope: frozenset[str], id_used: bool) -> str:
    """Why the op may not touch the record at all, or ""."""
    if id_used:
        return "op_id_reuse"
    if op.fault:
        return op.fault
    if op.bucket not in scope or (row is not None and row.bucket not in scope):
        return "out_of_scope"
    return ""


def _written(op: Op, seq: int, row: Row | None, result: Merged, device: Device) -> Row:
    """The record after the op, under the op's number even if nothing changed.

    Whoever sent the op then always hears the record again after the receipt, and sees what the
    county holds in place of what was set aside.
    """
    fields = dict.fromkeys(result.written, seq)
    after = Held(op.type, result.body, result.deleted)
    if row is None:
        return Row(op.record, op.bucket, seq, after, fields, device.replica)
    return replace(row, rev=seq, held=after, written={**row.written, **fields}, replica=device.replica)
