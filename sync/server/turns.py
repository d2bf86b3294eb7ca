"""How many at once may be busy with files: a shelf that hangs must not take every connection with it.

A file goes to its shelf while a connection to the database is held, for the shelf and the rows belong
together. On a dead network folder that may be for ever: then photos wait, and records go on.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from starlette.concurrency import run_in_threadpool

from sync.protocol.errors import BUSY, Refused

AT_ONCE = 3  # of the eight connections of a pool
Answer = TypeVar("Answer")
What = ParamSpec("What")


class Turns:
    """At most `at_once` have theirs; whoever waits `seconds` for one is told to come again.

    Waiting takes neither a thread nor a connection. Belongs to one event loop.
    """

    def __init__(self, seconds: float, at_once: int = AT_ONCE) -> None:
        self._seconds = seconds
        self._free = asyncio.Semaphore(at_once)

    async def take(self, work: Callable[What, Answer], *args: What.args, **kwargs: What.kwargs) -> Answer:
        """What `work` answers, on a thread. Raises what it raises, and Refused(BUSY)."""
        try:
            async with asyncio.timeout(self._seconds):
                await self._free.acquire()
        except TimeoutError as error:
            raise Refused(BUSY, "others are busy with files") from error
        try:
            return await run_in_threadpool(work, *args, **kwargs)
        finally:
            self._free.release()
