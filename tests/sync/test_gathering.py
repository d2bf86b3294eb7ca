"""Calls that wait at the same time are one call: in order, bounded, and each with an answer of its own."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor

import pytest

from sync.server.gathering import Gathering

Waiting = Callable[[], Sequence[str]]


@pytest.fixture
def threads() -> Iterator[Executor]:
    with ThreadPoolExecutor(4) as made:
        yield made


class Kitchen:
    """Answers in capitals, one call at a time, and only when the door is open."""

    def __init__(self) -> None:
        self.calls: list[list[str]] = []
        self.door = threading.Event()

    def cook(self, waiting: Waiting) -> list[str | Exception]:
        assert self.door.wait(10)
        self.calls.append(list(waiting()))
        if "fire" in self.calls[-1]:
            raise RuntimeError("the kitchen burns")
        return [ValueError(one) if one == "bad" else one.upper() for one in self.calls[-1]]


def _ask(gathering: Gathering[str, str], door: threading.Event, *asked: str) -> list[str | BaseException]:
    """All of them asked before the door opens; what each was told."""

    async def together() -> list[str | BaseException]:
        told = [asyncio.create_task(gathering.ask(one)) for one in asked]
        await asyncio.sleep(0)
        door.set()
        return await asyncio.gather(*told, return_exceptions=True)

    return asyncio.run(together())


def test_whoever_came_before_the_call_was_ready_goes_along(threads: Executor) -> None:
    kitchen = Kitchen()
    told = _ask(Gathering(threads, kitchen.cook, most=10), kitchen.door, "a", "b", "c")
    assert told == ["A", "B", "C"]
    assert kitchen.calls == [["a", "b", "c"]]


def test_a_call_takes_what_fits_and_the_others_keep_their_order(threads: Executor) -> None:
    kitchen = Kitchen()
    gathering = Gathering(threads, kitchen.cook, most=5, weigh=len)
    assert _ask(gathering, kitchen.door, "aa", "bbbb", "cc", "dddddddd", "e") == [
        *("AA", "BBBB", "CC", "DDDDDDDD", "E")
    ]
    assert kitchen.calls == [["aa", "cc", "e"], ["bbbb"], ["dddddddd"]]


def test_two_of_one_kind_go_one_after_the_other(threads: Executor) -> None:
    kitchen = Kitchen()
    gathering = Gathering(threads, kitchen.cook, most=10, one_of=lambda one: one[0])
    assert _ask(gathering, kitchen.door, "a1", "b1", "a2", "a3") == ["A1", "B1", "A2", "A3"]
    assert kitchen.calls == [["a1", "b1"], ["a2"], ["a3"]]


def test_an_error_is_heard_by_whose_it_is(threads: Executor) -> None:
    kitchen = Kitchen()
    told = _ask(Gathering(threads, kitchen.cook, most=10), kitchen.door, "a", "bad", "c")
    assert (told[0], told[2]) == ("A", "C")
    assert isinstance(told[1], ValueError)


def test_an_error_of_the_call_is_heard_by_all_in_it_and_the_next_goes_on(threads: Executor) -> None:
    kitchen = Kitchen()
    gathering = Gathering(threads, kitchen.cook, most=2)
    told = _ask(gathering, kitchen.door, "a", "fire", "c")
    assert [type(one) for one in told] == [RuntimeError, RuntimeError, str]
    assert told[2] == "C"


def test_a_call_that_never_came_to_take_anybody_tells_all_who_waited(threads: Executor) -> None:
    door = threading.Event()

    def never(waiting: Waiting) -> list[str | Exception]:
        del waiting
        assert door.wait(10)
        raise OSError("no database")

    told = _ask(Gathering(threads, never, most=10), door, "a", "b")
    assert [type(one) for one in told] == [OSError, OSError]


def test_whoever_went_away_keeps_nobody_waiting(threads: Executor) -> None:
    kitchen = Kitchen()
    gathering = Gathering(threads, kitchen.cook, most=10)

    async def one_leaves() -> str:
        gone, stays = (asyncio.create_task(gathering.ask(one)) for one in ("gone", "stays"))
        await asyncio.sleep(0)
        gone.cancel()
        kitchen.door.set()
        return await stays

    assert asyncio.run(one_leaves()) == "STAYS"
