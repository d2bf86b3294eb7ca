"""How a computer comes to be known: a one-time code on paper against a pair of keys made on the device."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import psycopg

from app.domain.ids import new_id
from app.domain.problem import UserError
from sync.protocol import codes
from sync.protocol.errors import CODE_EXPIRED, CODE_UNKNOWN, CODE_USED, MALFORMED, Refused
from sync.protocol.limits import BLOCKS
from sync.protocol.messages import Enrol, Enrolled, bucket_of
from sync.protocol.signing import ALGORITHM, Signed
from sync.server import county, escrow, packs, stick_key
from sync.server.devices import verify
from sync.server.plain import plain
from sync.server.postgres import Connection

VALID_FOR = timedelta(hours=72)
LONGEST = timedelta(days=14)  # for a village whose stick travels by bus (待核)

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class IssuedCode:
    """A code to hand to one worker. It is shown once: the county keeps only its hash."""

    code: str
    worker: str
    worker_name: str
    expires_at: datetime


def issue(
    connection: Connection,
    villages: Sequence[str],
    worker_name: str,
    at: datetime,
    *,
    worker: str = "",
    valid: timedelta = VALID_FOR,
) -> IssuedCode:
    """A one-time code for `worker_name` in `villages` (12-digit codes of one county); `valid` is at most
    `LONGEST`.

    A worker of that name who already has one of the villages is taken to be the same person (a
    second computer); `worker` names her outright. Raises UserError.
    """
    place = _county_of(connection, villages)
    if not timedelta(0) < valid <= LONGEST:
        raise UserError(f"登记码最长管 {LONGEST.days} 天。", field="days")
    if not worker_name.strip():
        raise UserError("还没写是谁。", field="worker")
    secret = secrets.token_bytes(codes.SECRET_BYTES)
    with connection.transaction():
        county.lock(connection, place)  # two clerks at once must not enter her twice
        known = worker or _known(connection, place, worker_name.strip(), villages)
        known = known or _enter(connection, place, worker_name.strip(), at)
        bare = codes.normal(codes.spell(secret))
        assert bare is not None, "a code we spell is a code we read"
        connection.execute(
            "INSERT INTO enrolment (county, code_hash, worker, villages, issued_at, expires_at)"
            " VALUES (%s, %s, %s, %s, %s, %s)",
            (place, codes.fingerprint(bare), known, list(villages), at, at + valid),
        )
    return IssuedCode(codes.spell(secret), known, worker_name.strip(), at + valid)


def enrol(connection: Connection, message: Enrol, signed: Signed, at: datetime) -> Enrolled:
    """Enters the device. The same device asking again, because the answer was lost, hears the same.

    Raises Refused: unknown, used or expired code, bad signature.
    """
    bare = codes.normal(message.code)
    if bare is None:
        _check(message, signed)
        raise Refused(CODE_UNKNOWN)
    return enrol_by(connection, codes.fingerprint(bare), message, signed, at)


def enrol_by(
    connection: Connection, fingerprint: bytes, message: Enrol, signed: Signed, at: datetime
) -> Enrolled:
    """`enrol` for whoever proved otherwise to know the code with this fingerprint."""
    _check(message, signed)
    with connection.transaction():
        offer = connection.execute(
            "SELECT county, code_hash, worker, villages, expires_at, used_by FROM enrolment"
            " WHERE code_hash = %s FOR UPDATE",
            (fingerprint,),
        ).fetchone()
        if offer is None:
            raise Refused(CODE_UNKNOWN)
        if offer["used_by"] is not None:
            _same_again(connection, offer, message)
        elif offer["expires_at"] <= at:
            raise Refused(CODE_EXPIRED)
        else:
            _accept(connection, offer, message, at)
        return _welcome(connection, offer, message.device)


def _check(message: Enrol, signed: Signed) -> None:
    verify(message.sign_key, signed)
    if message.alg != ALGORITHM or message.device != signed.device:
        raise Refused(MALFORMED, "algorithm or device")


def _accept(connection: Connection, offer: Mapping[str, Any], message: Enrol, at: datetime) -> None:
    place, worker = offer["county"], offer["worker"]
    try:
        with connection.transaction():
            connection.execute(
                "INSERT INTO device (county, device, replica, worker, name, alg, sign_key, receive_key,"
                " app, enrolled_at) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
                (
                    place,
                    message.device,
                    message.replica,
                    worker,
                    plain(message.device_name),
                    message.alg,
                    message.sign_key,
                    message.receive_key,
                    plain(message.app),
                    at,
                ),
            )
    except psycopg.errors.UniqueViolation as error:
        raise Refused(MALFORMED, "a device id that is taken") from error
    connection.execute(
        "UPDATE enrolment SET used_at = %s, used_by = %s WHERE county = %s AND code_hash = %s",
        (at, message.device, place, offer["code_hash"]),
    )
    for village in offer["villages"]:
        connection.execute(
            "INSERT INTO scope VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
            (place, worker, bucket_of(village)),
        )
    _give_block(connection, place, worker, message.device)
    log.info("device %s enrolled", message.device)


def _give_block(connection: Connection, place: str, worker: str, device: str) -> None:
    """The first block after those of the other computers that count tickets in the same villages."""
    county.lock(connection, place)  # two computers at once must not be given the same
    connection.execute(
        "UPDATE device SET serial_block = (SELECT coalesce(max(other.serial_block) + 1, 0) %% %s"
        "  FROM device other JOIN scope theirs USING (county, worker)"
        "  JOIN scope mine ON mine.county = theirs.county AND mine.bucket = theirs.bucket"
        "  WHERE other.county = device.county AND other.device <> device.device"
        "  AND mine.worker = device.worker)"
        " WHERE county = %s AND worker = %s AND device = %s",
        (BLOCKS, place, worker, device),
    )


def _same_again(connection: Connection, offer: Mapping[str, Any], message: Enrol) -> None:
    row = connection.execute(
        "SELECT sign_key FROM device WHERE county = %s AND device = %s AND revoked_at IS NULL",
        (offer["county"], offer["used_by"]),
    ).fetchone()
    if offer["used_by"] != message.device or row is None or bytes(row["sign_key"]) != message.sign_key:
        raise Refused(CODE_USED)


def _welcome(connection: Connection, offer: Mapping[str, Any], device: str) -> Enrolled:
    place, worker = offer["county"], offer["worker"]
    row = connection.execute(
        "SELECT worker.name, serial_block FROM worker JOIN device USING (county, worker)"
        " WHERE county = %s AND worker = %s AND device = %s",
        (place, worker, device),
    ).fetchone()
    assert row is not None, "a device that was let in belongs to the worker of its code"
    return Enrolled(
        device=device,
        county=place,
        county_name=county.name_of(connection, place),
        epoch=county.standing(connection, place).epoch,
        worker=worker,
        worker_name=row["name"],
        villages=county.villages_in(connection, place, county.scope_of(connection, place, worker)),
        block=row["serial_block"],
        escrow=escrow.key_of(connection, place),
        pack_key=packs.key_of(connection, place),
        stick=stick_key.public_of(connection, place),
    )


def _county_of(connection: Connection, villages: Sequence[str]) -> str:
    places = {village[:6] for village in villages}
    if len(places) != 1:
        raise UserError("一个登记码只管一个县里的村，至少写一个村。", field="village")
    place = places.pop()
    known = county.villages_in(connection, place, [bucket_of(village) for village in villages])
    for village in villages:
        if village not in known:
            raise UserError(f"县里还没有 {village} 这个村。先用 village 命令加上。", field="village")
    return place


def _known(connection: Connection, place: str, name: str, villages: Sequence[str]) -> str:
    row = connection.execute(
        "SELECT worker.worker FROM worker LEFT JOIN scope USING (county, worker)"
        " LEFT JOIN enrolment USING (county, worker)"
        " WHERE county = %s AND name = %s AND (bucket = ANY(%s) OR villages && %s)"
        " ORDER BY worker.created_at LIMIT 1",
        (place, name, [bucket_of(village) for village in villages], list(villages)),
    ).fetchone()
    return str(row["worker"]) if row else ""


def _enter(connection: Connection, place: str, name: str, at: datetime) -> str:
    worker = new_id(at)
    connection.execute(
        "INSERT INTO worker (county, worker, name, created_at) VALUES (%s, %s, %s, %s)",
        (place, worker, name, at),
    )
    return worker
