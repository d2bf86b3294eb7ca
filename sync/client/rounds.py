"""How one round with the county ended, for whoever tells the worker."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sync.client.syncer import SyncReport


@dataclass(frozen=True)
class Round:
    """One round that ended at `at`: a SyncReport, or the exception that ended it."""

    at: datetime
    outcome: SyncReport | Exception
