"""The county's addresses for devices on HTTP: who speaks is proved first, and every answer is in form."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, Router
from starlette.types import ASGIApp, Receive, Scope, Send

from sync.protocol import codec, errors
from sync.protocol.blobs import BLOBS_PATH
from sync.protocol.errors import Refused
from sync.protocol.limits import BUNDLE_PATH, ENROL_PATH, HEALTH_PATH, PACK_PATH, SYNC_PATH
from sync.protocol.signing import read_headers
from sync.server import devices, enrolment, packs
from sync.server.answers import Door, Endpoint, Form, message
from sync.server.blobs_web import PIECES, Files
from sync.server.exchanges import Exchanges
from sync.server.looking import Looking
from sync.server.metrics import Board
from sync.server.openapi import LIVE_PATH, METRICS_PATH, OPENAPI_PATH, READY_PATH
from sync.server.postgres import Pool, our_errors
from sync.server.settings import Serving
from sync.server.sticks_web import Sticks
from sync.server.tries import Pace, Tries
from sync.server.turns import Turns

WRONG_CODES = ("code_unknown", "code_used", "code_expired")

log = logging.getLogger(__name__)


class County:
    """What devices may ask, over one pool of connections; `clock` gives the county's time."""

    def __init__(
        self, pool: Pool, clock: Callable[[], datetime], form: Form, board: Board, settings: Serving
    ) -> None:
        self._pool = pool
        self._clock = clock
        self._form = form
        self._board = board
        self.pace = Pace(settings.device_rate)  # one for all a computer asks, its files too
        self._exchanges = Exchanges(pool, settings.pool, clock, board, self.pace)
        self._tries = Tries()

    def close(self) -> None:
        """Ends the exchanges that were begun."""
        self._exchanges.close()

    async def sync(self, request: Request) -> Response:
        """POST /v1/sync: one exchange."""
        body = await self._form.body(request)
        return message(await self._exchanges.answer(request.headers, body))

    async def enrol(self, request: Request) -> Response:
        """POST /v1/enrol: a code against a key."""
        body = await self._form.body(request)
        address = request.client.host if request.client else ""
        if not self._tries.allowed(address, time.monotonic()):
            raise Refused(errors.TOO_MANY_TRIES)
        try:
            return message(await run_in_threadpool(self._enrol, dict(request.headers), body))
        except Refused as refused:
            if refused.refusal.code in WRONG_CODES:
                self._tries.failed(address, time.monotonic())
            raise

    async def pack(self, request: Request) -> Response:
        """POST /v1/pack: the newest policy pack, for an enrolled computer."""
        body = await self._form.body(request)
        return message(await run_in_threadpool(self._pack, dict(request.headers), body))

    def _pack(self, headers: dict[str, str], body: bytes) -> bytes:
        signed = read_headers(headers, "POST", PACK_PATH, body)
        with our_errors(), self._pool.connection() as connection:
            device = devices.authenticate(connection, signed)
            self.pace.keep(device.device, time.monotonic())
            file = packs.file_of(connection, device.county)
        log.info("device %s: a policy pack of %d bytes", device.device, len(file))
        return codec.encode_pack(file)

    def _enrol(self, headers: dict[str, str], body: bytes) -> bytes:
        signed = read_headers(headers, "POST", ENROL_PATH, body)
        said = codec.decode_enrol(body)
        with our_errors(), self._pool.connection() as connection:
            return codec.encode_enrolled(enrolment.enrol(connection, said, signed, self._clock()))


class Address(Route):
    """One of our addresses; whoever asks it in another way is told what a stranger's address tells."""

    def __init__(self, path: str, door: Door, methods: Collection[str], not_ours: ASGIApp) -> None:
        super().__init__(path, door, methods=methods)
        self._not_ours = not_ours

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Goes in, if it may."""
        may = scope["method"] in (self.methods or ())
        await (self.app if may else self._not_ours)(scope, receive, send)


class Application(Router):
    """The ASGI application; `close` ends what it has begun."""

    def __init__(self, county: County, routes: Sequence[Address], not_ours: ASGIApp) -> None:
        # A device takes any redirect for a login page.
        super().__init__(routes, redirect_slashes=False, default=not_ours)
        self.close = county.close


def application(pool: Pool, clock: Callable[[], datetime], settings: Serving) -> Application:
    """What is served."""
    board = Board(settings.board, settings.slot, settings.slots)
    form = Form(board, settings.strangers)
    county = County(pool, clock, form, board, settings)
    looking, turns = Looking(pool, board, settings), Turns(settings.wait_seconds)
    files = Files(pool, clock, settings.depot, county.pace, turns)
    carried = Sticks(pool, clock, settings.depot, form, Pace(settings.device_rate), turns)

    def route(path: str, endpoint: Endpoint, kind: str, *methods: str) -> Address:
        return Address(path, form.around(endpoint, kind), methods, form.not_ours)

    return Application(
        county,
        [
            route(SYNC_PATH, county.sync, "sync", "POST"),  # first, for nearly all ask here
            route(ENROL_PATH, county.enrol, "enrol", "POST"),
            route(PACK_PATH, county.pack, "pack", "POST"),
            route(BUNDLE_PATH, carried.bring, "bundle", "POST"),
            route(BLOBS_PATH, files.many, "blobs", "POST"),
            route(BLOBS_PATH + "/{sha256}", files.one, "blobs", "GET", "HEAD", *PIECES),
            route(HEALTH_PATH, looking.health, "other", "GET"),
            route(LIVE_PATH, looking.live, "other", "GET"),
            route(READY_PATH, looking.ready, "other", "GET"),
            route(METRICS_PATH, looking.metrics, "other", "GET"),
            route(OPENAPI_PATH, looking.described, "other", "GET"),
        ],
        form.not_ours,
    )
