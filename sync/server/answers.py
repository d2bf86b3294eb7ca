"""Every answer in form: whole requests within bounds, failures as refusals, and each one counted.

No name, number or field value is ever logged: device ids, counts and kinds of error only.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from sync.protocol import errors
from sync.protocol.errors import Refused, TooLarge
from sync.protocol.limits import MESSAGE_TYPE, PACKED_BYTES, PROTOCOL, PROTOCOL_HEADER
from sync.server.logs import place_of
from sync.server.metrics import Board
from sync.server.tries import Tries

Endpoint = Callable[[Request], Awaitable[Response]]

RETRY_AFTER_SECONDS = 600
RECEIVE_SECONDS = 300.0  # for a whole body: 2 MB at 64 kbit/s; a slower line sends smaller batches
BODIES_BYTES = 256 * 1024 * 1024  # of requests being received at once, whoever sends them
STRANGER_SECONDS = 60.0
STRANGE = frozenset(("malformed", "bad_signature", "unknown_device", "unsupported_version", "too_large"))
OURS = {PROTOCOL_HEADER: str(PROTOCOL), "Cache-Control": "no-store"}

log = logging.getLogger(__name__)


class Door:
    """An endpoint as ASGI has it: what it could raise is answered already, so nothing stands around it."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = await self._endpoint(Request(scope, receive, send))
        await answer(scope, receive, send)


class Form:
    """How endpoints are answered: `strangers` refused requests a minute for one address, 0 for no bound."""

    def __init__(self, board: Board, strangers: int) -> None:
        self._board = board
        self._strangers = Tries(strangers, STRANGER_SECONDS)
        self._receiving = 0

    def around(self, endpoint: Endpoint, address: str) -> Door:
        """The endpoint with every failure answered as a refusal, and its figures kept under `address`."""

        async def answer(request: Request) -> Response:
            started = time.perf_counter()
            self._board.add("requests_in_flight")
            try:
                told = await self._answer(endpoint, request)
            finally:
                self._board.add("requests_in_flight", -1)
                self._board.took(address, time.perf_counter() - started)
            self._board.add("sent_bytes_total", len(told.body))
            return told

        return Door(answer)

    async def _answer(self, endpoint: Endpoint, request: Request) -> Response:
        sender = request.client.host if request.client else ""
        try:
            if not self._strangers.allowed(sender, time.monotonic()):
                raise Refused(errors.TOO_MANY_TRIES, "an address that was refused too often")
            return await endpoint(request)
        except Refused as refused:
            log.info("refused: %s", refused)
            if refused.refusal.code in STRANGE:
                self._strangers.failed(sender, time.monotonic())
            return self.refusal(refused)
        except ClientDisconnect:  # a village line: the device sends it again
            log.info("a line broke before the request was whole")
            return self.refusal(Refused(errors.BUSY))
        except Exception as error:
            # The message of an error may quote a record, so only its kind and place are written down.
            log.error("%s", place_of(error))
            return self.refusal(Refused(errors.INTERNAL))

    async def body(self, request: Request, most: int = PACKED_BYTES) -> bytes:
        """The request's bytes. Raises Refused for another version or type, TooLarge beyond the bound,
        and Refused(BUSY) when it takes too long or too much is being received already."""
        if request.headers.get(PROTOCOL_HEADER.lower(), "").partition(" ")[0] != str(PROTOCOL):
            raise Refused(errors.UNSUPPORTED, "version header")
        if request.headers.get("content-type") != MESSAGE_TYPE:
            raise Refused(errors.MALFORMED, "content type")
        told = request.headers.get("content-length", "")
        if told.isdecimal() and int(told) > most:
            raise TooLarge("request body")
        try:
            async with asyncio.timeout(RECEIVE_SECONDS):
                body = await self._received(request, most)
        except TimeoutError as error:
            raise Refused(errors.BUSY, "a body that took too long") from error
        self._board.add("received_bytes_total", len(body))
        return body

    async def _received(self, request: Request, most: int) -> bytes:
        parts, size = [], 0
        try:
            async for part in request.stream():
                size += len(part)
                self._receiving += len(part)
                if size > most:
                    raise TooLarge("request body")
                if self._receiving > BODIES_BYTES:
                    raise Refused(errors.BUSY, "too much is being received at once")
                parts.append(part)
            return b"".join(parts)
        finally:
            self._receiving -= size

    def refusal(self, refused: Refused) -> Response:
        """A refusal as the device understands it."""
        refusal = refused.refusal
        self._board.add("refused_total", 1, f'code="{refusal.code}"')
        headers = dict(OURS)
        if refusal.status in (429, 503):
            headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
        body = {"error": refusal.code, "words": refusal.words, **refused.told}
        return JSONResponse(body, status_code=refusal.status, headers=headers)

    async def not_ours(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers for an address or a method that is none of ours."""
        await self.refusal(Refused(errors.NOT_FOUND))(scope, receive, send)


def message(packed: bytes) -> Response:
    """A packed message as an answer."""
    # An answer to a POST is kept by nobody unless it says so (RFC 9110 §9.3.3), and a header costs bytes.
    return Response(packed, media_type=MESSAGE_TYPE, headers={PROTOCOL_HEADER: str(PROTOCOL)})
