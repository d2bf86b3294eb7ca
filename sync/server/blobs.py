"""Files at the county: who may have which, how one comes piece by piece, and when one goes again.

Naming a hash proves nothing. A worker may have what she brought herself, and what a record of her villages
names, if somebody whose village it was brought the content: else whoever guesses or overhears a hash could
write it into a record of her own and be given the picture. To anybody else a file is as if it were not here.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sync.protocol.blobs import BLOB_BYTES, PIECE_BYTES, Piece, Standing
from sync.protocol.errors import BLOB_DAMAGED, BUSY, NO_BLOB, NO_ROOM, OFFSET, Refused, TooLarge
from sync.server import county
from sync.server.blobs_shelf import Away, Folder, Parts, Shelf
from sync.server.devices import Device
from sync.server.postgres import Connection

UNWANTED_FOR = timedelta(days=30)
UNNAMED_BYTES = 4_000_000_000  # of one worker's files that no record names yet
LOCK_SPACE = 0x5347  # one who puts on or takes off the shelf of a county at a time
COMING = "coming"  # the folder of those that have begun to come
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Depot:
    """Where files of this county are kept, and where those lie that are still coming."""

    shelf: Shelf
    parts: Parts


def in_folder(root: Path) -> Depot:
    """A depot in one folder, which the county's own computer keeps."""
    return Depot(Folder(root), Parts(root / COMING))


class WrongOffset(Refused):
    """A piece that does not begin where the last one ended; `standing` says where that was."""

    def __init__(self, standing: Standing) -> None:
        super().__init__(OFFSET, str(standing.offset))
        self.standing = standing


def standings(
    connection: Connection, depot: Depot, device: Device, hashes: Sequence[str]
) -> dict[str, Standing]:
    """How far each of these is for this device; those it has nothing of are not named. Who is told that hers
    is there need not send it: she stands for it as if she had."""
    whole = {one: size for one, size in _open_to(connection, device, hashes).items()}
    found = {}
    for sha256 in dict.fromkeys(hashes):
        if sha256 in whole and _has(depot, device.county, sha256):
            found[sha256] = Standing(whole[sha256], True)
        elif come := depot.parts.size(device.device, sha256):
            found[sha256] = Standing(come, False)
    _vouch(connection, device, [sha256 for sha256, one in found.items() if one.complete])
    return found


def take(
    connection: Connection, depot: Depot, device: Device, sha256: str, piece: Piece, data: bytes, at: datetime
) -> Standing:
    """One piece comes. Raises WrongOffset, or Refused: damaged (then it begins anew), too large, no room."""
    if piece.length > BLOB_BYTES:
        raise TooLarge("a file")
    known = standings(connection, depot, device, [sha256]).get(sha256)
    if known is not None and known.complete:
        return known
    try:
        with connection.transaction():
            # A request that was given up and its repetition must not write into one file at a time.
            name = f"{device.device} {sha256}"
            connection.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", (name,))
            return _add(connection, depot, device, sha256, piece, data, at)
    except Away as error:
        raise _away(error) from error
    except OSError as error:
        log.error("a file was not kept: %s", type(error).__name__)
        raise Refused(NO_ROOM, type(error).__name__) from error


def read(
    connection: Connection, depot: Depot, device: Device, sha256: str, start: int, size: int
) -> tuple[bytes, int]:
    """At most `size` bytes from `start` on, and the length of the whole. Raises Refused(NO_BLOB)."""
    total = _open_to(connection, device, [sha256]).get(sha256, 0)
    if start >= total:
        raise Refused(NO_BLOB)
    try:
        data = depot.shelf.read(device.county, sha256, start, min(size, PIECE_BYTES))
    except Away as error:
        raise _away(error) from error
    except OSError as error:
        log.error("a file that should be on the shelf cannot be read: %s", type(error).__name__)
        raise Refused(NO_BLOB, type(error).__name__) from error
    if not data:
        log.error("a file on the shelf is shorter than it was")
        raise Refused(NO_BLOB, "cut short")
    return data, total


