"""Taking the county's answer in, record by record: receipts, rows, and what the worker then sees."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Set
from dataclasses import replace

from sqlite_utils import Database

from app.domain import mark
from app.domain.change import Change, Incoming, Outcome, Receipt, Verb
from app.domain.conflict import Conflict
from app.domain.record import Body, canonical
from app.domain.tickets.ticket import SERIALS_PER_DEVICE, serial_in
from app.store.cipher import stored
from app.store.decided import of_case, with_decided
from app.store.digests import Digests, part_of
from app.store.finder import Finder
from app.store.later import Later
from app.store.lives import KEPT
from app.store.meta import SERIAL, Meta
from app.store.scopes import taken_away
from app.store.unit import change_in

OUT_OF_SCOPE = "out_of_scope"  # the county's reason
LEFT = ""  # in place of the county's village: the record is in none of ours any more


class Taking:
    """One answer being taken in. Made anew for each, inside its transaction."""

    def __init__(self, db: Database, meta: Meta, finder: Finder, digests: Digests, unread: Set[str]) -> None:
        """`unread` are records that are being read again: of them even an older number is believed."""
        self._db = db
        self._meta = meta
        self._digests = digests
        self._unread = unread
        self._parts: Counter[str] = Counter()  # of digests, by village
        self._later = Later(finder)
        self.kinds: set[str] = set()  # types of which something altered
        self.about: set[str] = set()  # records about which something decided was answered

    def end(self) -> None:
        """Tell the digests and the search what came, once all is written."""
        self._digests.add(self._parts)
        self._later.flush()

    def note(self, receipt: Receipt) -> str | None:
        """Write the receipt down; the record whose view it may alter, if any."""
        found = self._db.execute(
            "SELECT o.record, r.county_village, r.revision, o.seq FROM outbox o"
            " LEFT JOIN record r ON r.id = o.record"
            " WHERE o.change = ?",
            [receipt.change],
        ).fetchone()
        if found is None:
            return None
        record, village, revision, given = found
        if given is not None and given > receipt.seq:
            return None  # an old answer, off a stick: what became of the change since is known here
        self._db.execute(
            "UPDATE outbox SET seq = ?, outcome = ?, reason = ? WHERE change = ?",
            [receipt.seq, receipt.outcome.value, receipt.reason, receipt.change],
        )
        if receipt.reason == OUT_OF_SCOPE:
            taken_away(self._meta)  # it was written into a village that is not ours any more
        # A photo may have gone up before the record that names it, and much have become of it since: it is
        # asked for once more, which costs nothing when it is there.
        self._db.execute(
            "INSERT OR IGNORE INTO file_waiting SELECT a.id FROM attachment a, outbox o"
            " WHERE o.change = ? AND a.record = o.record AND instr(o.payload, a.sha256)",
            [receipt.change],
        )
        # The first receipt of a change sent twice: the county's row may have come before it.
        self.about.add(of_case(self._db, str(record)))
        late = revision is not None and revision >= receipt.seq
        kept = receipt.outcome is Outcome.APPLIED and village != LEFT and not late
        return None if kept else str(record)

    def take(self, row: Incoming) -> bool:
        """Take one row in; False for an echo of which this store makes another body than the county's."""
        held = self._db.execute(
            "SELECT revision, body, county_body, county_village, county_deleted,"
            " village = ? AND NOT deleted FROM record WHERE id = ?",
            [row.village, row.record],
        ).fetchone()
        if held and held[0] >= row.revision and row.record not in self._unread:
            return True  # a late or repeated page
        if row.echo:
            since = heard_upto(self._meta, held[0]) if held and held[2] else 0
            made = self._made(row, since, held[2] if held else None)
            if mark.of_body(made) != row.echo:
                return False
            row = replace(row, body=made)
        if row.type == Conflict.TYPE:
            self.about.add(str(row.body.get("of") or ""))  # whose word was taken, hers or another's
        if held and held[2] is not None:
            self._parts[held[3]] -= part_of(row.record, held[0], held[4])
        self._lay(row, held[1] if held else None, in_sight=bool(held and held[5]))
        return True

    def _made(self, row: Incoming, revision: int, county_body: str | None) -> Body:
        """What the county's copy must be now, if nobody else wrote to it since the copy here."""
        payloads = self._db.execute(
            "SELECT payload FROM outbox WHERE record = ? AND outcome = 'applied' AND seq > ? AND seq <= ?"
            " ORDER BY seq",
            [row.record, revision, row.revision],
        )
        mine = [change_in(stored(payload)) for (payload,) in payloads]
        made = overlaid(stored(county_body) if county_body else {}, mine)
        return {name: value for name, value in made.items() if value not in ("", [], {})}

    def gone(self, record: str) -> None:
        """A record of which the county, asked for everything, said nothing: it lies in none of our villages.

        It goes, as one does that left, but where something of it waits, or where it was made here and is not
        taken in: that stays in sight, now as something the county never had.
        """
        kind, revision, village, deleted = self._db.execute(
            "SELECT type, revision, county_village, county_deleted FROM record WHERE id = ?", [record]
        ).fetchone()
        self._parts[village] -= part_of(record, revision, deleted)
        self.kinds.add(str(kind))
        if self._is_ours(record):
            self._db.execute(
                "UPDATE record SET county_body = NULL, county_village = NULL, county_deleted = NULL,"
                " revision = 0 WHERE id = ?",
                [record],
            )
        else:
            self._db.execute("DELETE FROM record WHERE id = ?", [record])
            self._later.forget(record)

    def _is_ours(self, record: str) -> bool:
        """Whether something of it has no receipt, or the county has set aside that it exists."""
        ours = self._db.execute(
            "SELECT 1 FROM outbox WHERE record = ? AND (seq IS NULL"
            " OR (outcome <> 'applied' AND json_extract(payload, '$.verb') = ?))",
            [record, Verb.NEW.value],
        )
        return ours.fetchone() is not None

    def _lay(self, row: Incoming, seen: str | None, *, in_sight: bool) -> None:
        """Write the row under what the worker has not sent; `seen` is the body held, `in_sight` whether she
        sees it, in that village."""
        if row.type == "ticket":
            _raise_serial(self._meta, row.body.get("number"))
        mine = unsent(self._db, row.record, row.revision)
        if row.left:
            # The revision stays: the same move may bring the record in by another village's page.
            self._db.execute("UPDATE record SET county_village = ? WHERE id = ?", [LEFT, row.record])
            self.look_again(row.record)
            return
        self._parts[row.village] += part_of(row.record, row.revision, row.deleted)
        # A tombstone carries no body: what the worker was editing stays whole in her sight.
        base = stored(seen) if seen is not None and row.deleted and mine else row.body
        laid = with_decided(self._db, row.record, row.revision, mine, row.body)
        body, gone = overlaid(base, laid), row.deleted and not mine
        shown = canonical(body)
        county = [canonical(row.body), row.village, int(row.deleted), row.revision]
        if in_sight and not gone and shown == seen:
            # What she sees stays letter by letter: her own change came back, and nothing need be read anew.
            self._db.execute(
                "UPDATE record SET county_body = ?, county_village = ?, county_deleted = ?, revision = ?"
                " WHERE id = ?",
                [*county, row.record],
            )
            return
        self._db.execute(
            "INSERT INTO record(id, type, village, body, deleted, county_body, county_village,"
            " county_deleted, revision) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT(id) DO UPDATE SET village = excluded.village, body = excluded.body,"
            " deleted = excluded.deleted, county_body = excluded.county_body,"
            " county_village = excluded.county_village, county_deleted = excluded.county_deleted,"
            " revision = excluded.revision",
            [row.record, row.type, row.village, shown, int(gone), *county],
        )
        self._found(row.record, row.type, body, deleted=gone)

    def _show(self, record: str, kind: str, body: Body, *, deleted: bool) -> None:
        self._db.execute(
            "UPDATE record SET body = ?, deleted = ? WHERE id = ?", [canonical(body), int(deleted), record]
        )
        self._found(record, kind, body, deleted=deleted)

    def _found(self, record: str, kind: str, body: Body, *, deleted: bool) -> None:
        """What the search says of it from now on."""
        if deleted:
            self._later.forget(record)
        else:
            self._later.index(kind, record, body)

    def look_at_all(self, noted: Iterable[str]) -> set[str]:
        """Make anew what is in sight of these, and of what was decided about; returns the kinds."""
        records = dict.fromkeys([*noted, *sorted(self.about - {""})])
        return {kind for record in records if (kind := self.look_again(record))}

    def look_again(self, record: str) -> str | None:
        """Show what the county holds once nothing of the worker's own lies over it any more.

        A change may be set aside without the record coming back; her value would then stay in
        sight as if it held, and be taken for the county's in her next edit. Returns the kind.
        """
        found = self._db.execute(
            "SELECT type, county_body, county_village, county_deleted, revision FROM record WHERE id = ?",
            [record],
        ).fetchone()
        if found is None:
            return None
        kind, county_body, county_village, county_deleted, revision = found
        if county_village == LEFT:
            if not unsent(self._db, record, None):
                self._db.execute("DELETE FROM record WHERE id = ?", [record])
                self._later.forget(record)
            return str(kind)
        upto = heard_upto(self._meta, revision)
        mine = unsent(self._db, record, upto)
        if county_body is None or (county_deleted and mine):
            return None  # the county never had it, or has only a tombstone: hers is the one whole copy
        copy = stored(county_body)
        body = overlaid(copy, with_decided(self._db, record, upto, mine, copy))
        self._show(record, kind, body, deleted=bool(county_deleted))
        return str(kind)


