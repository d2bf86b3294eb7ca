"""`POST /v1/bundle`: a file off a stick, brought by a computer that cannot read it, and the answer to it.

Whoever brings it proves nothing and need not: the file is signed by the computer that wrote it, and the
answer can be read there only. Strangers who bring what is none are counted and shut out as everywhere.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response

from sync.protocol import bundle, enrol_file
from sync.protocol.errors import BUSY, Refused
from sync.server import enrol_files, sticks
from sync.server.answers import Form, message
from sync.server.blobs import Depot
from sync.server.postgres import Pool, our_errors
from sync.server.tries import Pace
from sync.server.turns import Turns


class Sticks:
    """Answers for files off sticks; `pace` bounds how often files of one computer may come."""

    def __init__(
        self,
        pool: Pool,
        clock: Callable[[], datetime],
        depot: Depot | None,
        form: Form,
        pace: Pace,
        turns: Turns,
    ) -> None:
        self._pool, self._clock, self._depot, self._form = pool, clock, depot, form
        self._pace, self._turns = pace, turns

    async def bring(self, request: Request) -> Response:
        """POST /v1/bundle: one file, one answer."""
        raw = await self._form.body(request, bundle.BUNDLE_BYTES)
        return message(await self._turns.take(self._taken, raw))

    def _taken(self, raw: bytes) -> bytes:
        if raw.startswith(enrol_file.MAGIC):
            return self._enrolled(raw)
        device = bundle.apart(raw).header.device
        if not self._pace.allowed(device, time.monotonic()):
            raise Refused(BUSY, f"files of device {device} come too fast")
        with our_errors(), self._pool.connection() as connection:
            return sticks.take_in(connection, raw, self._depot, self._clock()).answer

    def _enrolled(self, raw: bytes) -> bytes:
        """Where her township has a line, a new computer's question travels as her work does."""
        code = enrol_file.apart(raw).header.code
        if not self._pace.allowed(code, time.monotonic()):
            raise Refused(BUSY, "files about one code come too fast")
        with our_errors(), self._pool.connection() as connection:
            return enrol_files.take_in(connection, raw, self._clock()).answer
