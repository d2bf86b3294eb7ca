"""Which files of records the county has not got yet, and which came from it and may be asked for again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from app.store.attachments import Attachment, Attachments
from app.store.cipher import faults
from app.store.meta import Meta

# What belongs to a draft may still be taken out again. A record that left for another village takes its row
# along, and its files still have to go up.
FROM_SAVED = (
    "FROM file_waiting w JOIN attachment a ON a.id = w.attachment"
    " WHERE NOT EXISTS (SELECT 1 FROM draft d WHERE d.id = a.record)"
)
# Of those nobody will look for here: their record is gone.
ORPHANED = "NOT EXISTS (SELECT 1 FROM record r WHERE r.id = a.record AND NOT r.deleted)"


# In meta: up to where the county's last backup goes, and of how many one has heard.
DURABLE, BACKUPS = "county_durable", "county_backups"
# A county's photos are copied beside its backups. The first two of which one hears may have been begun before
# the file was there, unheard of yet; the third was begun when the second was done.
BACKUPS_SINCE = 3


@dataclass(frozen=True)
class FilesLeft:
    """How many files of saved records wait, their bytes, and how many of them are no small copies."""

    files: int
    size: int
    whole: int = 0


class FilesWaiting:
    """A row waits from the moment its attachment is put (a trigger sees to it) until the county has it."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._meta = Meta(db)

    @faults()
    def next(self, limit: int) -> tuple[Attachment, ...]:
        """Those to send next, of records that are saved: small copies first, then as they were made."""
        rows = self._db.execute(
            f"SELECT a.id {FROM_SAVED} ORDER BY a.thumb_of IS NULL, a.id LIMIT ?", [limit]
        )
        ids = [str(row[0]) for row in rows]
        found = {one.id: one for one in Attachments(self._db).many(ids)}
        return tuple(found[one] for one in ids)

    @faults()
    def left(self) -> FilesLeft:
        """All of them."""
        row = self._db.execute(
            f"SELECT count(*), coalesce(sum(a.bytes), 0), count(*) - count(a.thumb_of) {FROM_SAVED}"
        ).fetchone()
        return FilesLeft(int(row[0]), int(row[1]), int(row[2]))

    def sent(self, attachments: Sequence[str]) -> None:
        """The county has these. One transaction."""
        backups = int(self._meta.get(BACKUPS) or 0)
        with faults(), self._db.atomic():
            self._db.conn.executemany(
                "DELETE FROM file_waiting WHERE attachment = ?", [(one,) for one in attachments]
            )
            self._db.conn.executemany(
                "INSERT OR REPLACE INTO file_sent SELECT id, ? FROM attachment WHERE id = ?",
                [(backups, one) for one in attachments],
            )

    def came(self, attachment: str, at: datetime) -> None:
        """This one was fetched from the county; called inside a unit, after it was put."""
        self._db.execute("DELETE FROM file_waiting WHERE attachment = ?", [attachment])
        self._db.execute(
            "INSERT OR REPLACE INTO file_fetched(attachment, at) VALUES (?, ?)", [attachment, at.isoformat()]
        )

    @faults()
    def left_behind(self, most: int = 5000) -> tuple[Attachment, ...]:
        """Up to `most` files of records that are not on this computer any more: their village was taken away,
        or they moved to another. Nobody can need them from here: they came from the county, or it has made so
        many backups since it had them that one holds them, and nothing of their records will be said again.
        """
        durable = int(self._meta.get(DURABLE) or 0)
        rows = self._db.execute(
            "SELECT a.id FROM attachment a LEFT JOIN file_waiting w ON w.attachment = a.id"
            " LEFT JOIN file_sent s ON s.attachment = a.id LEFT JOIN file_fetched f ON f.attachment = a.id"
            " WHERE w.attachment IS NULL AND (f.attachment IS NOT NULL OR s.backups <= ?)"
            " AND NOT EXISTS (SELECT 1 FROM record r WHERE r.id = a.record)"
            " AND NOT EXISTS (SELECT 1 FROM draft d WHERE d.id = a.record) AND NOT EXISTS"
            " (SELECT 1 FROM outbox o WHERE o.record = a.record AND (o.seq IS NULL OR o.seq > ?)) LIMIT ?",
            [int(self._meta.get(BACKUPS) or 0) - BACKUPS_SINCE, durable, most],
        )
        return Attachments(self._db).many([str(row[0]) for row in rows])

    @faults()
    def spare(self, keep: int) -> tuple[Attachment, ...]:
        """Whole pictures that came from the county, all but the `keep` newest, and whatever of a record that
        is gone: the county has them, so this computer need not."""
        rows = self._db.execute(
            "SELECT a.id FROM file_fetched f JOIN attachment a ON a.id = f.attachment"
            " LEFT JOIN file_waiting w ON w.attachment = a.id WHERE w.attachment IS NULL AND ("
            f"{ORPHANED} OR (a.thumb_of IS NULL AND a.id NOT IN (SELECT n.attachment FROM file_fetched n"
            " JOIN attachment b ON b.id = n.attachment AND b.thumb_of IS NULL"
            " ORDER BY n.at DESC, n.attachment DESC LIMIT ?)))",
            [keep],
        )
        return Attachments(self._db).many([str(row[0]) for row in rows])


def note_backup(meta: Meta, durable: int) -> None:
    """The county has everything up to the number `durable` in a backup that was proven. Called inside a
    transaction."""
    if durable != int(meta.get(DURABLE) or 0):
        meta.set(DURABLE, durable)
        meta.set(BACKUPS, int(meta.get(BACKUPS) or 0) + 1)
