"""Who may open the store on this computer: passphrases, colleagues, the recovery sheet, the county's box."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.actions.entry.gate import Gate, Opened, check_passphrase
from app.actions.entry.unlocking import new_slot
from app.domain.problem import UserError
from app.domain.roles import REFUSED, Right, Role
from app.vault import escrow, keyfile, recovery
from app.vault.keyfile import KeyFile
from app.vault.profiles import PROFILES
from app.vault.slots import Holder, WorkerSlot

if TYPE_CHECKING:
    from app.actions.desk import Desk
    from app.domain.device import DeviceIdentity

CHANGED = "钥匙文件被人动过。先在设置里「重做钥匙」，再做这一步。资料没有动。"


def change_passphrase(
    gate: Gate, opened: Opened, passphrase: str, *, with_device: bool | None = None
) -> None:
    """Rewrite this worker's slot only, with a new pair of keys; the data are not touched.

    `with_device` binds the slot to this computer's keyring or frees it; None leaves it as it was. Raises
    UserError for a weak passphrase, a keyring that cannot be used, or a key file somebody changed.
    """
    check_passphrase(passphrase)
    keys = _sound(gate, opened)
    slot = keys.slot_of(opened.worker)
    bound = isinstance(slot, WorkerSlot) and slot.lock.with_device if with_device is None else with_device
    holder = Holder(opened.worker, opened.name, opened.role)
    made = new_slot(gate, keys.store_id, holder, passphrase, _keys(opened), with_device=bound)
    _write(gate, opened, keys.with_worker(made))


def make_recovery(gate: Gate, opened: Opened) -> str:
    """A new recovery code to print; the sheet before it stops working. Raises UserError."""
    _may(opened)
    keys = _sound(gate, opened)
    code = recovery.new_code()
    slot = recovery.close_slot(keys.store_id, code, _keys(opened))
    _write(gate, opened, replace(keys, recovery=slot))
    return code


def let_in(gate: Gate, opened: Opened, worker: str, name: str, role: Role, passphrase: str) -> None:
    """Give a colleague her own way in, with her own passphrase and her own name in the log.

    Raises UserError for a weak passphrase, an empty name, one that is here already, or a missing right.
    """
    _may(opened)
    check_passphrase(passphrase)
    keys = _sound(gate, opened)
    if not name.strip():
        raise UserError("还没写姓名。", field="name")
    if any(one.name == name.strip() or one.worker == worker for one in keys.workers):
        raise UserError(f"{name.strip()}已经能开这台电脑了。", field="name")
    slot = new_slot(gate, keys.store_id, Holder(worker, name.strip(), role), passphrase, _keys(opened))
    _write(gate, opened, keys.with_worker(slot))


def shut_out(gate: Gate, opened: Opened, worker: str) -> None:
    """Take a colleague's way in. Change the data key afterwards: she may have kept an old key file.

    Raises UserError for herself, whoever is not here, or a missing right.
    """
    _may(opened)
    keys = _sound(gate, opened)
    if worker == opened.worker:
        raise UserError("自己不能把自己去掉。请另一位来去。", field="worker")
    if keys.slot_of(worker) is None:
        raise UserError("这台电脑上没有这个人。", field="worker")
    _write(gate, opened, keys.without_worker(worker))


def entrust(gate: Gate, opened: Opened, device: DeviceIdentity) -> bool:
    """Fill a box for the county, if its key is known here and has no box yet; whether one was made."""
    if not device.escrow_key:
        return False
    keys = keyfile.read(gate.paths.keys)
    box = keys.escrow
    if not opened.sound or (box and (box.county, box.public) == (device.county, device.escrow_key)):
        return False
    made = escrow.close_slot(keys.store_id, device.county, device.escrow_key, _keys(opened))
    _write(gate, opened, replace(keys, escrow=made))
    return True


def take_up(gate: Gate, opened: Opened, desk: Desk) -> bool:
    """Entrust the store to the county as soon as this computer knows its key; whether that was now."""
    device = desk.store.meta.device()
    if not entrust(gate, opened, device):
        return False
    with desk.unit("entrust") as unit:
        unit.audit("entrust county", device.county)
    return True


def start_over(gate: Gate, opened: Opened, passphrase: str) -> None:
    """After somebody changed the key file: keep only the way of whoever is in, under `passphrase`.

    Colleagues, sheet and county have to be let in anew: which of their slots was put there by a stranger
    cannot be told. Raises UserError for a weak passphrase.
    """
    check_passphrase(passphrase)
    keys = keyfile.read(gate.paths.keys)
    holder = Holder(opened.worker, opened.name, opened.role)
    slot = new_slot(gate, keys.store_id, holder, passphrase, _keys(opened))
    _write(gate, opened, KeyFile(keys.store_id, (slot,)))


def is_bound(gate: Gate, worker: str) -> bool:
    """Whether her passphrase opens on this computer only."""
    slot = keyfile.read(gate.paths.keys).slot_of(worker)
    return isinstance(slot, WorkerSlot) and slot.lock.with_device


def _keys(opened: Opened) -> dict[int, bytes]:
    return {opened.generation: opened.key}


def _sound(gate: Gate, opened: Opened) -> KeyFile:
    keys = keyfile.read(gate.paths.keys)
    if not keys.untouched(opened.generation, opened.key):
        raise UserError(CHANGED)
    return keys


def _write(gate: Gate, opened: Opened, keys: KeyFile) -> None:
    keyfile.write(gate.paths.keys, keys.stamped(_keys(opened), PROFILES[gate.profile].stamp))


def _may(opened: Opened) -> None:
    if not opened.role.may(Right.KEYS):
        raise UserError(REFUSED[Right.KEYS].format(who=opened.role.words))
