"""Making this computer's store: a fresh data key, the first worker's slot, the county's box."""

from __future__ import annotations

import os

from app.actions.entry.gate import FIRST_GENERATION, Gate, Opened
from app.actions.entry.unlocking import new_slot
from app.domain.device import DeviceIdentity
from app.domain.ids import new_id
from app.domain.problem import UserError
from app.files import replace_whole
from app.paths import Paths
from app.store import Store
from app.vault import escrow, keyfile
from app.vault.boxes import KEY_BYTES
from app.vault.keyfile import KeyFile
from app.vault.profiles import PROFILES
from app.vault.slots import Holder

LOGS = ("-wal", "-journal")


def create(gate: Gate, passphrase: str, device: DeviceIdentity) -> Opened:
    """The store for the enrolled `device`. Raises UserError when one is there already."""
    if gate.exists:
        raise UserError("这台电脑上已经有一份资料，没有动它。")
    keys, store_id = {FIRST_GENERATION: os.urandom(KEY_BYTES)}, new_id(gate.now())
    slot = new_slot(gate, store_id, Holder(device.worker, device.worker_name), passphrase, keys)
    box = None
    if device.escrow_key:
        box = escrow.close_slot(store_id, device.county, device.escrow_key, keys)
    made = KeyFile(store_id, (slot,), escrow=box).stamped(keys, PROFILES[gate.profile].stamp)
    try:
        _lay_out(gate, keys[FIRST_GENERATION], device)
        keyfile.write(gate.paths.keys, made)
        replace_whole(gate.paths.founding, gate.paths.store)
    except BaseException:
        # An empty store that nothing opens would stand in the way of the next try.
        _clear(gate.paths)
        gate.paths.keys.unlink(missing_ok=True)
        raise
    return Opened(keys[FIRST_GENERATION], device.worker, device.worker_name)


def finish(paths: Paths) -> None:
    """Bring to its end what the power cut short: with its key file the store was whole, without it nothing
    was told to anybody yet and it begins anew. Raises StorageFault when the disk refuses."""
    if paths.keys.exists() and not paths.store.exists():
        replace_whole(paths.founding, paths.store)
    else:
        _clear(paths)


def _clear(paths: Paths) -> None:
    half = paths.founding
    for path in (half, *(half.with_name(half.name + end) for end in LOGS)):
        path.unlink(missing_ok=True)


def _lay_out(gate: Gate, key: bytes, device: DeviceIdentity) -> None:
    _clear(gate.paths)
    store = Store(gate.paths.founding, key, create=True)
    try:
        with store.unit(actor=device.worker, at=gate.now(), why="enrol") as unit:
            unit.audit("enrol", device.device)
            store.meta.set_device(device)
            store.meta.set("serial_block", device.serial_block)
    finally:
        store.close()
