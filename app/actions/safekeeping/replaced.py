"""What a restore replaced: kept whole for 30 days and until the county has all of it, then cleared away.

Up to which change everything in such a folder had come along is noted in the store (`app.store.leaving`). Of
a folder without a note nobody knows what is unsent in it: another worker's, one no key opened, a
damaged one. It stays until a person decides.
"""

from __future__ import annotations

import contextlib
import logging
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from app.actions.desk import Desk
from app.domain.workdays import CHINA
from app.paths import Paths
from app.store.leaving import REPLACED

KEPT_FOR = timedelta(days=30)
NAME = re.compile(r"replaced-(\d{8}-\d{6})(-\d+)?")
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Replaced:
    """A folder with what was here until `at`; `waiting` changes of it the county has no receipt for, or at
    most those: None where nobody can say."""

    folder: Path
    at: datetime
    waiting: int | None

    def may_go(self, now: datetime) -> bool:
        """Whether the rule lets it be cleared away."""
        return self.waiting == 0 and now - self.at >= KEPT_FOR


def lying(desk: Desk, paths: Paths) -> tuple[Replaced, ...]:
    """Every one that is still there, oldest first. On the store's thread. Raises StorageFault."""
    noted = desk.store.meta.get(REPLACED) or {}
    found = []
    for folder in sorted(paths.root.glob("replaced-*")):
        if (match := NAME.fullmatch(folder.name)) and folder.is_dir():
            with contextlib.suppress(ValueError):  # a day that cannot be: not named by us
                at = datetime.strptime(match[1], "%Y%m%d-%H%M%S").replace(tzinfo=CHINA)
                upto = noted.get(folder.name)
                waiting = None if upto is None else desk.store.ledger.waiting(upto=int(upto))
                found.append(Replaced(folder, at, waiting))
    return tuple(found)


def clear(desk: Desk, paths: Paths) -> tuple[str, ...]:
    """Delete what may go, each with a line in the log; returns the names. On the store's thread.

    One that cannot be deleted now, or was cut short by the power, goes the next time.
    """
    gone = []
    for one in lying(desk, paths):
        if one.may_go(desk.now):
            shutil.rmtree(one.folder, ignore_errors=True)
            if one.folder.exists():
                log.warning("a folder that a restore replaced could not be deleted")
                continue
            noted = dict(desk.store.meta.get(REPLACED) or {})
            noted.pop(one.folder.name, None)
            with desk.unit("clear replaced") as unit:
                desk.store.meta.set(REPLACED, noted)
                unit.audit("clear replaced", "", one.folder.name)
            gone.append(one.folder.name)
    return tuple(gone)


def words(kept: Sequence[Replaced], now: datetime) -> str:
    """What is kept since when, and until when, in the worker's words; "" for nothing."""
    return "\n".join(_line(one, now) for one in kept)


def _line(one: Replaced, now: datetime) -> str:
    day = one.at.astimezone(CHINA)
    lead = f"{day.year}年{day.month}月{day.day}日恢复时换下来的那份还留着。"
    if one.waiting is None:
        return lead + "里面有没有没上传的，这台电脑说不准，一直留着，镇里能看。"
    if one.waiting:
        return lead + f"那时没上传的还有 {one.waiting} 处改动没传到县里，传到了才清。"
    left = -((now - one.at - KEPT_FOR) // timedelta(days=1))
    return lead + f"里面的县里都有了，再过 {max(left, 1)} 天清掉。"
