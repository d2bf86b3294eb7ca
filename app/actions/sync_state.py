"""What the worker is told about sync: how much waits, and when the county last had everything."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from app.actions.desk import Desk
from app.store.ledger import SetAside

KIND_WORDS = {
    "household": "住户",
    "person": "人",
    "visit": "走访",
    "ticket": "首访单",
    "ticket_event": "办理记录",
    "followup": "回访",
    "checklist": "办事清单",
}


@dataclass(frozen=True)
class SyncState:
    """`waiting` counts matters as a worker counts them: one ticket is one, however many steps it took.

    `by_kind` names them in words; `set_aside` are the changes a person must look at.
    """

    waiting: int
    by_kind: tuple[tuple[str, int], ...]
    synced_at: datetime | None
    set_aside: tuple[SetAside, ...]
    county: str

    @property
    def all_sent(self) -> bool:
        return self.waiting == 0


def sync_state(desk: Desk) -> SyncState:
    """As of now."""
    ledger = desk.store.ledger
    subjects = ledger.waiting_subjects()
    kinds = Counter(KIND_WORDS.get(kind, kind) for kind, _ in subjects)
    return SyncState(
        waiting=len(subjects),
        by_kind=tuple(kinds.most_common()),
        synced_at=desk.store.meta.synced_at(),
        set_aside=ledger.set_aside(),
        county=desk.store.meta.device().county,
    )
