"""POST /v1/sync, from the bytes of a request to those of its answer.

Hearing comes first: who speaks, what she says, and whether anything is new for her; for most that is all.
Whoever brings something goes on to the county's lock, with all who wait for it. What is large, or seldom,
goes alone: nobody waits for it but who sent it.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial

import psycopg
from starlette.concurrency import run_in_threadpool

from sync.protocol import codec
from sync.protocol.errors import BUSY, Refused, TooLarge
from sync.protocol.framing import mark_of
from sync.protocol.limits import SYNC_PATH
from sync.protocol.messages import Exchange, Reply
from sync.protocol.packing import best
from sync.protocol.signing import Signed, read_headers
from sync.server import devices, handlers, late, opening, writing
from sync.server.devices import Device, Seen
from sync.server.gathering import Gathering
from sync.server.logs import facts, place_of
from sync.server.metrics import Board
from sync.server.opening import Opening
from sync.server.postgres import Connection, Pool, is_away, our_errors
from sync.server.tries import Pace
from sync.server.writing import Asked

HEARD_TOGETHER = 32  # requests
WRITTEN_TOGETHER = 500  # changes
# Of a request: more takes its time to read, and others would wait. Packed, few bytes may be many.
SMALL_BYTES, SMALL_TEXT_BYTES = 8 * 1024, 64 * 1024
APART_SECONDS = 20.0  # for all that go alone after they could not go together
PATIENCE_SECONDS = 45.0  # a device hangs up after 60

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Sent:
    """A request as it came."""

    signed: Signed
    body: bytes
    since: float = field(default_factory=time.perf_counter)


@dataclass(frozen=True)
class Heard:
    """A request whose device has proved itself, what it says, None while a large one is not read, and the
    answer where there is one already."""

    sent: Sent
    told: Opening
    said: Exchange | None = None
    reply: Reply | None = None

    @property
    def device(self) -> Device:
        return self.told.device

    @property
    def message(self) -> Exchange:
        """What it says. Raises Malformed and TooLarge."""
        return self.said or codec.decode_exchange(self.sent.body)

    @property
    def ordinary(self) -> bool:
        """Whether it is small, of a computer in use, and of the file that spoke last."""
        return self.said is not None and not self.device.stopped and self.said.replica == self.device.replica

    @property
    def shares(self) -> bool:
        """Whether it may share a transaction with others."""
        return self.ordinary and bool(self.message.ops) and not self.message.copies


class Exchanges:
    """Answers devices over one pool of `size` connections; `pace` bounds how fast one may ask."""

    def __init__(
        self, pool: Pool, size: int, clock: Callable[[], datetime], board: Board, pace: Pace
    ) -> None:
        self._pool, self._clock, self._board, self._pace = pool, clock, board, pace
        # However many counties are locked, a connection is left for hearing and one for all else.
        self._writers = ThreadPoolExecutor(max(1, size - 2), "writing")
        self._hearers = ThreadPoolExecutor(1, "hearing")
        self._hearing: Gathering[Sent, Heard | bytes] = Gathering(self._hearers, self._hear, HEARD_TOGETHER)
        self._writing: dict[str, Gathering[Heard, bytes]] = {}  # by county

    def close(self) -> None:
        """Ends what was begun, and begins nothing more."""
        for threads in (self._hearers, self._writers):
            threads.shutdown(cancel_futures=True)

    async def answer(self, headers: Mapping[str, str], body: bytes) -> bytes:
        """The packed answer to one request. Raises Refused."""
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                return await self._answer(headers, body)
        except TimeoutError as error:
            raise Refused(BUSY, "waited too long") from error

    async def _answer(self, headers: Mapping[str, str], body: bytes) -> bytes:
        if len(body) > SMALL_BYTES:
            signed = await run_in_threadpool(read_headers, headers, "POST", SYNC_PATH, body)
        else:
            signed = read_headers(headers, "POST", SYNC_PATH, body)
        heard = await self._hearing.ask(Sent(signed, body))
        if isinstance(heard, bytes):
            return heard
        if not heard.shares:
            return await asyncio.get_running_loop().run_in_executor(self._writers, self._alone, heard)
        return await self._writing_of(heard.device.county).ask(heard)

    def _writing_of(self, county: str) -> Gathering[Heard, bytes]:
        if county not in self._writing:
            self._writing[county] = Gathering(
                self._writers,
                partial(self._write, county),
                WRITTEN_TOGETHER,
                lambda one: len(one.message.ops),
                lambda one: one.device.device,
            )
        return self._writing[county]

    def _hear(self, waiting: Callable[[], Sequence[Sent]]) -> list[Heard | bytes | Exception]:
        with our_errors(), self._pool.connection() as connection:
            sent, at = waiting(), self._clock()
            openings = opening.hear_each(connection, [one.signed for one in sent], at)
            heard = [
                told if isinstance(told, Exception) else self._known(connection, one, told, at)
                for one, told in zip(sent, openings, strict=True)
            ]
            _note_seen(connection, heard, at)
        return [self._packed(one) if isinstance(one, Heard) and one.reply else one for one in heard]

    def _known(self, connection: Connection, sent: Sent, told: Opening, at: datetime) -> Heard | Exception:
        """What it says, with the answer where `told` holds it, or why there is none."""
        try:
            self._pace.keep(told.device.device, time.monotonic())
            heard = Heard(sent, told, said := _small(sent.body))
            if said is None:
                return heard
            writing.prepare(said)
            if not heard.ordinary or writing.brings(said) or handlers.is_new(said, told, at):
                return heard
            return replace(heard, reply=handlers.exchange(connection, heard.device, said, at, told))
        except Exception as error:  # of this one; the others are heard
            if is_away(error):
                raise
            return error

    def _write(self, county: str, waiting: Callable[[], Sequence[Heard]]) -> list[bytes | Exception]:
        heard: list[Heard] = []

        def asked() -> list[Asked]:
            heard.extend(waiting())
            return [Asked(one.device, one.message) for one in heard]

        try:
            with our_errors(), self._pool.connection() as connection:
                replies = writing.together(connection, county, asked, self._clock)
                answered = [
                    reply if isinstance(reply, Refused) else replace(one, reply=reply)
                    for one, reply in zip(heard, replies, strict=True)
                ]
                _note_seen(connection, answered, self._clock())
        except Exception as error:
            cause = error.__cause__ if isinstance(error, Refused) else error
            if len(heard) < 2 or is_away(cause):
                raise
            log.error("%s: each of %d goes alone", place_of(cause or error), len(heard))
            until = time.monotonic() + APART_SECONDS
            return [self._written(one, until) for one in heard]
        return [one if isinstance(one, Refused) else self._packed(one) for one in answered]

    def _written(self, heard: Heard, until: float) -> bytes | Exception:
        if time.monotonic() > until:
            return Refused(BUSY, "behind others that went alone")
        try:
            return self._write(heard.device.county, lambda: [heard])[0]
        except Exception as error:
            return error

    def _alone(self, heard: Heard) -> bytes:
        at, heard = self._clock(), replace(heard, said=heard.message)
        with our_errors(), self._pool.connection() as connection:
            if heard.device.stopped:
                reply = late.take_in(connection, heard.device, heard.message, at)
            else:
                reply = handlers.exchange(connection, heard.device, heard.message, at, heard.told)
            answered = replace(heard, reply=reply)
            _note_seen(connection, [answered], at)
        packed = self._packed(answered)
        if isinstance(packed, Exception):
            raise packed
        return packed

    def _packed(self, heard: Heard) -> bytes | Exception:
        """The bytes of its answer, noted in the figures and in the log; or why there are none."""
        said, reply = heard.message, heard.reply
        assert reply is not None, "it was answered"
        try:
            whole = replace(reply, packing=min(said.packing, best()), to=mark_of(heard.sent.body))
            packed = codec.encode_reply(whole, said.reads)
        except Exception as error:  # of this one; the others have theirs
            return error
        self._board.add("exchanges_total")
        self._board.add("rows_total", len(reply.rows))
        for receipt in reply.receipts:
            self._board.add("ops_total", 1, f'outcome="{receipt.outcome.value}"')
        if said.ops or reply.rows:  # most have nothing to say
            took = round((time.perf_counter() - heard.sent.since) * 1000, 1)
            device, ops, rows = heard.device.device, len(said.ops), len(reply.rows)
            known = facts(device=device, ops=ops, rows=rows, ms=took)
            log.info("device %s: %d in, %d out", device, ops, rows, extra=known)
        return packed


def _small(body: bytes) -> Exchange | None:
    """What a small request says, None for a large one. Raises Malformed."""
    if len(body) > SMALL_BYTES:
        return None
    try:
        return codec.decode_exchange(body, SMALL_TEXT_BYTES)
    except TooLarge:
        return None


def _note_seen(connection: Connection, heard: Sequence[Heard | Exception], at: datetime) -> None:
    """Remember of those who were answered, and were not noted lately; without it they are answered too."""
    seen = [
        Seen(one.device, one.message.app, one.sent.signed.created)
        for one in heard
        if isinstance(one, Heard) and one.reply and not one.told.seen_lately(one.message.app, at)
    ]
    try:
        devices.note_seen(connection, seen, at)
    except psycopg.Error as error:
        log.error("%d devices not noted: %s", len(seen), place_of(error))
