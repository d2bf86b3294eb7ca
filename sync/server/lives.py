"""The lives of this county's numbering, and the watch over a backup that was put back without a word."""

from __future__ import annotations

import contextlib
import logging
import secrets
from collections.abc import Iterator
from datetime import datetime

from sync.protocol.errors import CURSOR_AHEAD, READ_ONLY, Refused
from sync.protocol.lives import Life, NewLife, before_first, kept_of
from sync.protocol.messages import Exchange
from sync.server import alarms, county, replicas
from sync.server.devices import Device
from sync.server.postgres import Connection

log = logging.getLogger(__name__)


def of(connection: Connection, place: str) -> tuple[Life, ...]:
    """Every life of the county, oldest first."""
    rows = connection.execute("SELECT no, id, from_seq FROM epoch WHERE county = %s ORDER BY no", (place,))
    return tuple(Life(row["no"], row["id"], row["from_seq"]) for row in rows)


def begin(connection: Connection, place: str, at: datetime) -> Life:
    """A new life after a backup was put back: devices that knew the one before send again, by themselves,
    what the backup did not hold.

    Its numbers begin above all that were ever given. Opens the county where a device had heard more than it
    said. Raises UserError when there is no such county.
    """
    county.must_be_there(connection, place)
    with connection.transaction():
        county.lock(connection, place)
        before = of(connection, place)
        kept = county.standing(connection, place).last
        life = Life(before[-1].no + 1, secrets.token_hex(8), kept)
        connection.execute(
            "INSERT INTO epoch (county, no, id, from_seq, started_at) VALUES (%s, %s, %s, %s, %s)",
            (place, life.no, life.id, life.kept_upto, at),
        )
        connection.execute("UPDATE sequence SET last = %s WHERE county = %s", (before_first(at, kept), place))
        alarms.close(connection, place, at, kind=CURSOR_AHEAD.code)
        replicas.forget_links(connection, place)
    log.info("county %s begins life %d, kept up to %d", place, life.no, kept)
    return life


def same(connection: Connection, place: str, standing: county.Standing, message: Exchange) -> None:
    """Whether device and county speak of the same numbers.

    Raises NewLife, or Refused when the device has heard more than the county ever said, or when somebody
    else has and the county takes nothing in.
    """
    if message.epoch != standing.epoch:
        raise NewLife(standing.epoch, kept_of(of(connection, place), message.epoch))
    if max(message.cursors.values(), default=0) > standing.last:
        raise Refused(CURSOR_AHEAD, f"county at {standing.last}")
    if standing.halted and (message.ops or message.copies):
        raise Refused(READ_ONLY, "an open alarm: restore-finish, or close it")


@contextlib.contextmanager
def watched(connection: Connection, device: Device, at: datetime) -> Iterator[None]:
    """Raises the alarm when the exchange inside was refused because this county was put back unannounced.

    Whoever speaks next would be given numbers that were given before, and what she had heard under them
    would never come again: so nothing more is taken in until a person has looked.
    """
    try:
        yield
    except Refused as refused:
        watch(connection, device, refused, at)
        raise


def watch(connection: Connection, device: Device, refused: Refused, at: datetime) -> None:
    """The same for a refusal in hand."""
    if refused.refusal is CURSOR_AHEAD:
        log.error("device %s has heard more than this county ever said: put back?", device.device)
        alarms.sound(connection, device.county, CURSOR_AHEAD.code, device.device, at, refused.detail)
