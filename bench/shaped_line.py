"""A line on loopback with a length and a width: bytes and requests counted, and it can be cut once.

Setting a connection up takes no time here, for nobody: what is compared is what is said over it.
"""

from __future__ import annotations

import contextlib
import queue
import re
import socket
import threading
import time
from dataclasses import dataclass

REQUEST = re.compile(rb"(?:GET|POST|PUT|HEAD|DELETE|PATCH|OPTIONS) \S+ HTTP/1\.1\r\n")
PIECE = 1024  # bytes: small, or a narrow line would come in jerks


@dataclass(frozen=True)
class Shape:
    """`rtt` in seconds there and back, `up` and `down` in bytes a second; 0 is no bound."""

    rtt: float = 0.0
    up: float = 0.0
    down: float = 0.0


LOOPBACK = Shape()
VILLAGE = Shape(0.3, 128_000 / 8, 384_000 / 8)  # 300 ms, 128/384 kbit/s


@dataclass(frozen=True)
class Trip:
    """What something cost a line: seconds, requests, and bytes with all headers."""

    seconds: float
    requests: int
    up: int
    down: int

    @property
    def bytes(self) -> int:
        return self.up + self.down


class ShapedLine:
    """Carries bytes to `port` of this computer. A context manager."""

    def __init__(self, port: int, shape: Shape = LOOPBACK) -> None:
        self.shape = shape
        self.requests = self.up = self.down = 0
        self.cut_after: int | None = None  # bytes up, once
        self._there = port
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._door.getsockname()[1])
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> ShapedLine:
        return self

    def __exit__(self, *_: object) -> None:
        self._door.close()

    def restart(self) -> None:
        """Counts from nothing."""
        self.requests = self.up = self.down = 0

    def trip(self, seconds: float) -> Trip:
        """What was carried since."""
        return Trip(seconds, self.requests, self.up, self.down)

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self._door.accept()
                far = socket.create_connection(("127.0.0.1", self._there))
                for one in (near, far):
                    one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                for source, target, up in ((near, far, True), (far, near, False)):
                    waiting: queue.SimpleQueue[tuple[float, bytes]] = queue.SimpleQueue()
                    for work, given in ((self._take, source), (self._give, target)):
                        threading.Thread(target=work, args=(given, waiting, up), daemon=True).start()

    def _take(self, source: socket.socket, waiting: queue.SimpleQueue[tuple[float, bytes]], up: bool) -> None:
        free, tail = 0.0, b""
        with contextlib.suppress(OSError):
            while piece := source.recv(PIECE):
                # Asked again for every piece: a connection kept from before the line changed is narrow too.
                rate = self.shape.up if up else self.shape.down
                free = max(free, time.perf_counter()) + (len(piece) / rate if rate else 0.0)
                if not up:
                    self.down += len(piece)
                else:
                    self.up += len(piece)
                    self.requests += len(REQUEST.findall(tail + piece))
                    tail = (tail + piece)[-PIECE:].rpartition(b"\r\n")[2]
                    if self.cut_after is not None and self.up >= self.cut_after:
                        self.cut_after = None
                        break
                waiting.put((free + self.shape.rtt / 2, piece))
        waiting.put((0.0, b""))

    def _give(self, target: socket.socket, waiting: queue.SimpleQueue[tuple[float, bytes]], _: bool) -> None:
        with contextlib.suppress(OSError):
            while (told := waiting.get())[1]:
                time.sleep(max(0.0, told[0] - time.perf_counter()))
                target.sendall(told[1])
        with contextlib.suppress(OSError):
            target.shutdown(socket.SHUT_RDWR)
        target.close()
