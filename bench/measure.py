"""Measuring things in turn, so that whatever else the machine does falls on all alike."""

from __future__ import annotations

import math
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Row:
    """One line of the table. `limit` is the promise; `value` is in the unit that `shown` names.

    A line without a limit promises nothing: it is there to be compared with.
    """

    name: str
    shown: str
    beside: str
    value: float = 0.0
    limit: float = math.inf

    @property
    def mark(self) -> str:
        if math.isinf(self.limit):
            return "·"
        return "✓" if self.kept else "✗"

    @property
    def kept(self) -> bool:
        return self.value <= self.limit


def in_turn(first: Callable[[], object], second: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Median seconds of each, run alternately `rounds` times."""
    ours, theirs = all_in_turn((first, second), rounds)
    return ours, theirs


def all_in_turn(works: Sequence[Callable[[], object]], rounds: int) -> list[float]:
    """Median seconds of each, one after the other `rounds` times over."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for work, kept in zip(works, times, strict=True):
            kept.append(seconds(work))
    return [statistics.median(kept) for kept in times]


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def processor_seconds(work: Callable[[], object]) -> float:
    """How long one call keeps the processor: what the machine does besides does not count."""
    started = time.process_time()
    work()
    return time.process_time() - started


def p95(values: list[float]) -> float:
    """The value that 95 of 100 stay below."""
    return sorted(values)[max(0, round(len(values) * 0.95) - 1)]


def ratio(name: str, ours: float, theirs: float, beside: str, limit: float) -> Row:
    """Ours over theirs, both in seconds."""
    scales = (("s", 1.0), ("ms", 1e3), ("µs", 1e6))
    unit, times = next((one for one in scales if theirs * one[1] >= 1), scales[-1])
    shown = f"{ours * times:.3g} {unit} / {theirs * times:.3g} {unit} = {ours / theirs:.2f} ×"
    return Row(name, shown, beside, ours / theirs, limit)


def absolute(name: str, found: float, beside: str, limit: float) -> Row:
    """A time in seconds against a promised time in seconds."""
    return Row(name, f"{found * 1000:.1f} ms (limit {limit * 1000:.0f} ms)", beside, found, limit)


def memory(name: str, found: int, beside: str, limit: int) -> Row:
    """Bytes against promised bytes."""
    return Row(name, f"{found / MEGABYTE:.1f} MB (limit {limit // MEGABYTE} MB)", beside, found, limit)
