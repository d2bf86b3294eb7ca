"""What becomes of a village that is no longer ours: once nothing of it waits, this computer forgets it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlite_utils import Database

from app.store.finder import Finder
from app.store.later import Later
from app.store.meta import Meta

STRAYS = "strays"  # in meta: records of villages that were taken away may still be here


def taken_away(meta: Meta) -> None:
    """Villages were taken from this computer; called inside a transaction."""
    meta.set(STRAYS, True)


def forget_strays(
    db: Database, meta: Meta, finder: Finder, villages: Sequence[str], durable: int
) -> set[str]:
    """Forget records outside `villages` of which nothing waits, and what was sent about them up to the number
    `durable`, which the county has in a verified backup; returns their kinds. Called inside a transaction.

    What waits stays whole until the county has given its receipt. Photos go up without their record, and go
    away later (`FilesWaiting.left_behind`).
    """
    if not meta.get(STRAYS):
        return set()
    marks = ", ".join("?" * len(villages))
    rows: list[Any] = db.execute(
        f"SELECT id, type, EXISTS (SELECT 1 FROM outbox o WHERE o.record = r.id AND o.seq IS NULL) AS kept"
        f" FROM record r"
        f" WHERE village NOT IN ({marks})",
        list(villages),
    ).fetchall()
    gone = [(record, kind) for record, kind, kept in rows if not kept]
    later = Later(finder)
    for record, _ in gone:
        later.forget(record)
    later.flush()
    db.conn.executemany("DELETE FROM record WHERE id = ?", [(record,) for record, _ in gone])
    db.execute(
        f"DELETE FROM outbox WHERE seq <= ? AND json_extract(payload, '$.village') NOT IN ({marks})",
        [durable, *villages],
    )
    left = db.execute(
        f"SELECT 1 FROM outbox WHERE json_extract(payload, '$.village') NOT IN ({marks}) LIMIT 1",
        list(villages),
    ).fetchone()
    if left is None and len(gone) == len(rows):
        meta.set(STRAYS, None)
    return {kind for _, kind in gone}
