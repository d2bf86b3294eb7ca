"""The open store: one file, one owner thread, every repository behind one name."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from app.domain.device import DeviceIdentity
from app.domain.record import Body
from app.store import counted
from app.store.agreed import Agreed
from app.store.attachments import Attachments
from app.store.audit import Audit
from app.store.backup import Original
from app.store.ballots import Ballots
from app.store.cipher import faults, open_file, stored
from app.store.digests import Digests
from app.store.drafts import Drafts
from app.store.figures import Figures
from app.store.files_waiting import FilesWaiting
from app.store.finder import Finder
from app.store.later import Later
from app.store.leaving import Leaving, begin_again, note_replaced, take_over
from app.store.ledger import Ledger
from app.store.meta import Meta
from app.store.outbox import Outbox
from app.store.print_jobs import PrintJobs
from app.store.proof import Proof
from app.store.reading import Reading
from app.store.readmission import readmit
from app.store.remembered import Remembered
from app.store.schema import migrate, pending
from app.store.taking import Taking
from app.store.unit import Unit
from app.store.written import Written

Listener = Callable[[frozenset[str]], None]


class Store:
    """Opened and used by one thread only (the driver enforces it).

    `reading` gives records back, `figures` their columns, `finder` searches, `drafts` keeps unfinished forms,
    `ballots` anonymous answers, `files_waiting` which files the county lacks, `print_jobs` papers on their
    way, `attachments` names the files of records, `ledger` is the county's side, `agreed` what it asks of
    this computer, `audit` the log, `meta` the device's own facts, `remembered` what was worked out from many
    records, `written` which of them were written since, `proof` shows whether the file is whole; `unit` is
    the one way to write records.
    """

    def __init__(
        self,
        path: Path,
        key: bytes,
        *,
        create: bool = False,
        before_migrating: Callable[[Original], object] | None = None,
    ) -> None:
        """Open (or create) the file and bring its tables up to date.

        `before_migrating` is called with a file of an older release before anything of it is changed;
        what it raises leaves the file as it was. Raises WrongKey, NewerFile or StorageFault; the file
        is untouched then.
        """
        self._db = open_file(path, key, create=create)
        try:
            self.original = Original(self._db)
            with faults():
                older = before_migrating is not None and bool(pending(self._db))
            if older and before_migrating is not None:
                before_migrating(self.original)
            with faults():
                self.migrated = migrate(self._db)
        except BaseException:
            self._db.close()
            raise
        self.remembered = Remembered(lambda: bool(self._db.conn.in_transaction))
        self._listeners: list[Listener] = [self.remembered.forget]
        self.written = Written(self._db)
        self.reading, self.figures = Reading(self._db, self.written), Figures(self._db)
        self.finder = Finder(self._db)
        self.drafts, self.ballots = Drafts(self._db), Ballots(self._db)
        self.attachments = Attachments(self._db)
        self.files_waiting = FilesWaiting(self._db)
        self.print_jobs = PrintJobs(self._db)
        self.meta = Meta(self._db)
        self.outbox = Outbox(self._db)
        self.proof = Proof(self._db, path)
        self.audit, self.agreed = Audit(self._db), Agreed(self._db)
        self.ledger = Ledger(self._db, self.meta, self.finder, self._tell, self.agreed)

    @contextlib.contextmanager
    def unit(self, *, actor: str, at: datetime, why: str = "", barred: str = "") -> Iterator[Unit]:
        """One transaction: commits when the block ends well, undoes everything otherwise.

        With `barred` it takes lines for the log and no records, and says so in these words.
        """
        with faults(), self._db.atomic():
            later = Later(self.finder)
            taking = Taking(self._db, self.meta, self.finder, Digests(self._db, self.meta), frozenset())
            unit = Unit(self._db, actor, at, why, later.index, set(), barred, taking.look_again)
            yield unit
            if unit.touched:
                later.flush()
                taking.end()
        self._tell(frozenset(unit.touched))

    def readmit(self, device: DeviceIdentity, at: datetime | None = None) -> None:
        """Go on under a new enrolment (see `app.store.readmission`). Raises UserError for another worker."""
        readmit(self._db, self.meta, device, at)

    def put_back(
        self, left: Leaving | None, *, made_at: datetime, actor: str, at: datetime, where: str, aside: str
    ) -> int:
        """Make a file from a backup of `made_at` this computer's, in one transaction.

        It takes over what `left` holds and gives nothing out twice (see `app.store.leaving`); `where` goes
        into the audit line, `aside` is the folder the one before will lie in. Returns the number of changes
        taken over.
        """
        with faults(), self._db.atomic():
            taken = take_over(self._db, self.finder, left) if left else 0
            begin_again(self._db, self.meta, left, made_at, at)
            note_replaced(self._db, self.meta, left, aside)
            unit = Unit(self._db, actor, at, "restore", self.finder.index, set())
            unit.audit("restore", "", where)
        self.remembered.clear()
        return taken

    @faults()
    def sent_and_said(self) -> tuple[dict[str, bool], str]:
        """The ids of all changes ever made here, each with whether the county has answered it, and the
        end of the audit chain."""
        rows = self._db.execute("SELECT change, seq IS NOT NULL FROM outbox")
        changes = {str(change): bool(answered) for change, answered in rows}
        last = self._db.execute("SELECT chain FROM audit ORDER BY n DESC LIMIT 1").fetchone()
        return changes, str(last[0]) if last else ""

    @faults()
    def waits(self, record: str) -> bool:
        """Whether the county has not answered the last change of a record."""
        row = self._db.execute(
            "SELECT seq FROM outbox WHERE record = ? ORDER BY n DESC LIMIT 1", [record]
        ).fetchone()
        return row is not None and row[0] is None

    @faults()
    def body(self, record: str) -> Body | None:
        """A record's body of whatever kind, or None when there is none (any more)."""
        row = self._db.execute("SELECT body FROM record WHERE id = ? AND NOT deleted", [record]).fetchone()
        return stored(row[0]) if row is not None else None

    def listen(self, listener: Listener) -> None:
        """Have `listener` called with the kinds of records each committed transaction wrote.

        Called on the store's thread; it must be quick and must not use the store.
        """
        self._listeners.append(listener)

    def integrity(self) -> tuple[str, ...]:
        """What is wrong with the file's pages and tables; empty when all is well."""
        pages = self.proof.pages()
        if pages.bad or pages.otherwise:
            return (*(f"page {number}" for number in pages.bad), *pages.otherwise)
        tables = self.proof.tables()
        amiss = tuple(f"counted {kind}" for kind in tables.amiss)
        return (*tables.wrong, *amiss, *(() if tables.index_holds else ("search index",)))

    def recount(self) -> None:
        """Make what is counted beside the records anew from them."""
        with faults(), self._db.atomic():
            counted.rebuild(self._db)
        self.remembered.clear()

    def _tell(self, kinds: frozenset[str]) -> None:
        for listener in self._listeners:
            listener(kinds)

    def close(self) -> None:
        """Fold the log into the file and let go of it."""
        with contextlib.suppress(Exception), faults():
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        self._db.close()
        self.proof.file.let_go()
