"""What has gone over the line and what has come, byte by byte as it goes, and how to hang up meanwhile."""

from __future__ import annotations

import contextlib
import io
import socket
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

BLOCK_BYTES = 4 * 1024
# How much the system may hold that is not on its way yet; without such a bound all of a message would count
# as gone at once. Only Linux knows it.
HELD_BYTES = 16 * 1024


class HungUp(OSError):
    """This side ended the request in the middle."""


class Traffic:
    """Bytes of bodies, up and down. One thread writes; any may read, or hang up.

    `settled` were in requests that were answered, `going` are of the one under way, `down` came.
    """

    def __init__(self) -> None:
        self.settled = 0
        self.going = 0
        self.down = 0
        self._over = False
        self._sockets: list[socket.socket] = []

    @property
    def up(self) -> int:
        """What has gone, without what went in vain."""
        return self.settled + self.going

    @property
    def over(self) -> bool:
        """Whether somebody hung up."""
        return self._over

    def begin(self) -> None:
        """A request begins; what went of the one before it and had no answer does not count."""
        self.going = 0
        self.check()

    def answered(self) -> None:
        """The request was answered."""
        self.settled, self.going = self.up, 0

    def came(self, count: int) -> None:
        """So much of an answer came. Raises HungUp."""
        self.down += count
        self.check()

    def check(self) -> None:
        """Raises HungUp once somebody hung up."""
        if self._over:
            raise HungUp

    def opened(self, line: socket.socket) -> None:
        """The line the next requests go over. Raises HungUp."""
        self._sockets = [line]
        self.check()

    def hang_up(self) -> None:
        """Every request ends now, also one that waits for its answer; for good."""
        self._over = True
        for line in self._sockets:
            with contextlib.suppress(OSError):  # it may be closed already
                socket.socket.shutdown(line, socket.SHUT_RDWR)  # also under TLS, which reads on meanwhile


class Outgoing(io.BytesIO):
    """A body that counts while it is read, and breaks off when somebody hangs up."""

    def __init__(self, body: bytes, traffic: Traffic) -> None:
        super().__init__(body)
        self._traffic = traffic

    def read(self, size: int | None = -1, /) -> bytes:
        """A block at a time, however much is asked for."""
        self._traffic.check()
        most = BLOCK_BYTES if size is None or size < 0 else min(size, BLOCK_BYTES)
        block = super().read(most)
        self._traffic.going += len(block)
        return block


class Watched(HTTPAdapter):
    """Tells the traffic over which line its requests go."""

    def __init__(self, traffic: Traffic) -> None:
        self._traffic = traffic
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Pools whose lines can be hung up and hold little back."""
        super().init_poolmanager(*args, socket_options=_options(), **kwargs)
        traffic = self._traffic

        class Plain(HTTPConnection):
            def connect(self) -> None:
                super().connect()
                traffic.opened(self.sock)

        class Sealed(HTTPSConnection):
            def connect(self) -> None:
                super().connect()
                traffic.opened(self.sock)

        class PlainPool(HTTPConnectionPool):
            ConnectionCls = Plain

        class SealedPool(HTTPSConnectionPool):
            ConnectionCls = Sealed

        self.poolmanager.pool_classes_by_scheme = {"http": PlainPool, "https": SealedPool}


def _options() -> list[tuple[int, int, int]]:
    held = getattr(socket, "TCP_NOTSENT_LOWAT", None)
    more = [(socket.IPPROTO_TCP, held, HELD_BYTES)] if held is not None else []
    return [*HTTPConnection.default_socket_options, *more]
