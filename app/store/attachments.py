"""What is known of the files that belong to records; the files themselves lie sealed beside the store.

Each file has a key of its own, kept here: changing the data key writes this table anew and no file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from app.store.cipher import faults

COLUMNS = "id, record, kind, media, bytes, sha256, key, at, thumb_of"


@dataclass(frozen=True)
class Attachment:
    """`kind` says what it shows (photo, scan), `media` is its MIME type; `size` (bytes) and `sha256` (hex)
    are of the plain content. `thumb_of` names the attachment it is a small picture of."""

    id: str
    record: str
    kind: str
    media: str
    size: int
    sha256: str
    key: bytes = field(repr=False)
    at: datetime
    thumb_of: str = ""

    @property
    def bound_to(self) -> bytes:
        """What its file is sealed for: it opens for no other record and under no other name."""
        return f"attachment|{self.id}|{self.record}".encode()


class Attachments:
    """Rows are put and dropped inside a unit, with its line in the log."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def put(self, one: Attachment) -> None:
        """Add a row; called inside a unit."""
        self._db.execute(
            f"INSERT INTO attachment({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                *(one.id, one.record, one.kind, one.media, one.size, one.sha256, one.key),
                *(one.at.isoformat(), one.thumb_of or None),
            ],
        )

    def drop(self, attachment: str) -> None:
        """Forget a row and its small pictures; called inside a unit."""
        self._db.execute("DELETE FROM attachment WHERE id = ? OR thumb_of = ?", [attachment, attachment])

    def drop_one(self, attachment: str) -> None:
        """Forget one row and not its small pictures; called inside a unit."""
        self._db.execute("DELETE FROM attachment WHERE id = ?", [attachment])

    def find(self, attachment: str) -> Attachment | None:
        return next(iter(self._rows("WHERE id = ?", [attachment])), None)

    def same(self, record: str, sha256: str) -> Attachment | None:
        """The attachment of `record` with this very content."""
        return next(iter(self._rows("WHERE record = ? AND sha256 = ?", [record, sha256])), None)

    def thumb(self, attachment: str) -> Attachment | None:
        """The small picture of an attachment."""
        return next(iter(self._rows("WHERE thumb_of = ?", [attachment])), None)

    def thumbs(self, attachments: Sequence[str]) -> dict[str, Attachment]:
        """The small pictures of these, by the id of the large one."""
        marks = ", ".join("?" * len(attachments))
        return {one.thumb_of: one for one in self._rows(f"WHERE thumb_of IN ({marks})", [*attachments])}

    def many(self, attachments: Sequence[str]) -> tuple[Attachment, ...]:
        """Those of these that are here."""
        marks = ", ".join("?" * len(attachments))
        return tuple(self._rows(f"WHERE id IN ({marks})", [*attachments]))

    def of_record(self, record: str) -> tuple[Attachment, ...]:
        """In the order they were added, without the small pictures."""
        return tuple(self._rows("WHERE record = ? AND thumb_of IS NULL ORDER BY id", [record]))

    @faults()
    def ids(self) -> frozenset[str]:
        """Those of all of them, small pictures too, without building any."""
        return frozenset(str(row[0]) for row in self._db.execute("SELECT id FROM attachment"))

    def every(self) -> Iterator[Attachment]:
        """All of them, small pictures too."""
        return iter(self._rows("ORDER BY id", []))

    @faults()
    def _rows(self, tail: str, values: list[Any]) -> list[Attachment]:
        rows = self._db.execute(f"SELECT {COLUMNS} FROM attachment {tail}", values).fetchall()
        return [_attachment(*row) for row in rows]


def _attachment(
    key_id: str,
    record: str,
    kind: str,
    media: str,
    size: int,
    sha256: str,
    key: bytes,
    at: str,
    of: str | None,
) -> Attachment:
    when = datetime.fromisoformat(at)
    return Attachment(key_id, record, kind, media, size, sha256, bytes(key), when, of or "")
