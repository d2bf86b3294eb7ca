"""The key file beside the store: which workers may open it, and the data key wrapped for each."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from app.domain.problem import NewerFile, StorageFault
from app.files import write_whole
from app.vault.derive import FLOOR_MEMORY_KIB, KEY_BYTES, LANES, MAX_PASSES, SALT_BYTES, Cost
from app.vault.recovery import ALGORITHM as RECOVERY
from app.vault.recovery import RecoverySlot
from app.vault.sealing import NONCE_BYTES
from app.vault.slots import ALGORITHM, PassphraseSlot

FORMAT = 1
MAX_BYTES = 1_000_000
MAX_MEMORY_KIB = 1024 * 1024
WRAPPED_BYTES = KEY_BYTES + 16  # the key and its authentication tag


@dataclass(frozen=True)
class KeyFile:
    """`store_id` binds the slots to one store. Slots are in the order workers were added."""

    store_id: str
    slots: tuple[PassphraseSlot, ...] = ()
    recovery: RecoverySlot | None = None

    def slot_of(self, worker: str) -> PassphraseSlot | None:
        return next((slot for slot in self.slots if slot.worker == worker), None)

    def with_slot(self, slot: PassphraseSlot) -> KeyFile:
        """A copy in which `slot` replaces the same worker's slot or is added at the end."""
        kept = tuple(old for old in self.slots if old.worker != slot.worker)
        return replace(self, slots=(*kept, slot))


def write(path: Path, keys: KeyFile) -> None:
    """Replace the key file whole, then its copy `keys.json.copy`.

    At every moment one of the two is whole. The copy is of the new file, not of the one before it:
    a passphrase that was changed because somebody saw it must not go on opening the store.
    """
    slots = [_slot_out(slot) for slot in keys.slots]
    if keys.recovery:
        slots.append(_recovery_out(keys.recovery))
    data = {"format": FORMAT, "store": keys.store_id, "slots": slots}
    raw = json.dumps(data, indent=1, ensure_ascii=False).encode()
    write_whole(path, raw)
    write_whole(_copy_of(path), raw)


def read(path: Path) -> KeyFile:
    """The key file, or its copy when it is damaged.

    Raises StorageFault when neither can be read, NewerFile when a later release wrote it.
    """
    for candidate in (path, _copy_of(path)):
        try:
            return _parse(candidate)
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            continue
    raise StorageFault("钥匙文件坏了，资料打不开，也没有被动过。请镇里用备份或恢复码来开。")


def _copy_of(path: Path) -> Path:
    return path.with_name(path.name + ".copy")


def _parse(path: Path) -> KeyFile:
    raw = path.read_bytes()
    if len(raw) > MAX_BYTES:
        raise ValueError("key file too large")
    data = json.loads(raw)
    if data["format"] > FORMAT:
        raise NewerFile("这份资料是新版写的。请先升级，资料没有动。")
    sheets = [slot for slot in data["slots"] if slot["algorithm"] == RECOVERY]
    return KeyFile(
        store_id=str(data["store"]),
        slots=tuple(_slot_in(slot) for slot in data["slots"] if slot["algorithm"] != RECOVERY),
        recovery=_recovery_in(sheets[0]) if sheets else None,
    )


def _slot_out(slot: PassphraseSlot) -> dict[str, Any]:
    return {
        "algorithm": slot.algorithm,
        "worker": slot.worker,
        "name": slot.name,
        "passes": slot.cost.passes,
        "memory_kib": slot.cost.memory_kib,
        "lanes": slot.cost.lanes,
        "salt": base64.b64encode(slot.salt).decode(),
        "nonce": base64.b64encode(slot.nonce).decode(),
        "wrapped": base64.b64encode(slot.wrapped).decode(),
    }


def _slot_in(data: dict[str, Any]) -> PassphraseSlot:
    if data["algorithm"] != ALGORITHM:
        raise NewerFile("这份资料是新版写的。请先升级，资料没有动。")
    return PassphraseSlot(
        worker=str(data["worker"]),
        name=str(data["name"]),
        cost=_cost(data),
        salt=_bytes(data["salt"], SALT_BYTES),
        nonce=_bytes(data["nonce"], NONCE_BYTES),
        wrapped=_bytes(data["wrapped"], WRAPPED_BYTES),
    )


def _recovery_out(slot: RecoverySlot) -> dict[str, Any]:
    parts = {"salt": slot.salt, "nonce": slot.nonce, "wrapped": slot.wrapped}
    encoded = {name: base64.b64encode(value).decode() for name, value in parts.items()}
    return {"algorithm": slot.algorithm, **encoded}


def _recovery_in(data: dict[str, Any]) -> RecoverySlot:
    return RecoverySlot(
        salt=_bytes(data["salt"], SALT_BYTES),
        nonce=_bytes(data["nonce"], NONCE_BYTES),
        wrapped=_bytes(data["wrapped"], WRAPPED_BYTES),
    )


def _bytes(text: str, length: int) -> bytes:
    # A damaged slot is noticed here, where the copy can still stand in for it.
    raw = base64.b64decode(text, validate=True)
    if len(raw) != length:
        raise ValueError(f"{len(raw)} bytes instead of {length}")
    return raw


def _cost(data: dict[str, Any]) -> Cost:
    cost = Cost(int(data["passes"]), int(data["memory_kib"]), int(data["lanes"]))
    # A tampered file must neither weaken the derivation nor make it eat the machine.
    sane = 1 <= cost.passes <= MAX_PASSES and FLOOR_MEMORY_KIB <= cost.memory_kib <= MAX_MEMORY_KIB
    if not sane or not 1 <= cost.lanes <= 4 * LANES:
        raise ValueError("implausible derivation cost")
    return cost
