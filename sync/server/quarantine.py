"""What could not be taken in stays whole, and comes in by the same merge once it can be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from app.domain.change import LEFT_OUT, Outcome, Receipt
from app.domain.conflict import Conflict
from app.domain.problem import UserError
from sync.protocol.wire import read_op
from sync.server import at_hand, county, judging, oplog, witness
from sync.server import batch as batches
from sync.server.batch import COUNTY
from sync.server.devices import Device
from sync.server.postgres import Connection


def release(
    connection: Connection, code: str, seq: int, by: str, at: datetime, *, village: str = ""
) -> Outcome:
    """Take in one quarantined change on the township's word; returns what the merge made of it.

    `by` is who says so. Raises UserError when there is none, it is settled, or this release cannot read it.
    """
    with connection.transaction():
        county.lock(connection, code)
        row = _open_row(connection, code, seq)
        op = read_op(row["payload"])
        if op.change is None:
            raise UserError("这一条这一版读不懂，放不进去。先留着，升级以后再放。", field="seq")
        bucket = f"v:{village}" if village else op.bucket
        if not county.villages_in(connection, code, [bucket]):
            raise UserError("县里没有这一条写的那个村，用 --village 说清放进哪个村。", field="village")
        device = Device(code, COUNTY, COUNTY, row["worker"])
        hand, last = at_hand.of(connection, code, [op]), county.standing(connection, code).last
        work = batches.begin(connection, device, (), [op], hand, at, last)
        held = work.row(op.record)
        if held is None and op.change.verb != "new":
            raise UserError("县里还没有它要改的那条资料。等那条传上来，它会自己进去。", field="seq")
        if held is not None:
            bucket = held.bucket
        outcome = judging.judge_again(work, {**row, "bucket": bucket}, by)
        if op.type == Conflict.TYPE and outcome is Outcome.QUARANTINED:
            raise UserError("只有县里能写的，放不进去。不收的话，用 refuse 说清为什么。", field="seq")
        batches.finish(work)
    return outcome


def let_in(connection: Connection, code: str, brought: Sequence[str], at: datetime) -> int:
    """Take in what had been waiting for records that copies have just brought back; the last number it was
    settled under, 0 where nothing waited. Needs the lock."""
    waiting = {record: rows for record in brought if (rows := oplog.waiting(connection, code, record))}
    if not waiting:
        return 0
    ops = [read_op(row["payload"]) for rows in waiting.values() for row in rows]
    hand, last = at_hand.of(connection, code, ops), county.standing(connection, code).last
    work = batches.begin(connection, Device(code, COUNTY, COUNTY, COUNTY), (), ops, hand, at, last)
    for record, rows in waiting.items():
        row = work.row(record)
        assert row is not None, "it has just been brought"
        work.carried |= witness.already_in(connection, code, record, [one["seq"] for one in rows])
        judging.let_in(work, record, row.bucket)
    if not work.entries:  # they named another village
        return 0
    batches.finish(work)
    return last + len(work.entries)


def refuse(connection: Connection, code: str, seq: int, by: str, words: str, at: datetime) -> None:
    """Leave one quarantined change out for good, with the reason in words. Raises UserError."""
    if not words.strip():
        raise UserError("写一句为什么不收，村里要看。", field="why")
    with connection.transaction():
        county.lock(connection, code)
        _open_row(connection, code, seq)
        number = county.take_numbers(connection, code, 1)
        connection.execute(
            "UPDATE quarantine SET status = 'refused', settled_seq = %s, settled_at = %s, settled_by = %s,"
            " outcome = 'quarantined', words = %s WHERE county = %s AND seq = %s",
            (number, at, by, words.strip(), code, seq),
        )


def settled_since(connection: Connection, device: Device, after: int, upto: int) -> tuple[Receipt, ...]:
    """What became of this computer's quarantined changes after number `after` and no later than `upto`."""
    rows = connection.execute(
        "SELECT op, outcome, settled_seq, words FROM quarantine WHERE county = %s AND device = %s"
        " AND settled_seq > %s AND settled_seq <= %s ORDER BY settled_seq",
        (device.county, device.device, after, upto),
    )
    return tuple(
        Receipt(row["op"], Outcome(row["outcome"]), row["settled_seq"], _why(row["words"])) for row in rows
    )


def _why(words: str) -> str:
    return f"{LEFT_OUT}{words}" if words else ""


def _open_row(connection: Connection, code: str, seq: int) -> dict[str, Any]:
    row = connection.execute(
        "SELECT * FROM quarantine WHERE county = %s AND seq = %s AND status = 'open'", (code, seq)
    ).fetchone()
    if row is None:
        raise UserError("没有这一条，或者已经处理过了。用 quarantine list 看看。", field="seq")
    return row
