"""What the county asks of this computer, and how long since it was heard: kept in the encrypted file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from sqlite_utils import Database

from app.domain.county_terms import Terms, terms_in
from app.domain.lease import Hold, Lease, begun
from app.domain.record import Json, canonical
from app.store.cipher import faults, stored

RENEWED_AGAIN = timedelta(
    hours=1
)  # a lease counts days: to write it down with every round would only be writing


class Agreed:
    """The newest terms and the lease.

    `closed` says whether records may be written now. It is decided when a desk is opened and never under
    the worker's hands; the county's word opens it at once.
    """

    def __init__(self, db: Database) -> None:
        self._db = db
        self.closed = False
        # From what was kept, up to which line of the log, and what it came to.
        self._counted: tuple[object, int, Lease] | None = None

    @faults()
    def terms(self) -> Terms:
        """As the county last told them, or what holds where it says nothing."""
        row = self._db.execute("SELECT number, body FROM county_terms").fetchone()
        return terms_in(int(row[0]), stored(row[1])) if row else Terms()

    @faults()
    def lease(self, now: datetime) -> Lease | None:
        """As it stands at `now`, by every line of the log of deeds since it was written down, each read once;
        None before the county is heard. The lines are those that stay: not in the middle of a deed."""
        row = self._db.execute("SELECT last, front, spent, line FROM lease").fetchone()
        if row is None:
            return None
        if self._counted is None or self._counted[0] != row:
            last, front = (datetime.fromisoformat(one) for one in row[:2])
            self._counted = row, row[3], Lease(last, front, timedelta(seconds=row[2]))
        _, upto, lease = self._counted
        for line, at in self._db.execute("SELECT n, at FROM audit WHERE n > ? ORDER BY n", [upto]):
            lease, upto = lease.at(datetime.fromisoformat(at)), line
        self._counted = row, upto, lease
        return lease.at(now)

    def hold(self, now: datetime) -> Hold:
        """Where this computer stands at `now`, whether or not it is closed yet."""
        lease = self.lease(now)
        return lease.hold(self.terms().lease_days) if lease else Hold.FREE

    def judge(self, now: datetime, today: date) -> None:
        """A desk opens: note how far the clock has come, and decide whether records may be written."""
        lease = self.lease(now)
        with faults(), self._db.atomic():
            if lease is not None:
                self._keep(lease)
        self.closed = self.hold(now) is Hold.CLOSED and self._written_on() != today

    def renew(self, at: datetime, told: tuple[int, Mapping[str, Json]] | None, stick: int) -> None:
        """The county was heard; see `Ledger.renew`. Called inside a transaction."""
        if told is not None and told[0] > self.terms().number:
            self._db.execute(
                "INSERT INTO county_terms(id, number, body) VALUES (1, ?, ?)"
                " ON CONFLICT(id) DO UPDATE SET number = excluded.number, body = excluded.body",
                [told[0], canonical(dict(told[1]))],
            )
        row = self._db.execute("SELECT stick FROM lease").fetchone()
        if stick and row is not None and stick <= row[0]:
            return  # an answer that was read before, or is older than one that was
        lease = self.lease(at)
        if stick or lease is None or lease.spent >= RENEWED_AGAIN:
            self._keep(begun(at), stick)
            self._db.execute("UPDATE lease SET written_on = NULL")
        self.closed = False

    def write_on(self, today: date) -> None:
        """Records may be written on this day although the lease has ended. Called inside a transaction."""
        self._db.execute("UPDATE lease SET written_on = ?", [today.isoformat()])
        self.closed = False

    def _written_on(self) -> date | None:
        row = self._db.execute("SELECT written_on FROM lease").fetchone()
        return date.fromisoformat(row[0]) if row and row[0] else None

    def _keep(self, lease: Lease, stick: int = 0) -> None:
        self._db.execute(
            "INSERT INTO lease(id, last, front, spent, line, stick)"
            " VALUES (1, ?, ?, ?, (SELECT coalesce(max(n), 0) FROM audit), ?)"
            " ON CONFLICT(id) DO UPDATE SET last = excluded.last, front = excluded.front,"
            " spent = excluded.spent, line = excluded.line, stick = max(stick, excluded.stick)",
            [lease.last.isoformat(), lease.front.isoformat(), lease.spent.total_seconds(), stick],
        )
