"""The door: who may open the store on this computer, and what happens on a wrong passphrase."""

from __future__ import annotations

import math
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from app.domain.ids import new_id
from app.domain.problem import UserError
from app.paths import Paths
from app.vault import attempts, keyfile, recovery
from app.vault.derive import KEY_BYTES, Cost, calibrate
from app.vault.keyfile import KeyFile
from app.vault.slots import close_slot, open_slot

if TYPE_CHECKING:
    from app.domain.device import DeviceIdentity

SHORTEST_PASSPHRASE = 8
LOGS = ("-wal", "-journal")


@dataclass(frozen=True)
class WorkerCard:
    """One worker as the lock page offers her."""

    worker: str
    name: str


@dataclass(frozen=True)
class Opened:
    """A key that fits, and whose slot it came from. Hold it no longer than the store is open."""

    key: bytes
    worker: str
    name: str


class Locked(UserError):
    """The passphrase was wrong, with `left` tries before a wait, or it is too early: `wait` is how long."""

    def __init__(self, words: str, wait: timedelta, left: int = 0) -> None:
        super().__init__(words, field="passphrase")
        self.wait = wait
        self.left = left


class Gate:
    """`cost` fixes the derivation cost; left out, it is measured when a passphrase is set."""

    def __init__(self, paths: Paths, clock: Callable[[], datetime], *, cost: Cost | None = None) -> None:
        self.paths = paths
        self._clock = clock
        self._cost = cost

    @property
    def exists(self) -> bool:
        """Whether this computer has a store already, once a restore that was cut short is ended.

        Raises StorageFault when that cannot be.
        """
        if self.paths.restoring.exists():
            from app.actions.replacing import finish  # hardly ever: the lock page must stand at once

            finish(self.paths)
        return self.paths.store.exists() or self.paths.keys.exists()

    def workers(self) -> tuple[WorkerCard, ...]:
        """Who has a way in, in the order they were added. Raises StorageFault on a damaged key file."""
        if not self.exists:
            return ()
        return tuple(WorkerCard(slot.worker, slot.name) for slot in keyfile.read(self.paths.keys).slots)

    def can_recover(self) -> bool:
        """Whether a recovery code was ever made. Raises StorageFault on a damaged key file."""
        return keyfile.read(self.paths.keys).recovery is not None

    def wait(self) -> timedelta:
        """How long until the next try is taken."""
        tries = attempts.load(self.paths.attempts)
        return tries.wait(self._clock()) if tries.until else timedelta(0)

    def unlock(self, worker: str, passphrase: str) -> Opened:
        """The key for `worker`. Raises Locked with the words to show; the data are never touched."""
        tries = attempts.load(self.paths.attempts)
        if wait := tries.wait(self._clock()):
            raise Locked(f"请等 {_spoken(wait)}。着急就找镇里重置。", wait)
        keys = keyfile.read(self.paths.keys)
        slot = keys.slot_of(worker)
        key = open_slot(keys.store_id, slot, passphrase) if slot else None
        if slot is None or key is None:
            raise self._wrong(tries)
        if tries.failed:
            attempts.save(self.paths.attempts, attempts.Attempts())
        return Opened(key, slot.worker, slot.name)

    def recover(self, worker: str, code: str) -> Opened:
        """The key by the recovery code; a slip names its group and costs no try.

        Raises UserError when the code is mistyped, of another sheet, or no sheet was ever made.
        """
        keys = keyfile.read(self.paths.keys)
        slot = keys.slot_of(worker)
        if slot is None or keys.recovery is None:
            raise UserError("这份资料没有做过恢复码。请找镇里。", field="code")
        key = recovery.open_slot(keys.store_id, keys.recovery, code)
        if key is None:
            raise UserError("这张恢复码不是这台电脑的。看看纸上写的是哪个村。", field="code")
        attempts.save(self.paths.attempts, attempts.Attempts())
        return Opened(key, slot.worker, slot.name)

    def make_recovery(self, opened: Opened) -> str:
        """A new recovery code to print; the sheet before it stops working."""
        keys = keyfile.read(self.paths.keys)
        code = recovery.new_code()
        slot = recovery.close_slot(keys.store_id, code, opened.key)
        keyfile.write(self.paths.keys, replace(keys, recovery=slot))
        return code

    def create(self, passphrase: str, device: DeviceIdentity) -> Opened:
        """Make this computer's store for the enrolled `device` and its worker's first slot.

        Raises UserError for a weak passphrase or when a store is there already.
        """
        if self.exists:
            raise UserError("这台电脑上已经有一份资料，没有动它。")
        check_passphrase(passphrase)
        key, store_id = os.urandom(KEY_BYTES), new_id(self._clock())
        slot = close_slot(store_id, device.worker, device.worker_name, passphrase, key, self._measured())
        try:
            self._lay_out(key, device)
            keyfile.write(self.paths.keys, KeyFile(store_id, (slot,)))
        except BaseException:
            # An empty store that nothing opens would stand in the way of the next try.
            store = self.paths.store
            for path in (store, *(store.with_name(store.name + end) for end in LOGS), self.paths.keys):
                path.unlink(missing_ok=True)
            raise
        return Opened(key, device.worker, device.worker_name)

    def _lay_out(self, key: bytes, device: DeviceIdentity) -> None:
        from app.store import Store  # SQL is loaded when it is needed: the lock page must stand at once

        store = Store(self.paths.store, key, create=True)
        try:
            with store.unit(actor=device.worker, at=self._clock(), why="enrol") as unit:
                unit.audit("enrol", device.device)
                store.meta.set_device(device)
                store.meta.set("serial_block", device.serial_block)
        finally:
            store.close()

    def change_passphrase(self, opened: Opened, passphrase: str) -> None:
        """Rewrite this worker's slot only; the data are not touched. Raises UserError if weak."""
        check_passphrase(passphrase)
        keys = keyfile.read(self.paths.keys)
        slot = close_slot(keys.store_id, opened.worker, opened.name, passphrase, opened.key, self._measured())
        keyfile.write(self.paths.keys, keys.with_slot(slot))

    def _measured(self) -> Cost:
        return self._cost or calibrate()

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
