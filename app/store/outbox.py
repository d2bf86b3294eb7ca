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
        """Since when the oldest of what waits does: since it was written, or since it waits again; None when
        nothing waits.

        A change the county had received waits again after that was put back from a backup.
        """
        rows = self._db.execute(
            # Beside min(n) SQLite tells the other columns of that same row: the first of each group.
            "SELECT min(n), iif(waits_since = '', json_extract(payload, '$.at'), waits_since) FROM outbox"
            " WHERE seq IS NULL GROUP BY waits_since"
        )
        return min((datetime.fromisoformat(str(since)) for _, since in rows), default=None)
