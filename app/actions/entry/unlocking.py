"""From a passphrase, a code or the county's answer to the key that opens the store as it lies there now."""

from __future__ import annotations

import contextlib

from app.actions.entry.gate import Gate, Opened
from app.domain.problem import StorageFault, UserError
from app.vault import keyfile, recovery
from app.vault.derive import calibrate
from app.vault.keyfile import KeyFile
from app.vault.old_slots import OldWorkerSlot, open_worker
from app.vault.profiles import PROFILES
from app.vault.slots import Holder, WorkerSlot, close_slot, open_slot

ELSEWHERE = "这个口令绑在另一台电脑或另一个系统账户上。用恢复码开，再重新绑。"


def by_passphrase(gate: Gate, worker: str, passphrase: str) -> Opened | None:
    """The key, or None when the passphrase is wrong. A slot of format 1 becomes one of today's.

    Raises UserError when the slot is bound to another computer, StorageFault on a damaged key file.
    """
    keys = keyfile.read(gate.paths.keys)
    slot = keys.slot_of(worker)
    found = _try(gate, keys, slot, passphrase) if slot else None
    if slot is None or found is None:
        return None
    opened = fitting(gate, keys, found, slot.holder, "passphrase")
    if isinstance(slot, OldWorkerSlot):
        _renew(gate, keys, slot, passphrase, found)
    return opened


def keys_in(gate: Gate, worker: str, passphrase: str) -> dict[int, bytes] | None:
    """All data keys in her slot by generation, None for a wrong passphrase; nothing is written."""
    keys = keyfile.read(gate.paths.keys)
    slot = keys.slot_of(worker)
    return _try(gate, keys, slot, passphrase) if slot else None


def by_code(gate: Gate, worker: str, code: str) -> Opened:
    """The key by the recovery code. Raises UserError for one mistyped, of another sheet, or never made."""
    keys = keyfile.read(gate.paths.keys)
    slot = keys.slot_of(worker)
    if slot is None or keys.recovery is None:
        raise UserError("这份资料没有做过恢复码。请找镇里。", field="code")
    found = recovery.open_slot(keys.store_id, keys.recovery, code)
    if found is None:
        raise UserError("这张恢复码不是这台电脑的。看看纸上写的是哪个村。", field="code")
    return fitting(gate, keys, found, slot.holder, "recovery code")


def fitting(gate: Gate, keys: KeyFile, found: dict[int, bytes], holder: Holder, way: str) -> Opened:
    """The one of the keys in the boxes that opens the store.

    There are two only when the program ended while the data key was being changed; the change is then
    brought to its end, or undone.
    """
    generation = max(found)
    if len(found) > 1:
        from app.actions.entry.rotation import settle  # it needs this module

        generation = settle(gate.paths, keys, found)
        keys = keyfile.read(gate.paths.keys)
    key = found[generation]
    sound = keys.untouched(generation, key)
    return Opened(key, holder.worker, holder.name, holder.role, generation, sound, way)


def new_slot(
    gate: Gate,
    store_id: str,
    holder: Holder,
    passphrase: str,
    keys: dict[int, bytes],
    *,
    with_device: bool = False,
) -> WorkerSlot:
    """A slot under the profile of this computer. Raises UserError when its keyring cannot be used."""
    secret = gate.device_secret(True) if with_device else None
    if with_device and secret is None:
        raise UserError("这台电脑的系统钥匙串用不了，口令没有绑。")
    profile = PROFILES[gate.profile]
    cost = gate.cost or calibrate(profile.derivation)
    return close_slot(store_id, holder, passphrase, keys, cost, profile, secret)


def _try(
    gate: Gate, keys: KeyFile, slot: WorkerSlot | OldWorkerSlot, passphrase: str
) -> dict[int, bytes] | None:
    if isinstance(slot, OldWorkerSlot):
        return open_worker(keys.store_id, slot, passphrase)
    secret = gate.device_secret(False) if slot.lock.with_device else None
    if slot.lock.with_device and secret is None:
        raise UserError(ELSEWHERE, field="passphrase")
    return open_slot(keys.store_id, slot, passphrase, secret)


def _renew(gate: Gate, keys: KeyFile, slot: OldWorkerSlot, passphrase: str, found: dict[int, bytes]) -> None:
    # Where the folder cannot be written now, the old slot does as well, until next time.
    with contextlib.suppress(StorageFault):
        made = new_slot(gate, keys.store_id, slot.holder, passphrase, found)
        stamped = keys.with_worker(made).stamped(found, PROFILES[gate.profile].stamp)
        keyfile.write(gate.paths.keys, stamped)
