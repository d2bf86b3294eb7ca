"""The county's addresses for files: HEAD, PATCH and GET on a hash, POST to ask about many at once."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response

from sync.protocol import blobs as wire
from sync.protocol import codec
from sync.protocol.errors import BUSY, MALFORMED, NO_SHELF, NOT_FOUND, Malformed, Refused, TooLarge
from sync.protocol.limits import MESSAGE_TYPE, PROTOCOL, PROTOCOL_HEADER
from sync.protocol.signing import Signed, read_headers
from sync.server import blobs, devices
from sync.server.blobs import Depot, WrongOffset
from sync.server.devices import Device
from sync.server.postgres import Connection, Pool, our_errors
from sync.server.tries import Pace
from sync.server.turns import Turns

OURS = {PROTOCOL_HEADER: str(PROTOCOL), "Cache-Control": "no-store"}
RECEIVE_SECONDS = 180.0  # for one piece; a slower line sends smaller ones
SWEPT_EVERY = timedelta(days=1)
PIECES = ("PATCH", "POST")  # some gateways let no PATCH through; a POST to a hash is the same

log = logging.getLogger(__name__)


class Files:
    """Answers for files of one county server; without a depot it says that there is none."""

    def __init__(
        self, pool: Pool, clock: Callable[[], datetime], depot: Depot | None, pace: Pace, turns: Turns
    ) -> None:
        self._pool, self._clock, self._depot, self._pace, self._turns = pool, clock, depot, pace, turns
        self._swept: datetime | None = None
        self._sweeping = threading.Lock()

    async def one(self, request: Request) -> Response:
        """HEAD, PATCH (or POST) and GET /v1/blobs/{sha256}."""
        sha256 = str(request.path_params["sha256"])
        if not wire.is_hash(sha256):
            raise Refused(NOT_FOUND)
        body = await _body(request)
        headers = dict(request.headers)
        if request.method == "HEAD":
            return await self._turns.take(self._head, headers, sha256)
        if request.method in PIECES:
            answer = await self._turns.take(self._patch, request.method, headers, sha256, body)
            answer.background = BackgroundTask(self._sweep)
            return answer
        return await self._turns.take(self._get, headers, sha256)

    async def many(self, request: Request) -> Response:
        """POST /v1/blobs: how far each of many is."""
        if request.headers.get("content-type") != MESSAGE_TYPE:
            raise Refused(MALFORMED, "content type")
        body = await _body(request)
        return await self._turns.take(self._many, dict(request.headers), body)

    def _head(self, headers: dict[str, str], sha256: str) -> Response:
        signed = read_headers(headers, "HEAD", wire.path_of(sha256), b"")
        with our_errors(), self._pool.connection() as connection:
            device = self._proved(connection, signed)
            known = blobs.standings(connection, self._place(), device, [sha256])
        standing = known.get(sha256, wire.Standing(0, False))
        return Response(status_code=204, headers={**OURS, **wire.standing_headers(standing)})

    def _patch(self, method: str, headers: dict[str, str], sha256: str, body: bytes) -> Response:
        signed = read_headers(headers, method, wire.path_of(sha256), body, wire.PATCH_COVERS)
        with our_errors(), self._pool.connection() as connection:
            device = self._proved(connection, signed)
            piece = wire.read_piece(headers, len(body))
            try:
                standing = blobs.take(connection, self._place(), device, sha256, piece, body, self._clock())
            except WrongOffset as wrong:
                where = wire.standing_headers(wrong.standing)
                return Response(status_code=wrong.refusal.status, headers={**OURS, **where})
        log.info("device %s: a piece of %d bytes", device.device, len(body))
        return Response(status_code=204, headers={**OURS, **wire.standing_headers(standing)})

    def _get(self, headers: dict[str, str], sha256: str) -> Response:
        signed = read_headers(headers, "GET", wire.path_of(sha256), b"", wire.GET_COVERS)
        with our_errors(), self._pool.connection() as connection:
            device = self._proved(connection, signed)
            start, size = wire.read_range(headers)
            data, total = blobs.read(connection, self._place(), device, sha256, start, size)
        which = wire.content_range(start, len(data), total)
        return Response(data, status_code=206, media_type=wire.CONTENT_TYPE, headers={**OURS, **which})

    def _many(self, headers: dict[str, str], body: bytes) -> Response:
        signed = read_headers(headers, "POST", wire.BLOBS_PATH, body)
        with our_errors(), self._pool.connection() as connection:
            device = self._proved(connection, signed)
            asked = wire.read_question(codec.decode_plain(body))
            known = blobs.standings(connection, self._place(), device, asked)
        return Response(codec.encode_plain(wire.answer(known)), media_type=MESSAGE_TYPE, headers=OURS)

    def _proved(self, connection: Connection, signed: Signed) -> Device:
        """The device that signed, unless it asks faster than one computer may. Raises Refused."""
        device = devices.authenticate(connection, signed)
        self._pace.keep(device.device, time.monotonic())
        return device

    def _place(self) -> Depot:
        if self._depot is None:
            raise Refused(NO_SHELF)
        return self._depot

    def _sweep(self) -> None:
        """Once a day, after an answer; what goes wrong is tried again another day."""
        now = self._clock()
        if self._depot is None or (self._swept is not None and now - self._swept < SWEPT_EVERY):
            return
        if not self._sweeping.acquire(blocking=False):
            return
        try:
            self._swept = now
            with our_errors(), self._pool.connection() as connection:
                for county in _counties(connection):
                    blobs.sweep(connection, self._depot, county, now)
        except Exception as error:  # an error here must not be told to whoever just sent a piece
            log.error("files were not swept: %s", type(error).__name__)
        finally:
            self._sweeping.release()


def _counties(connection: Connection) -> Iterable[str]:
    return [str(row["county"]) for row in connection.execute("SELECT county FROM county ORDER BY county")]


async def _body(request: Request) -> bytes:
    """The request's bytes, of which there is never more than a piece. Raises Refused or TooLarge."""
    if request.headers.get(PROTOCOL_HEADER.lower()) != str(PROTOCOL):
        raise Malformed("version header")
    parts, size = [], 0
    try:
        async with asyncio.timeout(RECEIVE_SECONDS):
            async for part in request.stream():
                size += len(part)
                if size > wire.PIECE_BYTES:
                    raise TooLarge("a piece")
                parts.append(part)
    except TimeoutError as error:
        raise Refused(BUSY, "a piece that took too long") from error
    return b"".join(parts)
