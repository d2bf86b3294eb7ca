"""Cases at the county: opened with the verdict, kept up to date, and decided once with what follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from app.domain.change import Change, Outcome
from app.domain.conflict import Conflict
from app.domain.locks import locked
from app.domain.record import Body
from sync.protocol.cases import Decision, Effect, Writer, decide, followed, opened, taken_back
from sync.protocol.merge import Held, Merged, empty
from sync.protocol.messages import Op
from sync.server import duplicates
from sync.server.batch import COUNTY, Batch
from sync.server.devices import Device
from sync.server.oplog import Entry
from sync.server.records import Row


def after(
    batch: Batch, change: Change, before: Row | None, row: Row, result: Merged, writer: Writer
) -> Mapping[str, str]:
    """The cases a change opens, widens, brings up to date or ends; those it opened or widened, by field."""
    keep_up(batch, row, writer, change)
    cases = {key: dict(case.held.body) for key, case in batch.open_cases(row.record).items()}
    found = opened(
        cases, change, result.disagreements, writer, lambda name: batch.who_wrote(before, name),
        batch.at.isoformat(),
    )  # fmt: skip
    for key, body in found.items():
        # One that a copy brought back from before a restore was decided there, and stays so.
        stands = batch.row(key) if key not in cases else None
        said = body if stands is None else dict(stands.held.body)
        _write(batch, key, row.bucket, said, writer, change.record)
    return {str(body["field"]): key for key, body in found.items()}


def keep_up(batch: Batch, row: Row, writer: Writer, change: Change | None = None) -> None:
    """Show in every open case of a record what the county holds now, and end those with nothing left."""
    for key, case in batch.open_cases(row.record).items():
        body = dict(case.held.body)
        ended = taken_back(body, change, row.held, writer) if change is not None else None
        now = ended or followed(body, row.held, writer)
        if now is not body:
            _write(batch, key, case.bucket, now, writer, row.record)


def judge(
    batch: Batch,
    op: Op,
    change: Change,
    seq: int,
    row: Row | None,
    by: Device,
    own: bool = False,
) -> Outcome:
    """The verdict on a change of a case by `by`: a decision, or nothing a device may do. `own` says that the
    county enters it in the log itself."""
    named = replace(by, device=COUNTY) if own else by
    if row is None or row.held.type != Conflict.TYPE or row.held.deleted:
        reason = "unknown_record" if row is None and change.verb != "new" else "county_only"
        batch.entries.append(Entry(seq, op, Outcome.QUARANTINED, named, reason, own=own))
        return Outcome.QUARANTINED
    writer = batch.writer(by.worker, change.at.isoformat(), op.id)
    decision = decide(dict(row.held.body), change, writer)
    if decision.fault:
        batch.entries.append(Entry(seq, op, Outcome.QUARANTINED, named, decision.fault, own=own))
        return Outcome.QUARANTINED
    stale = decision.stale or _barred(batch, row, decision)
    outcome = Outcome.REJECTED if stale else Outcome.APPLIED
    batch.entries.append(Entry(seq, op, outcome, named, "decided_before" if stale else "", own=own))
    held = row.held if stale else Held(Conflict.TYPE, decision.body)
    was, now = row.held.body, held.body
    written = dict.fromkeys((name for name in {*was, *now} if was.get(name) != now.get(name)), seq)
    # Under the op's number even if nothing changed: whoever decided late sees what holds.
    batch.write(replace(row, rev=seq, held=held, written={**row.written, **written}, replica=by.replica))
    if decision.effect is not None and not stale:
        _carry_out(batch, str(row.held.body["of"]), decision.effect, writer, row.record)
    return outcome


def _barred(batch: Batch, case: Row, decision: Decision) -> bool:
    """Whether what was decided can no longer be written: the record was signed or has ended since."""
    effect, row = decision.effect, batch.row(str(case.held.body["of"]))
    if effect is None:
        return False
    if row is None:
        return True
    if row.held.deleted:
        return not effect.revives and not effect.removes
    return any(locked(row.held.type, row.held.body, name) for name in effect.fields)


def _carry_out(batch: Batch, record: str, effect: Effect, writer: Writer, case: str) -> None:
    row = batch.row(record)
    if row is None:
        return
    body: Body = dict(row.held.body)
    if row.held.deleted and effect.revives:
        body = batch.before_deletion(record)
    body = {name: value for name, value in {**body, **effect.fields}.items() if not empty(value)}
    held = Held(row.held.type, {} if effect.removes else body, effect.removes)
    made = batch.own(row, record, row.bucket, held, writer, f"conflict {case}")
    keep_up(batch, made, writer)
    duplicates.after(batch, row, made, writer)


def _write(batch: Batch, key: str, bucket: str, body: Body, writer: Writer, record: str) -> None:
    batch.own(batch.held.get(key), key, bucket, Held(Conflict.TYPE, body), writer, f"about {record}")
