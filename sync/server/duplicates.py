"""Two people with one identity number: both are kept, and both villages are shown a case.

A constraint would make one of two true records vanish. What stands in another village is not told.
"""

from __future__ import annotations

from collections.abc import Iterable

from app.domain.conflict import Choice, Conflict, Kind, State
from app.domain.record import Body
from sync.protocol.cases import Writer, case_id
from sync.protocol.merge import Held, empty
from sync.server.batch import Batch, id_number
from sync.server.records import Row

FIELD = "id_number"


def after(batch: Batch, before: Row | None, row: Row, writer: Writer) -> None:
    """Open or end the cases that a person's new identity number brings about."""
    old = id_number(row.held.type, dict(before.held.body)) if before is not None else ""
    new = "" if row.held.deleted else id_number(row.held.type, dict(row.held.body))
    if old == new:
        return
    if old:
        others = batch.numbered.get(old, {})
        others.pop(row.record, None)
        _end(batch, row.record, sorted(others), writer)
    if new:
        others = batch.numbered.setdefault(new, {})
        for other, bucket in sorted(others.items()):
            same_village = bucket == row.bucket
            _open(batch, row.record, other, row.bucket, other if same_village else "", writer)
            if not same_village:
                _open(batch, other, row.record, bucket, "", None)
        others[row.record] = row.bucket


def _open(batch: Batch, person: str, other: str, bucket: str, shown: str, writer: Writer | None) -> None:
    key = case_id(f"{person}|{other}", FIELD)
    row = batch.row(key)
    if row is not None and row.held.body.get("state") == State.OPEN:
        return
    body: Body = {
        "of": person, "of_type": "person", "field": FIELD, "kind": Kind.DUPLICATE.value,
        "opened_at": batch.at.isoformat(), "mine": person, "gone": False, "removes": False,
        "state": State.OPEN.value,
    }  # fmt: skip
    if shown:
        body["theirs"] = shown
    if writer is not None:
        body |= {"mine_by": writer.worker, "mine_who": writer.who, "mine_at": writer.at}
    _write(batch, key, row, bucket, body)


def _end(batch: Batch, person: str, others: Iterable[str], writer: Writer) -> None:
    """The number is another now: whatever was asked about it is answered, on both sides."""
    for one, other in [pair for who in others for pair in ((person, who), (who, person))]:
        key = case_id(f"{one}|{other}", FIELD)
        row = batch.row(key)
        if row is None or row.held.body.get("state") != State.OPEN:
            continue
        decided: Body = {
            **row.held.body, "state": State.DECIDED.value, "choice": Choice.MINE.value,
            "decided_by": writer.worker, "decided_who": writer.who, "decided_at": writer.at,
        }  # fmt: skip
        _write(batch, key, row, row.bucket, decided)


def _write(batch: Batch, key: str, row: Row | None, bucket: str, body: Body) -> None:
    nobody = Writer("", "", batch.at.isoformat())
    kept = {name: value for name, value in body.items() if not empty(value)}
    batch.own(row, key, bucket, Held(Conflict.TYPE, kept), nobody, f"about {body['of']}")
