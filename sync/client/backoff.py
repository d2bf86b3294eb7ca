"""How long to wait before trying again by itself, so that a county coming back is not trampled."""

from __future__ import annotations

from datetime import timedelta

from app.domain.problem import Offline
from sync.client.http import Busy
from sync.client.syncer import reason

FIRST = timedelta(seconds=30)
LONGEST = timedelta(minutes=10)  # what the words on the screen promise
SPREAD = 0.2


def wait_after(problem: Offline, failures: int, chance: float) -> timedelta:
    """The pause after the `failures`-th failure in a row (1 is the first).

    Doubles from 30 s to 10 minutes; a busy county is left alone for 10 minutes at once. `chance`
    (0 to 1) spreads the devices over 20 % of the pause.
    """
    if failures < 1 or not 0 <= chance <= 1:
        raise ValueError("failures count from 1 and chance lies in 0..1")
    base = LONGEST if isinstance(reason(problem), Busy) else min(LONGEST, FIRST * 2 ** min(failures - 1, 10))
    return base * (1 + SPREAD * chance)
