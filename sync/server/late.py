"""What a computer of somebody who left still brings home: numbered, logged and laid aside, never applied."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime

from app.domain.change import Outcome, Receipt
from sync.protocol.messages import Exchange, Reply
from sync.protocol.stopped import Stopped, proof
from sync.server import at_hand, county, oplog
from sync.server.devices import Device
from sync.server.oplog import Entry
from sync.server.postgres import Connection

REASON = "late"

log = logging.getLogger(__name__)


def _notice(connection: Connection, device: Device) -> Stopped:
    row = connection.execute(
        "SELECT receive_key FROM device WHERE county = %s AND device = %s", (device.county, device.device)
    ).fetchone()
    assert row is not None, "whoever was authenticated is there"
    return Stopped(proof(bytes(row["receive_key"]), device.device), device.device)


def take_in(connection: Connection, device: Device, message: Exchange, at: datetime) -> Reply:
    """Receipts for every change, and nothing else: whoever left reads nothing any more.

    Raises Stopped for an ordinary exchange: the computer hears that it may only hand in.
    """
    if not message.late:
        raise _notice(connection, device)
    with connection.transaction():
        county.lock(connection, device.county)
        known = at_hand.of(connection, device.county, message.ops).known
        unknown = {}
        for op in message.ops:
            if (key := (op.id, oplog.hash_of(op))) not in known.receipts:
                unknown[key] = op
        fresh = list(unknown.values())
        first = county.take_numbers(connection, device.county, len(fresh)) if fresh else 0
        entries = [Entry(seq, op, Outcome.QUARANTINED, device, REASON) for seq, op in enumerate(fresh, first)]
        oplog.append(connection, device.county, entries, at)
        standing = county.standing(connection, device.county)
    given = dict(known.receipts)
    given |= {(one.op.id, oplog.hash_of(one.op)): Receipt(one.op.id, one.outcome, one.seq) for one in entries}
    log.info("device %s, which was stopped: %d changes laid aside", device.device, len(entries))
    receipts = tuple(replace(given[op.id, oplog.hash_of(op)], change=op.id) for op in message.ops)
    return Reply(standing.epoch, receipts, (), {}, False, at, standing.durable)
