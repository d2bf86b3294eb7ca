"""What a monitor and an administrator may ask: alive, ready, the figures, and the description of it all."""

from __future__ import annotations

import ipaddress

from psycopg_pool import PoolTimeout
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from sync.protocol.errors import NOT_FOUND, Refused
from sync.protocol.limits import PROTOCOL
from sync.server import openapi, query
from sync.server.answers import OURS
from sync.server.metrics import Board, gauges
from sync.server.postgres import Pool, our_errors, schema_version, schemas
from sync.server.settings import Serving

READY_SECONDS = 2.0  # how long a gateway's question may wait for a connection
METRICS_TYPE = "text/plain; version=0.0.4"
WORDS = {
    "commit_number": "The last commit number.",
    "durable_number": "The last commit number in a verified backup.",
    "open_conflicts": "Disagreements nobody has settled.",
    "open_quarantine": "Changes set aside whole.",
    "devices": "Computers enrolled and not stopped.",
    "open_alarms": "Things to look at; one of them may have shut the county to changes.",
    "devices_silent": "Of these, the ones not heard for seven days.",
}


class Looking:
    """Answers that read and never write."""

    def __init__(self, pool: Pool, board: Board, settings: Serving) -> None:
        self._pool = pool
        self._board = board
        self._proxied = bool(settings.proxies)
        self._readers = [ipaddress.ip_network(network) for network in settings.metrics_from]

    async def health(self, request: Request) -> Response:
        """GET /v1/health: whether the database answers, and which schema it has."""
        del request
        return JSONResponse(await run_in_threadpool(self._health), headers=OURS)

    async def live(self, request: Request) -> Response:
        """GET /v1/live: this process answers, whatever the database does."""
        del request
        return JSONResponse({"ok": True}, headers=OURS)

    async def ready(self, request: Request) -> Response:
        """GET /v1/ready: 200 when devices may be sent here, else 503."""
        del request
        ready = await run_in_threadpool(self._ready)
        return JSONResponse({"ok": ready}, status_code=200 if ready else 503, headers=OURS)

    async def metrics(self, request: Request) -> Response:
        """GET /metrics: the figures for Prometheus, for whoever may read them."""
        if not self._may_read(request):
            raise Refused(NOT_FOUND, "metrics")
        text = self._board.text() + await run_in_threadpool(self._standing)
        return PlainTextResponse(text, media_type=METRICS_TYPE, headers={"Cache-Control": "no-store"})

    async def described(self, request: Request) -> Response:
        """GET /v1/openapi.json: every address in OpenAPI 3.1."""
        del request
        return JSONResponse(openapi.description(), headers=OURS)

    def _health(self) -> dict[str, object]:
        with our_errors(), self._pool.connection() as connection:
            return {"ok": True, "protocols": [PROTOCOL], "schema": schema_version(connection)}

    def _ready(self) -> bool:
        try:
            with our_errors(), self._pool.connection(timeout=READY_SECONDS) as connection:
                return schema_version(connection) == schemas()[-1]
        except (Refused, PoolTimeout):
            return False

    def _standing(self) -> str:
        with our_errors(), self._pool.connection() as connection:
            found = query.standings(connection)
        return "".join(
            gauges(name, words, {one["county"]: float(one[name]) for one in found})
            for name, words in WORDS.items()
        )

    def _may_read(self, request: Request) -> bool:
        """A gateway nobody told us of makes everyone look like this computer: then nobody may."""
        passed_on = any(name in request.headers for name in ("x-forwarded-for", "forwarded", "via"))
        if request.client is None or (passed_on and not self._proxied):
            return False
        try:
            reader = ipaddress.ip_address(request.client.host)
        except ValueError:
            return False
        return any(reader in network for network in self._readers)
