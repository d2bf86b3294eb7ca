"""How often one address may be wrong about an enrolment code before it has to wait."""

from __future__ import annotations

import threading
from collections import deque

ALLOWED = 10
WINDOW_SECONDS = 600.0
ADDRESSES = 10_000  # remembered at most, so that a flood of addresses cannot fill the memory


class Tries:
    """Counts failures by address; times are seconds of any steady clock."""

    def __init__(self) -> None:
        self._failures: dict[str, deque[float]] = {}
        self._lock = threading.Lock()

    def allowed(self, address: str, now: float) -> bool:
        """Whether `address` may try again."""
        with self._lock:
            return len(self._recent(address, now)) < ALLOWED

    def failed(self, address: str, now: float) -> None:
        """Notes one wrong code."""
        with self._lock:
            if len(self._failures) >= ADDRESSES:
                self._failures.pop(next(iter(self._failures)))
            self._failures.setdefault(address, deque(maxlen=ALLOWED)).append(now)

    def _recent(self, address: str, now: float) -> deque[float]:
        failures = self._failures.get(address, deque())
        while failures and failures[0] <= now - WINDOW_SECONDS:
            failures.popleft()
        if not failures:
            self._failures.pop(address, None)
        return failures
