"""Looking at what was written here and has gone, or still has to go, to the county."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from app.domain.change import Outcome
from app.store.cipher import faults


@dataclass(frozen=True)
class Told:
    """What the county said of the changes to some records.

    `waiting` changes have no answer yet; `number` is the newest number it gave one, 0 for none; `aside` are
    the outcomes that are not `applied`, newest first, each with the county's reason.
    """

    waiting: int
    number: int
    aside: tuple[tuple[Outcome, str], ...]


class Outbox:
    """Every change made on this computer stands in it, with the county's receipt when there is one."""

    def __init__(self, db: Database) -> None:
        self._db = db

    @faults()
    def told(self, records: Sequence[str]) -> Told:
        """What the county said of the changes to `records`, all together."""
        rows = self._db.execute(
            "SELECT seq, outcome, reason FROM outbox WHERE record IN (SELECT value FROM json_each(?))"
            " ORDER BY n DESC",
            [json.dumps(list(records))],
        ).fetchall()
        return Told(
            waiting=sum(seq is None for seq, _, _ in rows),
            number=max((int(seq) for seq, _, _ in rows if seq is not None), default=0),
            aside=tuple(
                (Outcome(outcome), str(reason))
                for _, outcome, reason in rows
                if outcome is not None and outcome != Outcome.APPLIED
            ),
        )

    @faults()
    def oldest_waiting(self) -> datetime | None:
        """When the oldest of what waits was written; None when nothing waits."""
        row = self._db.execute(
            "SELECT json_extract(payload, '$.at') FROM outbox WHERE seq IS NULL ORDER BY n LIMIT 1"
        ).fetchone()
        return datetime.fromisoformat(str(row[0])) if row is not None else None
