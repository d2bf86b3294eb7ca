"""The worker at her desk: the open store, who she is, the policy in force, and what time it is."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from app.domain.manifest import Reason
from app.domain.packs.policy import Pack
from app.domain.problem import Problem, UserError
from app.domain.roles import REFUSED, Right, Role
from app.domain.workdays import WorkCalendar, china_day
from app.store import Store
from app.store.unit import Unit

LOOK_ONLY = "您的身份只能看，不能记。"
LEASE_ENDED = (
    "好久没跟县里联系上，这台电脑先只能看，这一条还没有存。"
    "到「同步」按「今天照常记」，或者联系一次县里，再存。"
)


@dataclass(frozen=True)
class Desk:
    """Handed to every action. Lives on the store's thread, like the store it holds.

    `worker` is the id the audit log and tickets carry; `worker_phone` is printed on papers.
    `safeguard(reason)` makes a proven backup before a risky step and raises StorageFault when it cannot.
    """

    store: Store
    worker: str
    worker_name: str
    worker_phone: str
    village: str
    village_name: str
    pack: Pack
    calendar: WorkCalendar
    clock: Callable[[], datetime]
    fonts: Path | None = None  # the office's own, for names no shipped font can draw
    files: Path | None = None  # where the sealed files of records lie
    packs: Path | None = None  # where the county's policy pack lies
    pack_problems: tuple[Problem, ...] = ()  # why a policy pack on this computer is not in use
    role: Role = Role.WORKER
    stopped: bool = False  # by the county: no record of the village is shown any more
    safeguard: Callable[[Reason], None] = field(default=lambda _reason: None, repr=False)

    @property
    def now(self) -> datetime:
        return self.clock()

    @property
    def today(self) -> date:
        """The day it is in China."""
        return china_day(self.clock())

    @property
    def may_record(self) -> bool:
        """Whether records may be written here now: by her role, and by the county's lease."""
        return self.role.may(Right.RECORD) and not self.store.agreed.closed

    def unit(self, why: str) -> AbstractContextManager[Unit]:
        """One transaction of this worker, now; it writes records only where `may_record`."""
        barred = "" if self.may_record else LEASE_ENDED
        if not self.role.may(Right.RECORD):
            barred = LOOK_ONLY
        return self.store.unit(actor=self.worker, at=self.now, why=why, barred=barred)

    def require(self, right: Right) -> None:
        """Raises UserError, in words, when her role has not the right."""
        if not self.role.may(right):
            raise UserError(REFUSED[right].format(who=self.role.words))
