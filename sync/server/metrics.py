"""What the county has done, as figures for Prometheus; several worker processes write on one board.

Counts, bytes and times only: no label ever holds a device, a village, a name or a number.
"""

from __future__ import annotations

import mmap
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.domain.change import Outcome
from sync.protocol.errors import REFUSALS

ADDRESSES = ("sync", "enrol", "pack", "blobs", "bundle", "other")
BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)  # seconds
PREFIX = "shoufangtong_"
NUMBER_BYTES = 8


@dataclass(frozen=True)
class Family:
    """One figure under all its labels, which are known beforehand."""

    name: str
    kind: str
    words: str
    labels: tuple[str, ...] = ("",)


FAMILIES = (
    Family("requests_in_flight", "gauge", "Requests being answered now."),
    Family("exchanges_total", "counter", "Exchanges answered whole."),
    Family(
        "ops_total", "counter", "Changes judged, by outcome.", tuple(f'outcome="{o.value}"' for o in Outcome)
    ),
    Family("rows_total", "counter", "Records sent to devices."),
    Family("received_bytes_total", "counter", "Bytes of request bodies, as sent."),
    Family("sent_bytes_total", "counter", "Bytes of answers, as sent."),
    Family(
        "refused_total", "counter", "Requests refused, by code.", tuple(f'code="{code}"' for code in REFUSALS)
    ),
)
GAUGES = frozenset(family.name for family in FAMILIES if family.kind == "gauge")


def _series() -> Iterator[tuple[str, str]]:
    for family in FAMILIES:
        for label in family.labels:
            yield family.name, label
    for address in ADDRESSES:
        for bound in (*map(str, BOUNDS), "+Inf"):
            yield "request_seconds_bucket", f'address="{address}",le="{bound}"'
        yield "request_seconds_sum", f'address="{address}"'


SERIES = {series: place for place, series in enumerate(_series())}


class Board:
    """The figures of this process in a row of its own; what is read is the sum of all rows."""

    def __init__(self, file: Path | None = None, slot: int = 0, slots: int = 1) -> None:
        """`file` is shared by all workers and made by the first; without it the board is this process's."""
        size = slots * len(SERIES) * NUMBER_BYTES
        if file is None:
            self._memory = mmap.mmap(-1, size)
        else:
            with file.open("ab") as made:
                made.truncate(size)
            with file.open("r+b") as shared:
                self._memory = mmap.mmap(shared.fileno(), size)
        self._numbers = memoryview(self._memory).cast("d")
        self._start = slot * len(SERIES)
        self._lock = threading.Lock()
        for gauge in GAUGES:  # a worker that was killed took its requests along; what it counted stays
            self._numbers[self._start + SERIES[gauge, ""]] = 0.0

    def add(self, name: str, amount: float = 1.0, label: str = "") -> None:
        """Adds to one figure; a label not known beforehand counts nowhere."""
        place = SERIES.get((name, label))
        if place is not None:
            with self._lock:
                self._numbers[self._start + place] += amount

    def took(self, address: str, seconds: float) -> None:
        """Notes how long one request took."""
        address = address if address in ADDRESSES else "other"
        bound = next((str(bound) for bound in BOUNDS if seconds <= bound), "+Inf")
        self.add("request_seconds_bucket", 1, f'address="{address}",le="{bound}"')
        self.add("request_seconds_sum", seconds, f'address="{address}"')

    def value(self, name: str, label: str = "") -> float:
        """One figure over all workers."""
        return sum(self._numbers[SERIES[name, label] :: len(SERIES)])

    def text(self) -> str:
        """Everything in Prometheus' text format 0.0.4."""
        lines = []
        for family in FAMILIES:
            lines += _head(family.name, family.kind, family.words)
            lines += [_line(family.name, label, self.value(family.name, label)) for label in family.labels]
        lines += _head("request_seconds", "histogram", "How long requests took, by address.")
        for address in ADDRESSES:
            lines += self._histogram(address)
        return "\n".join(lines) + "\n"

    def _histogram(self, address: str) -> Iterator[str]:
        total = 0.0
        for bound in (*map(str, BOUNDS), "+Inf"):
            label = f'address="{address}",le="{bound}"'
            total += self.value("request_seconds_bucket", label)
            yield _line("request_seconds_bucket", label, total)
        label = f'address="{address}"'
        yield _line("request_seconds_sum", label, self.value("request_seconds_sum", label))
        yield _line("request_seconds_count", label, total)


def gauges(name: str, words: str, values: dict[str, float]) -> str:
    """One gauge by county code, in the same format."""
    lines = [_line(name, f'county="{county}"', value) for county, value in values.items()]
    return "\n".join([*_head(name, "gauge", words), *lines]) + "\n"


def _head(name: str, kind: str, words: str) -> list[str]:
    return [f"# HELP {PREFIX}{name} {words}", f"# TYPE {PREFIX}{name} {kind}"]


def _line(name: str, label: str, value: float) -> str:
    shown = str(int(value)) if value == int(value) else repr(value)
    return f"{PREFIX}{name}{{{label}}} {shown}" if label else f"{PREFIX}{name} {shown}"
