"""Unfinished forms: kept on this device only, saved with every field, gone when the record is made."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from app.store.cipher import faults, stored


@dataclass(frozen=True)
class Draft:
    """`kind` is the form, `subject` what it is about (a household), `body` the answers so far."""

    id: str
    kind: str
    subject: str
    body: Mapping[str, Any]
    saved_at: datetime


class Drafts:
    """Saving a draft is one durable commit, so a kill loses at most the field being typed."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def save(self, draft: Draft) -> None:
        with faults(), self._db.atomic():
            self._db.execute(
                "INSERT INTO draft(id, kind, subject, body, saved_at) VALUES (?, ?, ?, ?, ?)"
                " ON CONFLICT(id) DO UPDATE SET body = excluded.body, saved_at = excluded.saved_at",
                [
                    draft.id,
                    draft.kind,
                    draft.subject,
                    json.dumps(draft.body, ensure_ascii=False),
                    draft.saved_at.isoformat(),
                ],
            )

    @faults()
    def find(self, draft: str) -> Draft | None:
        rows = self._rows("WHERE id = ?", [draft])
        return rows[0] if rows else None

    @faults()
    def of_kind(self, kind: str) -> tuple[Draft, ...]:
        """Newest first."""
        return tuple(self._rows("WHERE kind = ? ORDER BY saved_at DESC", [kind]))

    @faults()
    def drop(self, draft: str) -> None:
        """Called inside the unit that made the record, or alone when the worker throws it away."""
        self._db.execute("DELETE FROM draft WHERE id = ?", [draft])

    def _rows(self, tail: str, values: list[Any]) -> list[Draft]:
        rows = self._db.execute(f"SELECT id, kind, subject, body, saved_at FROM draft {tail}", values)
        return [Draft(row[0], row[1], row[2], stored(row[3]), datetime.fromisoformat(row[4])) for row in rows]