def sweep(connection: Connection, depot: Depot, county_code: str, at: datetime) -> int:
    """Take off the shelf what no record has named for 30 days, and parts nobody went on with; how many.

    The row goes first and the file after it: a file without a row is only a little room lost.
    """
    depot.parts.sweep(at, UNWANTED_FOR)
    connection.execute(
        "UPDATE blob b SET unwanted_since = CASE WHEN u.sha256 IS NULL THEN NULL ELSE %(at)s END"
        " FROM blob k LEFT JOIN blob_unnamed u USING (county, sha256) WHERE b.county = %(county)s"
        " AND k.county = b.county AND k.sha256 = b.sha256"
        " AND (u.sha256 IS NULL) = (b.unwanted_since IS NOT NULL)",  # what has changed since the last time
        {"at": at, "county": county_code},
    )
    with connection.transaction():
        county.lock(connection, county_code)  # no record may begin to name one meanwhile
        rows = connection.execute(
            "DELETE FROM blob b USING blob_unnamed u WHERE b.county = %s AND b.unwanted_since <= %s"
            " AND u.county = b.county AND u.sha256 = b.sha256 RETURNING b.sha256",
            (county_code, at - UNWANTED_FOR),
        ).fetchall()
    for row in rows:
        with connection.transaction():
            _lock_shelf(connection, county_code)
            if not _on_shelf(connection, county_code, row["sha256"]):  # it may have come again
                depot.shelf.drop(county_code, row["sha256"])
    return len(rows)


@dataclass(frozen=True)
class Holding:
    """How many files a county has, their bytes, how many its records name that have not come, and how many
    of those that came nothing names."""

    files: int
    bytes: int
    missing: int
    unnamed: int


def holds(connection: Connection, county_code: str) -> Holding:
    """As of now."""
    row = connection.execute(
        "SELECT count(*) AS files, coalesce(sum(bytes), 0) AS bytes,"
        " (SELECT count(DISTINCT sha256) FROM blob_ref r WHERE r.county = %(county)s AND r.seq = 0"
        " AND NOT EXISTS (SELECT 1 FROM blob h WHERE h.county = r.county AND h.sha256 = r.sha256)"
        ") AS missing,"
        " (SELECT count(*) FROM blob_unnamed u WHERE u.county = %(county)s) AS unnamed"
        " FROM blob WHERE county = %(county)s",
        {"county": county_code},
    ).fetchone()
    assert row is not None, "a count is always there"
    return Holding(int(row["files"]), int(row["bytes"]), int(row["missing"]), int(row["unnamed"]))


def _has(depot: Depot, county_code: str, sha256: str) -> bool:
    try:
        return depot.shelf.has(county_code, sha256)
    except Away as error:
        raise _away(error) from error


def _away(error: Away) -> Refused:
    log.error("the shelf cannot be reached: %s", error)
    return Refused(BUSY, str(error))


def _open_to(connection: Connection, device: Device, hashes: Sequence[str]) -> dict[str, int]:
    """The sizes of those of `hashes` that are here and that the worker may have."""
    scope = list(county.scope_of(connection, device.county, device.worker))
    rows = connection.execute(
        "SELECT sha256, bytes FROM blob b WHERE county = %(county)s AND sha256 = ANY(%(hashes)s) AND ("
        "EXISTS (SELECT 1 FROM blob_upload u WHERE u.county = b.county AND u.sha256 = b.sha256"
        " AND u.worker = %(worker)s)"
        " OR EXISTS (SELECT 1 FROM blob_ref r JOIN blob_upload u USING (county, sha256)"
        " LEFT JOIN record n ON r.seq = 0 AND n.county = r.county AND n.record = r.record"
        " WHERE r.county = b.county AND r.sha256 = b.sha256 AND r.bucket = ANY(u.buckets)"
        " AND coalesce(n.bucket, r.bucket) = ANY(%(scope)s)))",
        {"county": device.county, "hashes": list(hashes), "worker": device.worker, "scope": scope},
    )
    return {row["sha256"]: int(row["bytes"]) for row in rows}