def _raise_serial(meta: Meta, number: object) -> None:
    """A ticket of this computer's own block that came back: its number is never given again."""
    year, serial = serial_in(str(number or ""))
    block = int(meta.get("serial_block") or 0)
    if serial // SERIALS_PER_DEVICE == block:
        meta.raise_serial(f"{SERIAL}ticket {year}", serial % SERIALS_PER_DEVICE)


def heard_upto(meta: Meta, revision: int) -> int:
    """Up to which number own changes are in the county's copy that is held as `revision`.

    Below 0 it is of a life the county has lost, and 0 such a copy that was offered already: it holds what
    was numbered before that life ended.
    """
    return abs(revision) or int(meta.get(KEPT) or 0)


def unsent(db: Database, record: str, revision: int | None) -> list[Change]:
    """Changes still to be laid over the county's copy of `revision`; None: only those unanswered.

    What was acknowledged later than the copy counts too: a row from before our own edit must not make the
    edit vanish from the screen until the next page brings it.
    """
    payloads = db.execute(
        "SELECT payload FROM outbox WHERE record = ?"
        " AND (seq IS NULL OR (seq > ? AND outcome = 'applied')) ORDER BY n",
        [record, revision],
    )
    return [change_in(stored(payload)) for (payload,) in payloads]


def overlaid(body: Body, changes: list[Change]) -> Body:
    """`body` with the new values of `changes` laid over it, in their order."""
    view = dict(body)
    for change in changes:
        for name, (_, new) in change.fields.items():
            if new is None:
                view.pop(name, None)
            else:
                view[name] = new
    return view
