"""How many exchanges a county answers in a second, with durable commits, and how long anybody waits."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Sequence
from itertools import count

from bench.measure import Row
from bench.sync_county import BenchCounty

DEVICES, LINES = 600, 12
PUSHES, IDLE = 1800, 3000
OPS = 20
WANTED, WANTED_IDLE, P99_LIMIT = 150.0, 1000.0, 0.1


def rows(workers: int = 2) -> list[Row]:
    """Pushes of 20 ops by 600 computers, then as many questions with nothing new as go."""
    with BenchCounty(DEVICES, workers) as county:
        host = f"127.0.0.1:{county.port}"
        numbers = count()
        pushes = [
            one.request(tuple(one.visit(next(numbers)) for _ in range(OPS)), 0, host, limit=20)
            for _ in range(PUSHES // DEVICES)
            for one in county.computers
        ]
        warm = [one.request((), 0, host) for one in county.computers[:50]]
        Run(county, warm)
        first = [one.request((one.visit(next(numbers)),), 0, host) for one in county.computers]
        Run(county, first)
        county.settled()
        pushed = Run(county, pushes)
        heard = PUSHES * OPS + DEVICES
        idle = Run(
            county, [one.request((), heard, host) for _ in range(IDLE // DEVICES) for one in county.computers]
        )
    return [
        *pushed.rows(f"县里一秒收几次（每次 {OPS} 条）", WANTED),
        *idle.rows("县里一秒答几次（没有新的）", WANTED_IDLE),
    ]


class Run:
    """Requests over a few kept lines, each line asking again as soon as it was answered."""

    def __init__(self, county: BenchCounty, requests: Sequence[bytes]) -> None:
        self.waits: list[float] = []
        self._port = county.port
        self._requests = requests
        self._next = count()
        before = county.processor_seconds()
        started = time.perf_counter()
        lines = [threading.Thread(target=self._line) for _ in range(LINES)]
        for line in lines:
            line.start()
        for line in lines:
            line.join()
        self.seconds = time.perf_counter() - started
        after = county.processor_seconds()
        self.service, self.database = after[0] - before[0], after[1] - before[1]
        assert len(self.waits) == len(requests), "every request is answered with 200"

    def rows(self, name: str, wanted: float) -> list[Row]:
        """The rate as it was here, what a processor could do, and how long the slowest waited."""
        n = len(self.waits)
        each = (self.service + self.database) / n
        waits = sorted(self.waits)
        p50, p99 = waits[n // 2], waits[int(n * 0.99)]
        share = (
            f"服务 {self.service / n * 1000:.1f} + PostgreSQL {self.database / n * 1000:.1f} 处理器毫秒一次"
        )
        rate = n / self.seconds
        return [
            Row(name, f"{rate:.0f}/s（要 {wanted:.0f}）", share, 1 / rate, 1 / wanted),
            Row("  等多久 p50 / p99", f"{p50 * 1000:.0f} / {p99 * 1000:.0f} ms", "", p99, P99_LIMIT),
            Row("  两个处理器全给它", f"{2 / each:.0f}/s", "按处理器时间算，别的程序不算在里面"),
        ]

    def _line(self) -> None:
        with socket.create_connection(("127.0.0.1", self._port)) as line, line.makefile("rb") as answers:
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            while (number := next(self._next)) < len(self._requests):
                started = time.perf_counter()
                line.sendall(self._requests[number])
                status = answers.readline()
                length = 0
                while (header := answers.readline()) not in (b"\r\n", b""):
                    if header.lower().startswith(b"content-length:"):
                        length = int(header.split(b":")[1])
                answers.read(length)
                if status.split()[1] == b"200":
                    self.waits.append(time.perf_counter() - started)