def _add(
    connection: Connection, depot: Depot, device: Device, sha256: str, piece: Piece, data: bytes, at: datetime
) -> Standing:
    parts, name = depot.parts, device.device
    come = parts.size(name, sha256)
    if not come or come != piece.length:  # else all of it came before, and the shelf would not take it
        if piece.offset != come:
            raise WrongOffset(Standing(come, False))
        if not come and (not parts.roomy(piece.length) or _unnamed(connection, device) > UNNAMED_BYTES):
            raise Refused(NO_ROOM, device.device)
        parts.add(name, sha256, come, data)
        if not piece.complete:
            return Standing(come + len(data), False)
    if parts.digest(name, sha256) != sha256:
        parts.drop(name, sha256)
        log.warning("device %s sent a file that is not what its name says", name)
        raise Refused(BLOB_DAMAGED, name)
    _lock_shelf(connection, device.county)
    if not depot.shelf.has(device.county, sha256):
        depot.shelf.put(device.county, sha256, parts.path(name, sha256))
    parts.drop(name, sha256)
    _enter(connection, device, sha256, piece.length, at)
    return Standing(piece.length, True)


def _enter(connection: Connection, device: Device, sha256: str, size: int, at: datetime) -> None:
    connection.execute(
        "INSERT INTO blob (county, sha256, bytes, stored_at) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING",
        (device.county, sha256, size, at),
    )
    _vouch(connection, device, [sha256])


def _vouch(connection: Connection, device: Device, hashes: Sequence[str]) -> None:
    """The worker has the content of these: for the villages that are hers now, for those that were when she
    had it before, and for the records in which she named it herself while they were hers: also where the
    county, put back since, has those from a colleague's copy and her own word came when they no longer were.
    """
    if not hashes:
        return
    connection.execute(
        "INSERT INTO blob_upload AS u (county, sha256, worker, buckets, uploaded_at)"
        " SELECT %(county)s, h.sha256, %(worker)s, ARRAY(SELECT unnest(%(scope)s::text[]) UNION"
        " SELECT r.bucket FROM blob_ref r JOIN op o USING (county, record) WHERE r.county = %(county)s"
        " AND r.sha256 = h.sha256 AND r.seq = 0 AND o.worker = %(worker)s"
        " AND (o.outcome = 'applied' OR o.reason = 'out_of_scope')"
        " AND position(h.sha256 IN o.payload::text) > 0 ORDER BY 1), now()"
        " FROM unnest(%(hashes)s::text[]) AS h (sha256)"
        " ON CONFLICT (county, sha256, worker) DO UPDATE SET"
        " buckets = ARRAY(SELECT unnest(u.buckets) UNION SELECT unnest(excluded.buckets) ORDER BY 1)"
        " WHERE NOT u.buckets @> excluded.buckets",
        {
            "county": device.county,
            "worker": device.worker,
            "scope": list(county.scope_of(connection, device.county, device.worker)),
            "hashes": list(hashes),
        },
    )


def _unnamed(connection: Connection, device: Device) -> int:
    row = connection.execute(
        "SELECT coalesce(sum(bytes), 0) AS bytes FROM blob JOIN blob_upload u USING (county, sha256)"
        " JOIN blob_unnamed USING (county, sha256) WHERE county = %s AND u.worker = %s",
        (device.county, device.worker),
    ).fetchone()
    return int(row["bytes"]) if row else 0


def _lock_shelf(connection: Connection, county_code: str) -> None:
    connection.execute("SELECT pg_advisory_xact_lock(%s, %s)", (LOCK_SPACE, int(county_code)))


def _on_shelf(connection: Connection, county_code: str, sha256: str) -> bool:
    query = "SELECT 1 FROM blob WHERE county = %s AND sha256 = %s"
    return connection.execute(query, (county_code, sha256)).fetchone() is not None
