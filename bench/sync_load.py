"""How many exchanges a county answers in a second, with durable commits, and how long anybody waits."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count, cycle, islice

from bench.measure import Row
from bench.sync_county import BenchCounty

DEVICES, LINES, ARRIVING = 600, 12, 32
ROUNDS, OPS = 3, 20
PART_BYTES = 64 * 1024
LENGTH = re.compile(rb"content-length: *([0-9]+)", re.IGNORECASE)
WANTED, WANTED_IDLE, P99_LIMIT = 150.0, 1000.0, 0.1


def rows(workers: int = 2) -> list[Row]:
    """Pushes of 20 ops by 600 computers, then as many questions with nothing new: as fast as a few lines
    carry them, and as they arrive at the wanted rate, whether or not those before are answered."""
    with BenchCounty(DEVICES, workers) as county:
        load = Load(county)
        load.silence(50)
        load.pushes(1, each=1)
        county.settled()
        pushed, arrived = load.pushes(ROUNDS), load.pushes(ROUNDS, WANTED)
        idle = load.silence(ROUNDS * DEVICES)
    return [
        *pushed.rows(f"县里一秒收几次（每次 {OPS} 条）", WANTED),
        arrived.waiting(f"  一秒来 {WANTED:.0f} 次，等多久"),
        *idle.rows("县里一秒答几次（没有新的）", WANTED_IDLE),
    ]


class Load:
    """All computers of a county, each asking from where it stands."""

    def __init__(self, county: BenchCounty) -> None:
        self._county = county
        self._host = f"127.0.0.1:{county.port}"
        self._numbers = count()
        self._last = 0  # the county's last number: all have heard it

    def pushes(self, rounds: int, rate: float = 0, each: int = OPS) -> Answered:
        """Every computer brings `each` new records, `rounds` times."""
        answered = Answered()
        for _ in range(rounds):
            requests = [
                one.request(
                    tuple(one.visit(next(self._numbers)) for _ in range(each)), self._last, self._host
                )
                for one in self._county.computers
            ]
            answered.add(Run(self._county, requests, rate))
            self._last += len(requests) * each
        return answered

    def silence(self, questions: int) -> Answered:
        """As many requests with nothing to say, to which there is nothing to be said."""
        asking = islice(cycle(self._county.computers), questions)
        answered = Answered()
        answered.add(Run(self._county, [one.request((), self._last, self._host) for one in asking]))
        return answered


class Run:
    """Requests over kept lines, each line asking again as soon as it was answered; with a `rate`, a second,
    no sooner than its turn. How long one waited is counted from its turn on."""

    def __init__(self, county: BenchCounty, requests: Sequence[bytes], rate: float = 0) -> None:
        self.waits: list[float] = []
        self._port, self._requests, self._rate = county.port, requests, rate
        self._next = count()
        before = county.processor_seconds()
        self._started = time.perf_counter()
        lines = [threading.Thread(target=self._line) for _ in range(ARRIVING if rate else LINES)]
        for line in lines:
            line.start()
        for line in lines:
            line.join()
        self.seconds = time.perf_counter() - self._started
        after = county.processor_seconds()
        self.service, self.database = after[0] - before[0], after[1] - before[1]
        assert len(self.waits) == len(requests), "every request is answered with 200"

    def _line(self) -> None:
        with socket.create_connection(("127.0.0.1", self._port)) as line:
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            while (number := next(self._next)) < len(self._requests):
                turn = time.perf_counter()
                if self._rate:
                    turn = self._started + number / self._rate
                    time.sleep(max(0.0, turn - time.perf_counter()))
                line.sendall(self._requests[number])
                if _answer(line) == b"200":
                    self.waits.append(time.perf_counter() - turn)


def _answer(line: socket.socket) -> bytes:
    """Reads one answer through; its status. Of little work: what it takes, the county lacks."""
    told = b""
    while (end := told.find(b"\r\n\r\n")) < 0:
        told += _more(line)
    length = LENGTH.search(told, 0, end)
    left = int(length[1]) - (len(told) - end - 4) if length else 0
    while left > 0:
        left -= len(_more(line))
    return told[9:12]


def _more(line: socket.socket) -> bytes:
    part = line.recv(PART_BYTES)
    if not part:
        raise ConnectionError("the county hung up")
    return part


@dataclass
class Answered:
    """What some runs add up to; times in seconds."""

    waits: list[float] = field(default_factory=list)
    seconds: float = 0.0
    service: float = 0.0
    database: float = 0.0

    def add(self, run: Run) -> None:
        """One more run."""
        self.waits += run.waits
        self.seconds += run.seconds
        self.service += run.service
        self.database += run.database

    def rows(self, name: str, wanted: float) -> list[Row]:
        """The rate as it was here, and what two processors could do that had nothing else to do."""
        n = len(self.waits)
        each = (self.service + self.database) / n
        share = (
            f"服务 {self.service / n * 1000:.1f} + PostgreSQL {self.database / n * 1000:.1f} 处理器毫秒一次"
        )
        rate = n / self.seconds
        return [
            Row(name, f"{rate:.0f}/s（要 {wanted:.0f}）", share, 1 / rate, 1 / wanted),
            self.waiting(f"  {LINES} 条线不停地问，等多久"),
            Row("  两个处理器全给它", f"{2 / each:.0f}/s", "按处理器时间算，别的程序不算在里面"),
        ]

    def waiting(self, name: str) -> Row:
        """How long the middle one and the slowest in a hundred waited."""
        waits = sorted(self.waits)
        p50, p99 = waits[len(waits) // 2], waits[int(len(waits) * 0.99)]
        shown = f"p50 {p50 * 1000:.0f}, p99 {p99 * 1000:.0f} ms"
        return Row(name, shown, "", p99, P99_LIMIT)
