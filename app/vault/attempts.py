"""Wrong passphrases in a row: counted, shown, answered with a growing wait, never with a wipe."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from app.files import write_whole

FREE_TRIES = 5
FIRST_WAIT = timedelta(minutes=10)
LONGEST_WAIT = timedelta(hours=4)
MOST_DOUBLINGS = 8


@dataclass(frozen=True)
class Attempts:
    """`failed` wrong tries in a row; no try is taken before `until`."""

    failed: int = 0
    until: datetime | None = None

    @property
    def left(self) -> int:
        """Tries before the next wait."""
        return FREE_TRIES - self.failed % FREE_TRIES

    def wait(self, at: datetime) -> timedelta:
        """How long the worker still has to wait; never longer than the longest wait, so that a
        clock set back by years cannot lock her out of her own village."""
        if self.until is None or at >= self.until:
            return timedelta(0)
        return min(self.until - at, LONGEST_WAIT)

    def failed_again(self, at: datetime) -> Attempts:
        failed = self.failed + 1
        if failed % FREE_TRIES:
            return Attempts(failed)
        # Past the longest wait the doubling stops, or hundreds of tries would overflow the sum.
        doublings = min(failed // FREE_TRIES - 1, MOST_DOUBLINGS)
        return Attempts(failed, at + min(FIRST_WAIT * 2**doublings, LONGEST_WAIT))


def load(path: Path) -> Attempts:
    """A missing or damaged count starts again: the derivation itself is the real defence."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        until = datetime.fromisoformat(data["until"]) if data["until"] else None
        if until is not None and until.tzinfo is None:
            return Attempts()
        return Attempts(max(int(data["failed"]), 0), until)
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return Attempts()


def save(path: Path, attempts: Attempts) -> None:
    until = attempts.until.isoformat() if attempts.until else None
    write_whole(path, json.dumps({"failed": attempts.failed, "until": until}).encode())
