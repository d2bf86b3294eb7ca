"""The door: who may open the store on this computer, and what happens on a wrong passphrase.

The lock page asks it before anything else is loaded; what opens and makes slots is in `unlocking` and
`founding`, loaded when somebody tries.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from app.domain.problem import UserError
from app.domain.roles import Role
from app.paths import Paths
from app.vault import attempts, roll

if TYPE_CHECKING:
    from app.domain.device import DeviceIdentity
    from app.vault.derive import Cost

T = TypeVar("T")
SHORTEST_PASSPHRASE = 8
FIRST_GENERATION = 1


@dataclass(frozen=True)
class WorkerCard:
    """One worker as the lock page offers her."""

    worker: str
    name: str
    role: Role = Role.WORKER


@dataclass(frozen=True)
class Opened:
    """A key that fits, and whose slot it came from. Hold it no longer than the store is open.

    `sound` is false when somebody without the key changed the key file: it opens all the same, but nothing
    may be entrusted to the slots in it any more. `way` is how she came in and `failed` how many wrong tries
    in a row came before, for the log.
    """

    key: bytes = field(repr=False)
    worker: str
    name: str
    role: Role = Role.WORKER
    generation: int = FIRST_GENERATION
    sound: bool = True
    way: str = field(default="passphrase", compare=False)
    failed: int = field(default=0, compare=False)


class Locked(UserError):
    """The passphrase was wrong, with `left` tries before a wait, or it is too early: `wait` is how long."""

    def __init__(self, words: str, wait: timedelta, left: int = 0) -> None:
        super().__init__(words, field="passphrase")
        self.wait = wait
        self.left = left


class Gate:
    """`cost` fixes the derivation cost; left out, it is measured when a passphrase is set.

    `profile` names the algorithms new slots are made with (`app.vault.profiles`). `device_secret` asks this
    computer's own keyring for its half of a slot that was bound to it (with True: to make one), None
    where it has none.
    """

    def __init__(
        self,
        paths: Paths,
        clock: Callable[[], datetime],
        *,
        cost: Cost | None = None,
        profile: str = "international",
        device_secret: Callable[[bool], bytes | None] = lambda make: None,
    ) -> None:
        self.paths = paths
        self.profile = profile
        self.cost = cost
        self.device_secret = device_secret
        self._clock = clock

    def now(self) -> datetime:
        """The time on this computer's clock."""
        return self._clock()

    @property
    def exists(self) -> bool:
        """Whether this computer has a store already, once a start or a restore that was cut short is ended.

        Raises StorageFault when that cannot be.
        """
        if self.paths.founding.exists():
            # Hardly ever, as below: the lock page must stand at once.
            from app.actions.entry import founding

            founding.finish(self.paths)
        if self.paths.restoring.exists():
            from app.actions.safekeeping.replacing import finish

            finish(self.paths)
        return self.paths.store.exists() or self.paths.keys.exists()

    def workers(self) -> tuple[WorkerCard, ...]:
        """Who has a way in, in the order they were added. Raises StorageFault on a damaged key file."""
        return tuple(WorkerCard(*one) for one in roll.names(self.paths.keys)) if self.exists else ()

    def can_recover(self) -> bool:
        """Whether a recovery code was ever made. Raises StorageFault on a damaged key file."""
        from app.vault import keyfile

        return keyfile.read(self.paths.keys).recovery is not None

    def wait(self) -> timedelta:
        """How long until the next try is taken."""
        tries = attempts.load(self.paths.attempts)
        return tries.wait(self._clock()) if tries.until else timedelta(0)

    def unlock(self, worker: str, passphrase: str) -> Opened:
        """The key for `worker`. Raises Locked with the words to show; the data are never touched."""
        from app.actions.entry import unlocking

        failed = self.failed()
        opened = self._counted(lambda: unlocking.by_passphrase(self, worker, passphrase))
        return replace(opened, failed=failed)

    def failed(self) -> int:
        """Wrong tries in a row until now."""
        return attempts.load(self.paths.attempts).failed

    def keys_of(self, worker: str, passphrase: str) -> Mapping[int, bytes]:
        """Every data key in her slot by generation, without asking the store, which may be damaged.

        Raises Locked with the words to show.
        """
        from app.actions.entry import unlocking

        return self._counted(lambda: unlocking.keys_in(self, worker, passphrase))

    def recover(self, worker: str, code: str) -> Opened:
        """The key by the recovery code; a slip names its group and costs no try.

        Raises UserError when the code is mistyped, of another sheet, or no sheet was ever made.
        """
        from app.actions.entry import unlocking

        opened = replace(unlocking.by_code(self, worker, code), failed=self.failed())
        attempts.save(self.paths.attempts, attempts.Attempts())
        return opened

    def create(self, passphrase: str, device: DeviceIdentity) -> Opened:
        """Make this computer's store for the enrolled `device` and its worker's first slot.

        Raises UserError for a weak passphrase or when a store is there already.
        """
        from app.actions.entry import founding

        check_passphrase(passphrase)
        return founding.create(self, passphrase, device)

    def _counted(self, attempt: Callable[[], T | None]) -> T:
        tries = attempts.load(self.paths.attempts)
        if wait := tries.wait(self._clock()):
            raise Locked(f"请等 {_spoken(wait)}。着急就找镇里重置。", wait)
        came = attempt()
        if came is None:
            raise self._wrong(tries)
        if tries.failed:
            attempts.save(self.paths.attempts, attempts.Attempts())
        return came

    def _wrong(self, tries: attempts.Attempts) -> Locked:
        now = self._clock()
        tries = tries.failed_again(now)
        attempts.save(self.paths.attempts, tries)
        if wait := tries.wait(now):
            return Locked(f"口令不对，资料没有动。请等 {_spoken(wait)}再试，着急就找镇里重置。", wait)
        return Locked(
            f"口令不对，资料没有动。还能试 {tries.left} 次，再错要等 10 分钟。", timedelta(0), tries.left
        )


def check_passphrase(passphrase: str) -> None:
    """Raises UserError when a passphrase would be guessed, or could not be typed at the lock.

    Systems switch the Chinese input method off where a passphrase is typed unseen.
    """
    if not (passphrase.isascii() and passphrase.isprintable()):
        words = "口令只能用字母、数字和符号：锁着的时候打不出汉字。用一句话的拼音。"
        raise UserError(words, field="passphrase")
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise UserError(
            f"口令太短，至少 {SHORTEST_PASSPHRASE} 个字。用一句自己记得住的话最好。", field="passphrase"
        )
    if len(set(passphrase)) < 4:
        raise UserError("口令太容易猜。换一句自己记得住的话。", field="passphrase")


def _spoken(wait: timedelta) -> str:
    minutes, seconds = divmod(math.ceil(wait.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    parts = ((hours, "小时"), (minutes, "分"), (seconds, "秒"))
    return " ".join(f"{number} {unit}" for number, unit in parts if number) or "1 秒"
