"""What waits at the same time is answered by one call: the more come, the less each of them costs.

Nobody waits for company. Who finds nothing under way goes at once, and alone; who comes meanwhile goes with
all the others who did.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Hashable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
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
        self._waiting: list[_Waits[Asked, Answer]] = []
        self._lock = threading.Lock()  # on those who wait
        self._going: asyncio.Task[None] | None = None

    async def ask(self, asked: Asked) -> Answer:
        """The answer to `asked`. Raises what `together` had for it."""
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        one = _Waits(asked, self._weigh(asked), self._one_of(asked), answer)
        with self._lock:
            self._waiting.append(one)
        if self._going is None or self._going.done():
            self._going = asyncio.create_task(self._go())
        return await answer

    async def _go(self) -> None:
        while self._waiting:
            taken: list[_Waits[Asked, Answer]] = []
            try:
                call = partial(self._call, taken)
                answers = await asyncio.get_running_loop().run_in_executor(self._threads, call)
            except RuntimeError as error:  # the service stops, and its threads take nothing more
                answers = error
            failed = isinstance(answers, Exception)
            if failed and not taken:  # it was ready for nobody, and would not be now
                with self._lock:
                    taken, self._waiting = self._waiting, []
            told = [answers] * len(taken) if isinstance(answers, Exception) else answers
            for one, answer in zip(taken, told, strict=True):
                one.tell(answer)

    def _call(self, taken: list[_Waits[Asked, Answer]]) -> Sequence[Answer | Exception] | Exception:
        """The answers, or what left the call: as a value, for a future cannot hold every exception."""
        try:
            answers = self._together(partial(self._take, taken))
            if len(answers) != len(taken):
                return AssertionError("one answer for each")
        except Exception as error:  # each of them hears it where it asked
            return error
        return answers

    def _take(self, taken: list[_Waits[Asked, Answer]]) -> list[Asked]:
        """Puts into `taken` the first that waits and whoever fits beside it; the others stay in order."""
        there: set[Hashable] = set()
        left: list[_Waits[Asked, Answer]] = []
        size = 0
        with self._lock:
            for one in self._waiting:
                if one.answer.done():
                    continue  # whoever asked has gone
                if taken and (size + one.weight > self._most or one.kind in there):
                    left.append(one)
                else:
                    taken.append(one)
                    size += one.weight
                there.add(one.kind)  # nobody passes one of its own
            self._waiting = left
        return [one.asked for one in taken]


@dataclass(frozen=True)
class _Waits(Generic[Asked, Answer]):
    """Somebody who waits for her answer."""

    asked: Asked
    weight: int
    kind: Hashable
    answer: asyncio.Future[Answer]

    def tell(self, answer: Answer | Exception) -> None:
        if self.answer.done():
            return  # whoever asked has gone
        if isinstance(answer, Exception):
            self.answer.set_exception(answer)
            self.answer.exception()  # or asyncio logs it should she go just now, and it may quote a row
        else:
            self.answer.set_result(answer)
