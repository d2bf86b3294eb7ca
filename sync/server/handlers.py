"""One exchange at the county: the batch is judged and logged, then the device hears what is new.

Everything of one request is one transaction. Nothing a worker typed is refused: each op gets one of
four outcomes and a number of its own, and what is not applied is kept whole beside the record.
"""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

from app.domain.change import Outcome, Receipt
from sync.protocol.messages import EVERYTHING, Exchange, Op, Reply
from sync.server import (
    batch,
    county,
    digests,
    judging,
    lives,
    oplog,
    packs,
    quarantine,
    records,
    replicas,
    witness,
)
from sync.server.devices import Device
from sync.server.keys_told import keys_for
from sync.server.oplog import Known
from sync.server.postgres import Connection

log = logging.getLogger(__name__)


def exchange(connection: Connection, device: Device, message: Exchange, at: datetime) -> Reply:
    """Takes in the ops and answers with receipts and the next rows. Raises Refused for the whole."""
    device = replicas.present(connection, device, message, at)
    # A reader needs one snapshot; a writer needs to see what was committed while it waited for the lock.
    writes = bool(message.ops or message.copies or message.differ)
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
        digests.note_divergence(connection, device, message.differ, at)
        page = records.page(
            *(connection, device.county, scope, message.cursors, standing.last, message.limit),
            _echo(device, message, receipts),
        )
        villages = county.villages_in(connection, device.county, scope)
        once = {} if page.more else _once(connection, device, message, scope)
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
        **once,
    )


def _once(
    connection: Connection, device: Device, message: Exchange, scope: tuple[str, ...]
) -> dict[str, Any]:
    """What is said once in a round, in its last answer."""
    heard = min(message.cursors.values(), default=0)
    return {
        "keys": keys_for(connection, device, message.knows),
        "pack": packs.newest(connection, device.county),
        "settled": quarantine.settled_since(connection, device, heard),
        "digests": digests.digests_of(connection, device.county, scope) if message.reads else {},
    }


def _echo(device: Device, message: Exchange, receipts: tuple[Receipt, ...]) -> records.Echo:
    """What the device can make by itself; where its change was set aside, it may not have seen why."""
    if not message.reads or EVERYTHING in message.need:
        return records.NO_ECHO
    aside = (
        op.record
        for op, receipt in zip(message.ops, receipts, strict=True)
        if receipt.outcome is not Outcome.APPLIED
    )
    return records.Echo(device.replica, message.need.union(aside))


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
    work = batch.begin(connection, device, scope, fresh, at)
    work.used.update(known.ids)
    work.contained = witness.contained(connection, device.county, fresh, message.former)
    for op in fresh:
        judging.judge(work, op)
    batch.finish(work)
    witness.note_former(connection, device.county, work.entries, message.former)
    receipts = dict(known.receipts)
    entries = [entry for entry in work.entries if entry.origin is None]
    for entry in entries:
        receipts[entry.op.id, oplog.hash_of(entry.op)] = Receipt(
            entry.op.id, entry.outcome, entry.seq, entry.reason
        )
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
