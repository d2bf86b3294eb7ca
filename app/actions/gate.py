"""The door: who may open the store on this computer, and what happens on a wrong passphrase."""

from __future__ import annotations

import contextlib
import math
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from app.domain.ids import new_id
from app.domain.problem import StorageFault, UserError
from app.domain.roles import Role
from app.paths import Paths
from app.vault import attempts, keyfile, recovery
from app.vault.boxes import KEY_BYTES
from app.vault.derive import Cost, calibrate
from app.vault.escrow import close_slot as close_box
from app.vault.keyfile import KeyFile
from app.vault.old_slots import OldWorkerSlot, open_worker
from app.vault.profiles import INTERNATIONAL, Profile
from app.vault.slots import Holder, WorkerSlot, close_slot, open_slot

if TYPE_CHECKING:
    from app.domain.device import DeviceIdentity

SHORTEST_PASSPHRASE = 8
FIRST_GENERATION = 1
LOGS = ("-wal", "-journal")
ELSEWHERE = "这个口令绑在另一台电脑或另一个系统账户上。用恢复码开，再重新绑。"


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
    may be entrusted to the slots in it any more. `way` is how she came in, for the log.
    """

    key: bytes = field(repr=False)
    worker: str
    name: str
    role: Role = Role.WORKER
    generation: int = FIRST_GENERATION
    sound: bool = True
    way: str = field(default="passphrase", compare=False)


class Locked(UserError):
    """The passphrase was wrong, with `left` tries before a wait, or it is too early: `wait` is how long."""

    def __init__(self, words: str, wait: timedelta, left: int = 0) -> None:
        super().__init__(words, field="passphrase")
        self.wait = wait
        self.left = left


class Gate:
    """`cost` fixes the derivation cost; left out, it is measured when a passphrase is set.

    `profile` says with which algorithms new slots are made. `device_secret` asks this computer's own
    keyring for its half of a slot that was bound to it, None where it has none.
    """

    def __init__(
        self,
        paths: Paths,
        clock: Callable[[], datetime],
        *,
        cost: Cost | None = None,
        profile: Profile = INTERNATIONAL,
        device_secret: Callable[[], bytes | None] = lambda: None,
    ) -> None:
        self.paths = paths
        self.profile = profile
        self._clock = clock
        self._cost = cost
        self._device_secret = device_secret

    def now(self) -> datetime:
        """The time on this computer's clock."""
        return self._clock()

    @property
    def exists(self) -> bool:
        """Whether this computer has a store already."""
        return self.paths.store.exists() or self.paths.keys.exists()

    def workers(self) -> tuple[WorkerCard, ...]:
        """Who has a way in, in the order they were added. Raises StorageFault on a damaged key file."""
        if not self.exists:
            return ()
        slots = keyfile.read(self.paths.keys).workers
        return tuple(WorkerCard(one.worker, one.name, one.holder.role) for one in slots)

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
        found = self._try(keys, slot, passphrase) if slot else None
        if slot is None or found is None:
            raise self._wrong(tries)
        if tries.failed:
            attempts.save(self.paths.attempts, attempts.Attempts())
        opened = self.fitting(keys, found, slot.holder, "passphrase")
        if isinstance(slot, OldWorkerSlot):
            self._renew(keys, slot, passphrase, found)
        return opened

    def recover(self, worker: str, code: str) -> Opened:
        """The key by the recovery code; a slip names its group and costs no try.

        Raises UserError when the code is mistyped, of another sheet, or no sheet was ever made.
        """
        keys = keyfile.read(self.paths.keys)
        slot = keys.slot_of(worker)
        if slot is None or keys.recovery is None:
            raise UserError("这份资料没有做过恢复码。请找镇里。", field="code")
        found = recovery.open_slot(keys.store_id, keys.recovery, code)
        if found is None:
            raise UserError("这张恢复码不是这台电脑的。看看纸上写的是哪个村。", field="code")
        attempts.save(self.paths.attempts, attempts.Attempts())
        return self.fitting(keys, found, slot.holder, "recovery code")

    def fitting(self, keys: KeyFile, found: dict[int, bytes], holder: Holder, way: str) -> Opened:
        """The one of the keys in the boxes that opens the store as it lies there now.

        There are two only when the program ended while the data key was being changed; the change is
        then brought to its end, or undone.
        """
        generation = max(found)
        if len(found) > 1:
            from app.actions.rotation import settle  # SQL is loaded when it is needed

            generation = settle(self.paths, keys, found)
            keys = keyfile.read(self.paths.keys)
        key = found[generation]
        sound = keys.untouched(generation, key)
        return Opened(key, holder.worker, holder.name, holder.role, generation, sound, way)

    def create(self, passphrase: str, device: DeviceIdentity) -> Opened:
        """Make this computer's store for the enrolled `device` and its worker's first slot.

        Raises UserError for a weak passphrase or when a store is there already.
        """
        if self.exists:
            raise UserError("这台电脑上已经有一份资料，没有动它。")
        check_passphrase(passphrase)
        keys, store_id = {FIRST_GENERATION: os.urandom(KEY_BYTES)}, new_id(self._clock())
        holder = Holder(device.worker, device.worker_name)
        slot = self.new_slot(store_id, holder, passphrase, keys)
        box = close_box(store_id, device.county, device.escrow_key, keys) if device.escrow_key else None
        made = KeyFile(store_id, (slot,), escrow=box).stamped(keys, self.profile.stamp)
        try:
            self._lay_out(keys[FIRST_GENERATION], device)
            keyfile.write(self.paths.keys, made)
        except BaseException:
            # An empty store that nothing opens would stand in the way of the next try.
            store = self.paths.store
            for path in (store, *(store.with_name(store.name + end) for end in LOGS), self.paths.keys):
                path.unlink(missing_ok=True)
            raise
        return Opened(keys[FIRST_GENERATION], device.worker, device.worker_name)

    def new_slot(
        self,
        store_id: str,
        holder: Holder,
        passphrase: str,
        keys: dict[int, bytes],
        *,
        with_device: bool = False,
    ) -> WorkerSlot:
        """A slot under the profile of this computer. Raises UserError when its keyring cannot be used."""
        secret = self._device_secret() if with_device else None
        if with_device and secret is None:
            raise UserError("这台电脑的系统钥匙串用不了，口令没有绑。")
        cost = self._cost or calibrate(self.profile.derivation)
        return close_slot(store_id, holder, passphrase, keys, cost, self.profile, secret)

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

    def _try(
        self, keys: KeyFile, slot: WorkerSlot | OldWorkerSlot, passphrase: str
    ) -> dict[int, bytes] | None:
        if isinstance(slot, OldWorkerSlot):
            return open_worker(keys.store_id, slot, passphrase)
        secret = self._device_secret() if slot.lock.with_device else None
        if slot.lock.with_device and secret is None:
            raise UserError(ELSEWHERE, field="passphrase")
        return open_slot(keys.store_id, slot, passphrase, secret)

    def _renew(self, keys: KeyFile, slot: OldWorkerSlot, passphrase: str, found: dict[int, bytes]) -> None:
        # Where the folder cannot be written now, the old slot does as well, until next time.
        with contextlib.suppress(StorageFault):
            made = self.new_slot(keys.store_id, slot.holder, passphrase, found)
            keyfile.write(self.paths.keys, keys.with_worker(made).stamped(found, self.profile.stamp))

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
