"""How often one address may be wrong, and how fast one computer may ask, before it has to wait."""

from __future__ import annotations

import threading
from collections import OrderedDict, deque

from sync.protocol.errors import BUSY, Refused

ALLOWED = 10
WINDOW_SECONDS = 600.0
ADDRESSES = 10_000  # remembered at most, so that a flood of addresses cannot fill the memory
BURST_SECONDS = 15.0  # of its pace, which a computer that was silent may ask for at once


class Tries:
    """Counts failures by address; times are seconds of any steady clock. `allowed` 0: no bound."""

    def __init__(self, allowed: int = ALLOWED, window: float = WINDOW_SECONDS) -> None:
        self._most = allowed
        self._window = window
        self._failures: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = threading.Lock()

    def allowed(self, address: str, now: float) -> bool:
        """Whether `address` may try again."""
        if not self._most:
            return True
        with self._lock:
            return len(self._recent(address, now)) < self._most

    def failed(self, address: str, now: float) -> None:
        """Notes one failure."""
        if not self._most:
            return
        with self._lock:
            failures = self._failures.setdefault(address, deque(maxlen=self._most))
            failures.append(now)
            self._failures.move_to_end(address)
            if len(self._failures) > ADDRESSES:  # whoever failed longest ago is forgotten first
                self._failures.popitem(last=False)

    def _recent(self, address: str, now: float) -> deque[float]:
        failures = self._failures.get(address, deque())
        while failures and failures[0] <= now - self._window:
            failures.popleft()
        if not failures:
            self._failures.pop(address, None)
        return failures


class Pace:
    """Lets each computer ask `rate` times a second on average, and in bursts; `rate` 0: no bound."""

    def __init__(self, rate: float) -> None:
        self._rate = rate
        self._most = max(1.0, rate * BURST_SECONDS)
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()  # what is left, and when
        self._lock = threading.Lock()

    def allowed(self, device: str, now: float) -> bool:
        """Whether `device` may ask now; if so, that is one of its requests."""
        if not self._rate:
            return True
        with self._lock:
            left, then = self._left.pop(device, (self._most, now))
            left = min(self._most, left + (now - then) * self._rate)
            may = left >= 1
            self._left[device] = (left - 1 if may else left, now)
            if len(self._left) > ADDRESSES:
                self._left.popitem(last=False)
        return may

    def keep(self, device: str, now: float) -> None:
        """Raises Refused(BUSY) when `device` has to wait; else this is one of its requests."""
        if not self.allowed(device, now):
            raise Refused(BUSY, f"device {device} asks too fast")
