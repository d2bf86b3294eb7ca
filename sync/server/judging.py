"""The verdict on one op, and everything that follows from it in the same transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app.domain.change import Change, Outcome
from app.domain.conflict import Conflict
from sync.protocol.errors import Malformed
from sync.protocol.merge import Held, Merged, merge
from sync.protocol.messages import Op
from sync.protocol.policy import POLICY
from sync.protocol.wire import read_op
from sync.server import conflicts, duplicates, oplog, witness
from sync.server.batch import COUNTY, Batch
from sync.server.devices import Device
from sync.server.oplog import Entry
from sync.server.records import Row


def judge(batch: Batch, op: Op) -> None:
    """Give `op` its verdict and its number, and write what it changes; nothing of it is dropped."""
    row = batch.held.get(op.record)
    seq = batch.numbers()
    reason = _outside(op, row, batch)
    batch.used.add(op.id)
    if reason or op.change is None:
        batch.entries.append(Entry(seq, op, Outcome.QUARANTINED, batch.device, reason or op.fault))
    elif row is not None and op.id in batch.contained:
        # A copy of the record that came back after a restore holds it already.
        batch.entries.append(Entry(seq, op, Outcome.APPLIED, batch.device, witness.CONTAINED))
        batch.write(replace(row, rev=seq))
    elif op.type == Conflict.TYPE:
        conflicts.judge(batch, op, op.change, seq, row, batch.device)
    else:
        apply(batch, op, op.change, seq, batch.device)


def apply(batch: Batch, op: Op, change: Change, seq: int, by: Device, own: bool = False) -> Outcome:
    """Merge one op of `by` into its record under the number `seq`; returns the verdict.

    `own` says that the county enters it in the log itself. A record that begins to exist lets in what
    had been waiting for it.
    """
    row = batch.row(op.record)
    result = merge(row.held if row else None, change, POLICY)
    written = dict(row.written) if row else {}
    named = replace(by, device=COUNTY) if own else by
    entry = Entry(seq, op, result.outcome, named, result.reason, result.disagreements, written, own=own)
    batch.entries.append(entry)
    if result.outcome is Outcome.QUARANTINED:
        batch.waiting.add(op.record)
        return result.outcome
    writer = batch.writer(by.worker, change.at.isoformat(), op.id)
    after = _written(op, seq, row, result, by.replica)
    batch.write(after)
    if result.disagreements or batch.cases.get(op.record):
        before = frozenset(batch.fresh)
        opened = conflicts.after(batch, change, row, after, result, writer)
        batch.entries[batch.entries.index(entry)] = replace(entry, cases=opened)
        for case in sorted(set(opened.values()) & batch.fresh - before):
            batch.waiting.add(case)  # nobody named it, so nobody has looked
            let_in(batch, case, after.bucket)
    duplicates.after(batch, row, after, writer)
    if row is None:
        let_in(batch, op.record, after.bucket)
    return result.outcome


def judge_again(batch: Batch, row: Mapping[str, Any], by: str) -> Outcome:
    """Merge the quarantined change `row` under a number of the county's own, on the word of `by`.

    The log keeps the verdict it had first. Raises Malformed when it cannot be read.
    """
    seq = batch.numbers()
    payload = {**row["payload"], "op": f"release-{row['seq']}", "b": row["bucket"], "released": row["seq"]}
    op = read_op(payload)
    if op.change is None:
        raise Malformed(op.fault)
    sender = Device(batch.county, row["device"], COUNTY, row["worker"])
    if row["seq"] in batch.carried:
        held = batch.row(op.record)
        assert held is not None, "a copy was taken of it"
        named = replace(sender, device=COUNTY)
        batch.entries.append(Entry(seq, op, Outcome.APPLIED, named, witness.CONTAINED, own=True))
        batch.write(replace(held, rev=seq))
        outcome = Outcome.APPLIED
    elif op.type == Conflict.TYPE:  # a word on a disagreement is carried out, not merged
        outcome = conflicts.judge(batch, op, op.change, seq, batch.row(op.record), sender, own=True)
    else:
        outcome = apply(batch, op, op.change, seq, sender, own=True)
    batch.settled.append((seq, batch.at, by, outcome.value, batch.county, row["seq"]))
    return outcome


def let_in(batch: Batch, record: str, bucket: str) -> None:
    """Judge anew, in the order they were sent, the changes of a record that came before it was known."""
    if record not in batch.waiting:
        return
    batch.waiting.discard(record)
    kept = [row for row in oplog.waiting(batch.connection, batch.county, record) if row["bucket"] == bucket]
    for entry in tuple(batch.entries):
        if entry.reason == "unknown_record" and entry.op.record == record and entry.op.bucket == bucket:
            kept.append(
                {
                    "seq": entry.seq, "bucket": bucket, "payload": entry.op.payload,
                    "device": entry.by.device, "worker": entry.by.worker,
                }
            )  # fmt: skip
    for row in kept:
        judge_again(batch, row, COUNTY)


def _outside(op: Op, row: Row | None, batch: Batch) -> str:
    """Why the op may not touch the record at all, or ""."""
    if op.id in batch.used:
        return "op_id_reuse"
    if op.fault:
        return op.fault
    if op.bucket not in batch.scope or (row is not None and row.bucket not in batch.scope):
        return "out_of_scope"
    return ""


def _written(op: Op, seq: int, row: Row | None, result: Merged, replica: str) -> Row:
    """The record after the op, under the op's number even if nothing changed.

    Whoever sent the op then always hears the record again after the receipt, and sees what the
    county holds in place of what was set aside.
    """
    fields = dict.fromkeys(result.written, seq)
    after = Held(op.type, result.body, result.deleted)
    if row is None:
        return Row(op.record, op.bucket, seq, after, fields, replica)
    return replace(row, rev=seq, held=after, written={**row.written, **fields}, replica=replica)
