"""What a restored store takes over from the one it replaces, and what it may never do a second time."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from app.domain.device import DeviceIdentity
from app.domain.ids import new_id
from app.domain.record import canonical
from app.store.attachments import COLUMNS as FILE
from app.store.backup import LINE_LENGTH
from app.store.ballots import every_ballot, lay_back
from app.store.cipher import faults, open_file
from app.store.finder import Finder
from app.store.ledger import waiting_subjects
from app.store.meta import Meta
from app.store.readmission import readmit
from app.store.serials import jump_over, raise_serials
from app.store.taking import overlaid, unsent
from app.store.unit import change_in

Row = tuple[Any, ...]
# In meta: folders with what restores replaced, each with the number up to which the outbox has all of it.
REPLACED = "replaced"
RECORD = "id, type, village, body, deleted, county_body, county_village, county_deleted, revision"


@dataclass(frozen=True)
class Leaving:
    """Read from the store that is about to be replaced; nothing in it was changed.

    `changes` are rows of its outbox that the restored store does not know, in order, `receipts` what the
    county has said since of those it knows as unsent, `records` the records both are about, `files` what is
    known of the files of records. `continues` is True when it is the same store, worked in further after the
    backup: then its counters and its identity are the newer ones.
    """

    device: DeviceIdentity | None = field(repr=False)
    line: str
    continues: bool
    changes: tuple[Row, ...] = field(repr=False)
    receipts: tuple[Row, ...] = field(repr=False)
    records: Mapping[str, Row] = field(repr=False)
    files: tuple[Row, ...] = field(repr=False)
    drafts: tuple[Row, ...] = field(repr=False)
    ballots: tuple[Row, ...] = field(repr=False)  # anonymous answers still in their box
    audit: tuple[Row, ...] = field(repr=False)  # its lines after the backup, when it continues
    serials: Mapping[str, int]
    replaced: Mapping[str, int]
    waiting: int
    touched_at: datetime | None

    @property
    def unsent(self) -> int:
        """How many of `changes` the county has no receipt for."""
        return sum(row[3] is None for row in self.changes)


def leaving(path: Path, key: bytes, known: Mapping[str, bool], last_chain: str) -> Leaving:
    """Read the store at `path`, of whatever release. Raises WrongKey or StorageFault.

    `known` are the change ids of the store that comes, each with whether it has a receipt there,
    `last_chain` the end of its audit chain.
    """
    db = open_file(path, key)
    try:
        with faults():
            return _read(db, known, last_chain)
    finally:
        db.close()


def take_over(db: Database, finder: Finder, left: Leaving) -> int:
    """Bring over what the restored store does not know; returns the number of changes.

    Called inside a transaction. Records come as the worker last saw them, where the store she leaves
    had the newer county's copy; else her changes are laid over what is here. What the county has answered
    since is answered here too: unsent once more, it would lie over the county's newer copy.
    """
    db.conn.executemany(
        "INSERT OR IGNORE INTO outbox(change, record, payload, seq, outcome, reason)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        left.changes,
    )
    db.conn.executemany(
        "UPDATE outbox SET seq = ?, outcome = ?, reason = ? WHERE change = ? AND seq IS NULL",
        [(seq, outcome, reason, change) for change, _, seq, outcome, reason in left.receipts],
    )
    for record in dict.fromkeys(row[1] for row in (*left.changes, *left.receipts)):
        _bring(db, finder, left, record)
    db.conn.executemany(
        f"INSERT OR IGNORE INTO attachment({FILE}) VALUES ({', '.join('?' * len(FILE.split(',')))})",
        left.files,
    )
    for draft in left.drafts:
        db.execute(
            "INSERT INTO draft(id, kind, subject, body, saved_at) SELECT ?, ?, ?, ?, ?"
            " WHERE NOT EXISTS (SELECT 1 FROM record WHERE id = ?)"
            " ON CONFLICT(id) DO UPDATE SET body = excluded.body, saved_at = excluded.saved_at"
            " WHERE excluded.saved_at > draft.saved_at",
            [*draft, draft[0]],
        )
    lay_back(db, left.ballots)
    tried = left.audit and db.execute("SELECT 1 FROM audit WHERE chain = ?", [left.audit[0][5]]).fetchone()
    for line in () if tried else left.audit:  # the chain goes on as if nothing had happened
        db.execute(
            "INSERT INTO audit(at, actor, verb, subject, detail, chain) VALUES (?, ?, ?, ?, ?, ?)", list(line)
        )
    return len(left.changes)


def begin_again(db: Database, meta: Meta, left: Leaving | None, made_at: datetime, now: datetime) -> None:
    """Make the restored file one that gives out no identity and no number twice.

    Called inside a transaction, after `take_over`. Cursors go to 0, so that all is pulled again; ticket
    counters jump over every number that may have been given after the backup; the file gets a replica
    id of its own and remembers which one the county knows it by.
    """
    exact = left is not None and left.continues
    if left is not None and exact and left.device is not None:
        readmit(db, meta, left.device, now)  # the computer may have been enrolled anew after the backup
    db.execute("DELETE FROM cursor")
    theirs = left.serials if left is not None else {}
    raise_serials(meta, theirs, 0 if exact else jump_over(made_at, now), (made_at, now))
    if left is None:  # nobody knows whether the county had what the backup still held as unsent
        db.execute("UPDATE outbox SET waits_since = ? WHERE seq IS NULL", [now.isoformat()])
    if meta.get("device") is None:
        return
    device = meta.device()
    before = left.device if left is not None and left.device is not None else device
    if before.device != device.device:
        before = device
    meta.set_device(replace(device, replica=new_id(now)))
    meta.set_was(before.was or before.replica)
    meta.set_link("")  # the new replica stands at its beginning


def note_replaced(db: Database, meta: Meta, left: Leaving | None, aside: str) -> None:
    """Remember that everything unsent in the folder `aside`, and in those before it, is in this outbox.

    Called inside a transaction, after `take_over`. Without `left` nobody knows what is in `aside`, and
    what was noted in the store that goes cannot be taken over.
    """
    (last,) = db.execute("SELECT coalesce(max(n), 0) FROM outbox").fetchone()
    names = {*(meta.get(REPLACED) or {}), *((*left.replaced, aside) if left is not None else ())}
    meta.set(REPLACED, dict.fromkeys(sorted(names), int(last)))


def _read(db: Database, known: Mapping[str, bool], last_chain: str) -> Leaving:
    rows = _outbox(db)
    changes = tuple(row for row in rows if row[0] not in known)
    answered = [row for row in rows if row[3] is not None and not known.get(row[0], True)]
    receipts = tuple((change, record, seq, outcome, why) for change, record, _, seq, outcome, why in answered)
    records = {}
    for record in {row[1] for row in (*changes, *receipts)}:
        row = db.execute(f"SELECT {RECORD} FROM record WHERE id = ?", [record]).fetchone()
        if row is not None:
            records[record] = row
    meta = Meta(db)
    first = db.execute("SELECT chain FROM audit ORDER BY n LIMIT 1").fetchone()
    last = db.execute("SELECT at FROM audit ORDER BY n DESC LIMIT 1").fetchone()
    on = db.execute("SELECT n FROM audit WHERE chain = ?", [last_chain]).fetchone()
    lines = db.execute(
        "SELECT at, actor, verb, subject, detail, chain FROM audit WHERE n > ? ORDER BY n",
        [on[0] if on else 2**62],
    )
    return Leaving(
        device=meta.device() if meta.get("device") else None,
        line=str(first[0])[:LINE_LENGTH] if first else "",
        continues=on is not None,
        changes=changes,
        receipts=receipts,
        records=records,
        files=_files(db),
        drafts=tuple(db.execute("SELECT id, kind, subject, body, saved_at FROM draft")),
        ballots=every_ballot(db),
        audit=tuple(lines),
        serials=meta.serials(),
        replaced=meta.get(REPLACED) or {},
        waiting=len(waiting_subjects(db)),
        touched_at=datetime.fromisoformat(last[0]) if last else None,
    )


def _outbox(db: Database) -> list[Row]:
    kept = any(column[1] == "reason" for column in db.execute("PRAGMA table_info(outbox)"))
    reason = "reason" if kept else "''"  # an older release kept none
    rows = db.execute(f"SELECT change, record, payload, seq, outcome, {reason} FROM outbox ORDER BY n")
    return list(rows)


def _files(db: Database) -> tuple[Row, ...]:
    if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'attachment'").fetchone():
        return ()  # of an older release
    return tuple(db.execute(f"SELECT {FILE} FROM attachment"))


def _bring(db: Database, finder: Finder, left: Leaving, record: str) -> None:
    theirs = left.records.get(record)
    here = db.execute("SELECT revision FROM record WHERE id = ?", [record]).fetchone()
    if theirs is not None and (here is None or left.continues or here[0] < theirs[8]):
        marks = ", ".join("?" * len(theirs))
        db.execute(f"INSERT OR REPLACE INTO record({RECORD}) VALUES ({marks})", list(theirs))
    elif here is None:
        return
    kind, text, deleted, county, county_deleted, revision = db.execute(
        "SELECT type, body, deleted, county_body, county_deleted, revision FROM record WHERE id = ?", [record]
    ).fetchone()
    if deleted:
        finder.forget(record)
        return
    body = json.loads(text)
    if county is None:
        every = db.execute("SELECT payload FROM outbox WHERE record = ? ORDER BY n", [record])
        body = overlaid({}, [change_in(json.loads(payload)) for (payload,) in every])
    elif not county_deleted:  # of what the county took away hers is the one whole copy
        body = overlaid(json.loads(county), unsent(db, record, revision))
    db.execute("UPDATE record SET body = ? WHERE id = ?", [canonical(body), record])
    finder.index(kind, record, body)
