"""All that an exchange needs to know before anything of it is taken in: one question, one snapshot.

Where nothing is new for a device it is also all there is to say, and no transaction is begun.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from psycopg.rows import DictRow

from app.domain.county_terms import Terms, terms_in
from sync.protocol.errors import UNKNOWN_DEVICE, Refused
from sync.protocol.messages import village_of
from sync.protocol.signing import Signed
from sync.server import devices
from sync.server.county import Standing
from sync.server.devices import Device
from sync.server.postgres import Connection

SEEN_AGAIN = timedelta(minutes=1)  # what is remembered of a device more often would only be writing

# Each part asks an index for one row; how long the tables are makes no difference.
QUESTION = """
SELECT d.county, d.device, d.replica, d.worker, w.name AS worker_name, d.sign_key, d.receive_key,
    d.revoked_at, d.late_until, d.seen_at, d.app, s.last, s.durable,
    (SELECT id FROM epoch e WHERE e.county = d.county ORDER BY no DESC LIMIT 1) AS epoch,
    EXISTS (SELECT FROM alarm a WHERE a.county = d.county AND a.kind = 'cursor_ahead' AND a.closed_at IS NULL)
        AS halted,
    (SELECT public FROM escrow_key k WHERE k.county = d.county ORDER BY made_at DESC LIMIT 1) AS escrow,
    (SELECT public FROM pack_key k WHERE k.county = d.county ORDER BY made_at DESC LIMIT 1) AS pack_key,
    (SELECT seed FROM stick_key k WHERE k.county = d.county) AS stick_seed,
    (SELECT json_build_array(t.seq, t.body) FROM terms t WHERE t.county = d.county ORDER BY seq DESC LIMIT 1)
        AS terms,
    (SELECT version FROM pack p WHERE p.county = d.county ORDER BY no DESC LIMIT 1) AS pack,
    (SELECT json_object_agg(l.replica, json_build_array(l.link, l.before)) FROM replica_link l
        WHERE l.county = d.county AND l.device = d.device) AS links,
    (SELECT max(settled_seq) FROM quarantine q WHERE q.county = d.county AND q.device = d.device
        AND q.settled_seq IS NOT NULL) AS settled,
    (SELECT json_agg(json_build_array(sc.bucket, v.name, g.sum::text, greatest(
            (SELECT max(rev) FROM record r WHERE r.county = sc.county AND r.bucket = sc.bucket),
            (SELECT max(rev) FROM moved_out m WHERE m.county = sc.county AND m.bucket = sc.bucket)))
            ORDER BY sc.bucket)
        FROM scope sc
        LEFT JOIN village v ON v.county = sc.county AND v.village = substr(sc.bucket, 3)
            AND left(sc.bucket, 2) = 'v:'
        LEFT JOIN digest g ON g.county = sc.county AND g.bucket = sc.bucket
        WHERE sc.county = d.county AND sc.worker = d.worker) AS buckets
FROM device d JOIN worker w USING (county, worker) JOIN sequence s USING (county)
WHERE d.device = ANY(%s)
"""


@dataclass(frozen=True)
class Bucket:
    """One village of a worker: its name ("" for one that was never entered), what it adds up to, and the
    number of the newest thing in it."""

    name: str
    digest: int
    newest: int


@dataclass(frozen=True)
class Opening:
    """A device and its county as one snapshot has them. `buckets` are the worker's, in order; `settled` is
    the number of the last later receipt for this device; `links` where each of its replicas stands and stood
    before (`protocol.links`); `stick_seed` the secret of `server.stick_key`."""

    device: Device
    worker_name: str
    receive_key: bytes
    seen_at: datetime | None
    app: str
    standing: Standing
    escrow: bytes
    pack_key: bytes
    pack: str
    settled: int
    buckets: Mapping[str, Bucket]
    links: Mapping[str, tuple[str, str]]
    stick_seed: bytes = field(repr=False)
    terms: Terms
    main: str  # the replica that is the device's own now
    revoked: bool  # stopped, whether or not it may still hand in

    @property
    def scope(self) -> tuple[str, ...]:
        """The buckets the worker may read and write, in order."""
        return tuple(self.buckets)

    @property
    def villages(self) -> dict[str, str]:
        """Their names by village code."""
        return {code: one.name for code, one in self._coded() if one.name}

    @property
    def digests(self) -> dict[str, int]:
        """What each adds up to, by village code."""
        return {code: one.digest for code, one in self._coded()}

    def news(self, cursors: Mapping[str, int]) -> bool:
        """Whether anything lies beyond `cursors`, by village code."""
        return any(one.newest > cursors.get(code, 0) for code, one in self._coded())

    def seen_lately(self, app: str, at: datetime) -> bool:
        """Whether this device of this release was noted within the last minute."""
        return self.seen_at is not None and self.app == app and at - self.seen_at < SEEN_AGAIN

    def _coded(self) -> list[tuple[str, Bucket]]:
        coded = ((village_of(bucket), one) for bucket, one in self.buckets.items())
        return [(code, one) for code, one in coded if code is not None]


def hear(connection: Connection, signed: Signed, late_at: datetime | None = None) -> Opening:
    """What the device that signed may know. Reads only. Raises Refused as `devices.admit` does."""
    (told,) = hear_each(connection, [signed], late_at)
    if isinstance(told, Exception):
        raise told
    return told


def hear_each(
    connection: Connection, signed: Sequence[Signed], late_at: datetime | None = None
) -> list[Opening | Exception]:
    """The same for several that signed, in their order, in one question; an error of one is its own."""
    rows = _rows(connection, [one.device for one in signed])
    told: list[Opening | Exception] = []
    for one in signed:
        row = rows.get(one.device)
        try:
            device = devices.admit(row, one, late_at)
            assert row is not None, "whoever was admitted is there"
            told.append(_opening(row, device))
        except Exception as error:
            told.append(error)
    return told


def of(connection: Connection, device: Device) -> Opening:
    """The same for a device that has proved itself, as this transaction sees it. Raises Refused."""
    (told,) = of_each(connection, [device])
    if isinstance(told, Refused):
        raise told
    return told


def of_each(connection: Connection, proved: Sequence[Device]) -> list[Opening | Refused]:
    """The same for several, in their order, in one question."""
    rows = _rows(connection, [device.device for device in proved])
    return [
        _opening(rows[one.device], one) if one.device in rows else Refused(UNKNOWN_DEVICE, one.device)
        for one in proved
    ]


def _rows(connection: Connection, devices: Sequence[str]) -> dict[str, DictRow]:
    return {row["device"]: row for row in connection.execute(QUESTION, (list(devices),))}


def _opening(row: Mapping[str, Any], device: Device) -> Opening:
    return Opening(
        device=device,
        worker_name=row["worker_name"],
        receive_key=bytes(row["receive_key"]),
        seen_at=row["seen_at"],
        app=row["app"],
        standing=Standing(row["epoch"], row["last"], row["durable"], row["halted"]),
        escrow=bytes(row["escrow"] or b""),
        pack_key=bytes(row["pack_key"] or b""),
        pack=row["pack"] or "",
        stick_seed=bytes(row["stick_seed"]),
        terms=terms_in(*(row["terms"] or (0, {}))),
        main=row["replica"],
        revoked=row["revoked_at"] is not None,
        settled=row["settled"] or 0,
        buckets={
            bucket: Bucket(name or "", int(digest or 0), newest or 0)
            for bucket, name, digest, newest in row["buckets"] or ()
        },
        links={replica: (link, before) for replica, (link, before) in (row["links"] or {}).items()},
    )
