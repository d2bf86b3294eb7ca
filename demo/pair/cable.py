"""A cable between a laptop and the county that somebody can pull, also while something runs through it."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from collections.abc import Callable

from demo.pair.ports import kept

PIECE_BYTES = 4 * 1024
WAIT_SECONDS = 0.2
# Closed so, a socket throws away what is under way and says nothing, as a cable does.
AT_ONCE = struct.pack("ii", 1, 0)


class Cable:
    """Carries bytes from `url` on this computer to the county's `port`, piece by piece.

    `pieces` counts those that passed, in both directions. It may be pulled and plugged from any thread; its
    port is its own until it is closed.
    """

    def __init__(self, port: int, piece_bytes: int = PIECE_BYTES) -> None:
        self.port = port
        self._piece_bytes = piece_bytes
        self.pieces = 0
        self._at, self._act = 0, self.pull  # what happens as which piece would pass; 0: nothing
        self._lock = threading.RLock()
        self._ends: set[socket.socket] = set()
        self._door: socket.socket | None = None
        self._keeper: threading.Thread | None = None
        self._kept = kept()
        self._here = int(self._kept.getsockname()[1])
        self.plug()

    @property
    def url(self) -> str:
        """Where the laptop finds it."""
        return f"http://127.0.0.1:{self._here}"

    @property
    def plugged(self) -> bool:
        return self._door is not None

    def plug(self) -> None:
        """Something can get through again, and nothing is to happen to it. Repeating it does nothing."""
        with self._lock:
            self._at = 0
            if self._door is not None:
                return
            door = kept(self._here)
            door.listen()
            door.settimeout(WAIT_SECONDS)
            self._door = door
            self._keeper = threading.Thread(target=self._let_in, args=(door,), daemon=True)
            self._keeper.start()

    def pull(self) -> None:
        """Nothing gets through, and what is on its way does not arrive. Repeating it does nothing."""
        with self._lock:
            door, self._door = self._door, None
            ends, self._ends = self._ends, set()
            keeper = self._keeper
        for end in ends:
            _break(end)
        if door is not None:
            with contextlib.suppress(OSError):
                door.shutdown(socket.SHUT_RDWR)
            if keeper is not None:
                keeper.join()  # or it would go on listening at whatever is given the same number next
            door.close()

    def close(self) -> None:
        """Pulled for good."""
        self.pull()
        self._kept.close()

    def pull_at(self, piece: int) -> None:
        """Pulled by itself when the `piece`-th from now would pass; 1 is the next one."""
        self.when(piece, self.pull)

    def when(self, piece: int, act: Callable[[], None]) -> None:
        """As `pull_at`, with anything else; the piece passes afterwards, unless the cable was pulled."""
        with self._lock:
            self._at, self._act = self.pieces + piece, act

    def _let_in(self, door: socket.socket) -> None:
        while self._door is door:
            try:
                here, _ = door.accept()
            except TimeoutError:
                continue
            except OSError:
                return
            try:
                there = socket.create_connection(("127.0.0.1", self.port), timeout=10)
            except OSError:  # the county is away
                _break(here)
                continue
            for end in (here, there):
                end.settimeout(None)
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with self._lock:
                if self._door is not door:
                    _break(here)
                    _break(there)
                    return
                self._ends |= {here, there}
            for one, other in ((here, there), (there, here)):
                threading.Thread(target=self._carry, args=(one, other), daemon=True).start()

    def _carry(self, here: socket.socket, there: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while (piece := here.recv(self._piece_bytes)) and self._may_pass():
                there.sendall(piece)
        with self._lock:
            self._ends -= {here, there}
        for end in (here, there):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def _may_pass(self) -> bool:
        with self._lock:
            self.pieces += 1
            due, act = bool(self._at) and self.pieces >= self._at, self._act
            if due:
                self._at = 0
        if due:
            act()
        return self.plugged


def _break(end: socket.socket) -> None:
    with contextlib.suppress(OSError):
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
    with contextlib.suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
