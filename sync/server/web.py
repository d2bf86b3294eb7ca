"""The county's addresses on HTTP: who speaks is proved first, and every answer is in form.

No name, number or field value is ever logged: device ids, counts and kinds of error only.
"""

from __future__ import annotations

import logging
import time
import traceback
from collections.abc import Awaitable, Callable
from datetime import datetime

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sync.protocol import codec, errors
from sync.protocol.blobs import BLOBS_PATH
from sync.protocol.errors import Refused, TooLarge
from sync.protocol.limits import (
    ENROL_PATH,
    HEALTH_PATH,
    MESSAGE_TYPE,
    PACK_PATH,
    PACKED_BYTES,
    PROTOCOL,
    PROTOCOL_HEADER,
    SYNC_PATH,
)
from sync.protocol.signing import read_headers
from sync.server import devices, enrolment, handlers, packs
from sync.server.blobs import Depot
from sync.server.blobs_web import PIECES, Files
from sync.server.postgres import Pool, our_errors, schema_version
from sync.server.tries import Tries

RETRY_AFTER_SECONDS = 600
WRONG_CODES = ("code_unknown", "code_used", "code_expired")
OURS = {PROTOCOL_HEADER: str(PROTOCOL), "Cache-Control": "no-store"}

log = logging.getLogger(__name__)


class County:
    """The four endpoints over one pool of connections; `clock` gives the county's time."""

    def __init__(self, pool: Pool, clock: Callable[[], datetime]) -> None:
        self._pool = pool
        self._clock = clock
        self._tries = Tries()

    async def sync(self, request: Request) -> Response:
        """POST /v1/sync: one exchange."""
        body = await _body(request)
        return _message(await run_in_threadpool(self._exchange, dict(request.headers), body))

    async def enrol(self, request: Request) -> Response:
        """POST /v1/enrol: a code against a key."""
        body = await _body(request)
        address = request.client.host if request.client else ""
        if not self._tries.allowed(address, time.monotonic()):
            raise Refused(errors.TOO_MANY_TRIES)
        try:
            return _message(await run_in_threadpool(self._enrol, dict(request.headers), body))
        except Refused as refused:
            if refused.refusal.code in WRONG_CODES:
                self._tries.failed(address, time.monotonic())
            raise

    async def pack(self, request: Request) -> Response:
        """POST /v1/pack: the newest policy pack, for an enrolled computer."""
        body = await _body(request)
        return _message(await run_in_threadpool(self._pack, dict(request.headers), body))

    async def health(self, request: Request) -> Response:
        """GET /v1/health: whether the database answers, and which schema it has."""
        del request
        return JSONResponse(await run_in_threadpool(self._health), headers=OURS)

    def _exchange(self, headers: dict[str, str], body: bytes) -> bytes:
        signed = read_headers(headers, "POST", SYNC_PATH, body)
        with our_errors(), self._pool.connection() as connection:
            device = devices.authenticate(connection, signed)
            message = codec.decode_exchange(body)
            at = self._clock()
            reply = handlers.exchange(connection, device, message, at)
            devices.note_seen(connection, device, message.app, signed.created, at)
        log.info("device %s: %d in, %d out", device.device, len(message.ops), len(reply.rows))
        return codec.encode_reply(reply)

    def _pack(self, headers: dict[str, str], body: bytes) -> bytes:
        signed = read_headers(headers, "POST", PACK_PATH, body)
        with our_errors(), self._pool.connection() as connection:
            device = devices.authenticate(connection, signed)
            file = packs.file_of(connection, device.county)
        log.info("device %s: a policy pack of %d bytes", device.device, len(file))
        return codec.encode_pack(file)

    def _enrol(self, headers: dict[str, str], body: bytes) -> bytes:
        signed = read_headers(headers, "POST", ENROL_PATH, body)
        message = codec.decode_enrol(body)
        with our_errors(), self._pool.connection() as connection:
            return codec.encode_enrolled(enrolment.enrol(connection, message, signed, self._clock()))

    def _health(self) -> dict[str, object]:
        with our_errors(), self._pool.connection() as connection:
            return {"ok": True, "protocols": [PROTOCOL], "schema": schema_version(connection)}


def application(pool: Pool, clock: Callable[[], datetime], depot: Depot | None = None) -> Starlette:
    """The ASGI application; `depot` is where files of records are kept, if they are."""
    county, files = County(pool, clock), Files(pool, clock, depot)
    served = Starlette(
        routes=[
            Route(ENROL_PATH, _in_form(county.enrol), methods=["POST"]),
            Route(SYNC_PATH, _in_form(county.sync), methods=["POST"]),
            Route(PACK_PATH, _in_form(county.pack), methods=["POST"]),
            Route(BLOBS_PATH, _in_form(files.many), methods=["POST"]),
            Route(BLOBS_PATH + "/{sha256}", _in_form(files.one), methods=["GET", "HEAD", *PIECES]),
            Route(HEALTH_PATH, _in_form(county.health), methods=["GET"]),
        ],
        exception_handlers={HTTPException: _not_ours},
    )
    served.router.redirect_slashes = False  # a device takes any redirect for a login page
    return served


def _in_form(endpoint: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint with every failure answered as a refusal."""

    async def answer(request: Request) -> Response:
        try:
            return await endpoint(request)
        except Refused as refused:
            log.info("refused: %s", refused)
            return _refusal(refused)
        except ClientDisconnect:  # a village line: the device sends it again
            log.info("a line broke before the request was whole")
            return _refusal(Refused(errors.BUSY))
        except Exception as error:
            # The message of an error may quote a record, so only its kind and place are written down.
            frames = traceback.extract_tb(error.__traceback__)
            place = f"{frames[-1].name}:{frames[-1].lineno}" if frames else "?"
            log.error("%s in %s", type(error).__name__, place)
            return _refusal(Refused(errors.INTERNAL))

    return answer


async def _body(request: Request) -> bytes:
    """The request's bytes. Raises Refused for another version or type, TooLarge beyond the bound."""
    if request.headers.get(PROTOCOL_HEADER.lower()) != str(PROTOCOL):
        raise Refused(errors.UNSUPPORTED, "version header")
    if request.headers.get("content-type") != MESSAGE_TYPE:
        raise Refused(errors.MALFORMED, "content type")
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > PACKED_BYTES:
            raise TooLarge("request body")
        parts.append(part)
    return b"".join(parts)


def _message(packed: bytes) -> Response:
    return Response(packed, media_type=MESSAGE_TYPE, headers=OURS)


def _refusal(refused: Refused) -> Response:
    refusal = refused.refusal
    headers = dict(OURS)
    if refusal.status in (429, 503):
        headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    body = {"error": refusal.code, "words": refusal.words, **refused.told}
    return JSONResponse(body, status_code=refusal.status, headers=headers)


async def _not_ours(request: Request, error: Exception) -> Response:
    del request, error
    return _refusal(Refused(errors.NOT_FOUND))
