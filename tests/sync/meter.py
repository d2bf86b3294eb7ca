"""A line on real loopback TCP that counts every byte it carries, headers included, and can break."""

from __future__ import annotations

import contextlib
import socket
import threading
from types import TracebackType
from urllib.parse import urlsplit


class Meter:
    """Carries bytes between a device and `county`. `up` and `down` count them, `connections` how many lines.

    With `cut_after` the line breaks once so many bytes have gone up, and is whole again for the next. With
    `still_up` or `still_down` nothing more goes that way after so many bytes, and the line stays open;
    `still` is set then.
    """

    def __init__(
        self,
        county: str,
        *,
        cut_after: int | None = None,
        still_up: int | None = None,
        still_down: int | None = None,
    ) -> None:
        parts = urlsplit(county)
        self._county = (parts.hostname or "", parts.port or 80)
        self.up = self.down = self.connections = 0
        self.cut_after = cut_after
        self._most = {"up": still_up, "down": still_down}
        self.still, self._go_on = threading.Event(), threading.Event()
        self._door = socket.create_server(("127.0.0.1", 0))
        if still_up is not None:  # else the system would take in what the line does not carry
            self._door.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self.url = f"http://127.0.0.1:{self._door.getsockname()[1]}"
        self._threads = [threading.Thread(target=self._serve, daemon=True)]
        self._threads[0].start()

    def restart(self) -> None:
        """Counts from nothing."""
        self.up = self.down = self.connections = 0

    @property
    def bytes(self) -> int:
        return self.up + self.down

    def stop(self) -> None:
        """What stood still breaks."""
        self._go_on.set()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                device, _ = self._door.accept()
                self.connections += 1
                county = socket.create_connection(self._county)
                for one in (device, county):
                    one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                for source, target, way in ((device, county, "up"), (county, device, "down")):
                    thread = threading.Thread(target=self._carry, args=(source, target, way), daemon=True)
                    self._threads.append(thread)
                    thread.start()

    def _carry(self, source: socket.socket, target: socket.socket, way: str) -> None:
        with contextlib.suppress(OSError):
            while piece := source.recv(4096):
                setattr(self, way, getattr(self, way) + len(piece))
                if way == "up" and self.cut_after is not None and self.up >= self.cut_after:
                    self.cut_after = None
                    break
                most = self._most[way]
                if most is not None and getattr(self, way) >= most:
                    self.still.set()
                    self._go_on.wait()
                    break
                target.sendall(piece)
        for one in (source, target):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def __enter__(self) -> Meter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        with contextlib.suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        for thread in self._threads:
            thread.join(timeout=5)
