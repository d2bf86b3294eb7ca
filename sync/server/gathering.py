"""What waits at the same time is answered by one call: the more come, the less each of them costs.

Nobody waits for company. Who finds nothing under way goes at once, and alone; who comes meanwhile goes with
all the others who did.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Hashable, Sequence
from concurrent.futures import Executor
from functools import partial
from typing import Generic, TypeVar

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")


class Gathering(Generic[Asked, Answer]):
    """Calls of `together` on one of `threads`, one after another, each for all that wait.

    `together` is given what it asks for them with, once, when it is ready for them: whoever came until then
    goes along. It answers in order; an exception in place of an answer is raised for that one, and one that
    leaves the call for all of them. One call takes at most `most` of what `weigh` says, and no two of which
    `one_of` says the same. Belongs to one event loop.
    """

    def __init__(
        self,
        threads: Executor,
        together: Callable[[Callable[[], Sequence[Asked]]], Sequence[Answer | Exception]],
        most: int,
        weigh: Callable[[Asked], int] = lambda _: 1,
        one_of: Callable[[Asked], Hashable] = id,
    ) -> None:
        self._threads, self._together = threads, together
        self._most, self._weigh, self._one_of = most, weigh, one_of
        self._waiting: list[tuple[Asked, asyncio.Future[Answer]]] = []
        self._lock = threading.Lock()  # on those who wait
        self._going: asyncio.Task[None] | None = None

    async def ask(self, asked: Asked) -> Answer:
        """The answer to `asked`. Raises what `together` had for it."""
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        with self._lock:
            self._waiting.append((asked, answer))
        if self._going is None or self._going.done():
            self._going = asyncio.create_task(self._go())
        return await answer

    async def _go(self) -> None:
        while self._waiting:
            taken: list[tuple[Asked, asyncio.Future[Answer]]] = []
            answers: Sequence[Answer | Exception]
            try:
                call = partial(self._together, partial(self._take, taken))
                answers = await asyncio.get_running_loop().run_in_executor(self._threads, call)
                assert len(answers) == len(taken), "one answer for each"
            except Exception as error:  # each of them hears it where it asked
                if not taken:
                    self._take(taken)
                answers = [error] * len(taken)
            for (_, future), answer in zip(taken, answers, strict=True):
                if future.done():
                    continue  # whoever asked has gone
                if isinstance(answer, Exception):
                    future.set_exception(answer)
                else:
                    future.set_result(answer)

    def _take(self, taken: list[tuple[Asked, asyncio.Future[Answer]]]) -> list[Asked]:
        """Puts into `taken` the first that waits and whoever fits beside it; the others stay in order."""
        there: set[Hashable] = set()
        left: list[tuple[Asked, asyncio.Future[Answer]]] = []
        size = 0
        with self._lock:
            for one in self._waiting:
                weight, which = self._weigh(one[0]), self._one_of(one[0])
                if taken and (size + weight > self._most or which in there):
                    left.append(one)
                else:
                    taken.append(one)
                    size += weight
                there.add(which)  # nobody passes one of its own
            self._waiting = left
        return [asked for asked, _ in taken]
