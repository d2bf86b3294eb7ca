"""The key file as JSON: what today's release writes, and what earlier ones wrote.

A damaged part is noticed here, where the copy of the file can still stand in for it.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from app.domain.problem import NewerFile
from app.domain.roles import Role
from app.vault.boxes import KEY_BYTES
from app.vault.derive import DERIVATIONS, SALT_BYTES, Cost, check_cost
from app.vault.escrow import EscrowSlot, boxes_in, boxes_out
from app.vault.old_slots import RECOVERY_ALGORITHM, WORKER_ALGORITHM, OldRecoverySlot, OldWorkerSlot
from app.vault.recovery import RecoverySlot
from app.vault.roll import NEWER
from app.vault.sealing import CIPHERS, NONCE_BYTES, TAG_BYTES
from app.vault.slots import Holder, Lock, WorkerSlot

if TYPE_CHECKING:
    from app.vault.keyfile import KeyFile

WRAPPED_BYTES = KEY_BYTES + TAG_BYTES


def out(keys: KeyFile) -> dict[str, Any]:
    """As JSON, without the format number."""
    told: dict[str, Any] = {"store": keys.store_id, "workers": [_worker_out(one) for one in keys.workers]}
    if keys.recovery is not None:
        told["recovery"] = _recovery_out(keys.recovery)
    if (county := keys.escrow) is not None:
        told["escrow"] = {
            "county": county.county,
            "public": _text(county.public),
            "boxes": boxes_out(county.boxes),
        }
    if keys.stamps:
        told["stamps"] = {str(generation): _text(made) for generation, made in keys.stamps.items()}
    return {**told, "stamped_with": keys.stamped_with}


def back(data: Mapping[str, Any]) -> KeyFile:
    """The reverse of `out`. ValueError, KeyError or TypeError for a damaged part; NewerFile for one that
    uses an algorithm this release does not know."""
    from app.vault.keyfile import KeyFile

    county = data.get("escrow")
    stamps = {int(number): _bytes(text, 32) for number, text in data.get("stamps", {}).items()}
    return KeyFile(
        store_id=str(data["store"]),
        workers=tuple(_worker_in(one) for one in data["workers"]),
        recovery=_recovery_in(data["recovery"]) if "recovery" in data else None,
        escrow=_escrow_in(county) if county else None,
        stamps=stamps,
        stamped_with=str(data["stamped_with"]),
    )


def from_format_1(data: Mapping[str, Any]) -> KeyFile:
    """What release 0.1.0 wrote: one list of slots, told apart by their algorithm."""
    from app.vault.keyfile import KeyFile

    sheets = [slot for slot in data["slots"] if slot["algorithm"] == RECOVERY_ALGORITHM]
    return KeyFile(
        store_id=str(data["store"]),
        workers=tuple(_old_worker_in(one) for one in data["slots"] if one not in sheets),
        recovery=_old_recovery_in(sheets[0]) if sheets else None,
    )


def _worker_out(slot: WorkerSlot | OldWorkerSlot) -> dict[str, Any]:
    if isinstance(slot, OldWorkerSlot):
        told: dict[str, Any] = {"algorithm": WORKER_ALGORITHM, "worker": slot.worker, "name": slot.name}
        return {**told, **_cost_out(slot.cost), **_texts(slot, "salt", "nonce", "wrapped")}
    lock, holder = slot.lock, slot.holder
    return {
        "worker": holder.worker,
        "name": holder.name,
        "role": holder.role.value,
        "public": _text(slot.public),
        "boxes": boxes_out(slot.boxes),
        "derivation": lock.derivation,
        **_cost_out(lock.cost),
        "sealing": lock.sealing,
        **_texts(lock, "salt", "nonce", "wrapped"),
        "with_device": lock.with_device,
    }


def _worker_in(data: dict[str, Any]) -> WorkerSlot | OldWorkerSlot:
    if "algorithm" in data:
        return _old_worker_in(data)
    if data["derivation"] not in DERIVATIONS or data["sealing"] not in CIPHERS:
        raise NewerFile(NEWER)
    lock = Lock(
        derivation=data["derivation"],
        cost=check_cost(_cost_in(data), data["derivation"]),
        salt=_bytes(data["salt"], SALT_BYTES),
        sealing=data["sealing"],
        nonce=_bytes(data["nonce"], NONCE_BYTES),
        wrapped=_bytes(data["wrapped"], WRAPPED_BYTES),
        with_device=bool(data["with_device"]),
    )
    holder = Holder(str(data["worker"]), str(data["name"]), Role(data["role"]))
    return WorkerSlot(holder, _bytes(data["public"], KEY_BYTES), boxes_in(data["boxes"]), lock)


def _recovery_out(slot: RecoverySlot | OldRecoverySlot) -> dict[str, Any]:
    if isinstance(slot, OldRecoverySlot):
        return {"algorithm": RECOVERY_ALGORITHM, **_texts(slot, "salt", "nonce", "wrapped")}
    return {**_texts(slot, "public", "salt", "nonce", "wrapped"), "boxes": boxes_out(slot.boxes)}


def _recovery_in(data: dict[str, Any]) -> RecoverySlot | OldRecoverySlot:
    if "algorithm" in data:
        return _old_recovery_in(data)
    return RecoverySlot(
        public=_bytes(data["public"], KEY_BYTES),
        boxes=boxes_in(data["boxes"]),
        salt=_bytes(data["salt"], SALT_BYTES),
        nonce=_bytes(data["nonce"], NONCE_BYTES),
        wrapped=_bytes(data["wrapped"], WRAPPED_BYTES),
    )


def _escrow_in(data: dict[str, Any]) -> EscrowSlot:
    return EscrowSlot(str(data["county"]), _bytes(data["public"], KEY_BYTES), boxes_in(data["boxes"]))


def _old_worker_in(data: dict[str, Any]) -> OldWorkerSlot:
    if data["algorithm"] != WORKER_ALGORITHM:
        raise NewerFile(NEWER)
    return OldWorkerSlot(
        worker=str(data["worker"]),
        name=str(data["name"]),
        cost=check_cost(_cost_in(data)),
        salt=_bytes(data["salt"], SALT_BYTES),
        nonce=_bytes(data["nonce"], NONCE_BYTES),
        wrapped=_bytes(data["wrapped"], WRAPPED_BYTES),
    )


def _old_recovery_in(data: dict[str, Any]) -> OldRecoverySlot:
    return OldRecoverySlot(
        salt=_bytes(data["salt"], SALT_BYTES),
        nonce=_bytes(data["nonce"], NONCE_BYTES),
        wrapped=_bytes(data["wrapped"], WRAPPED_BYTES),
    )


def _cost_out(cost: Cost) -> dict[str, int]:
    return {"passes": cost.passes, "memory_kib": cost.memory_kib, "lanes": cost.lanes}


def _cost_in(data: Mapping[str, Any]) -> Cost:
    return Cost(int(data["passes"]), int(data["memory_kib"]), int(data["lanes"]))


def _texts(holder: object, *names: str) -> dict[str, str]:
    return {name: _text(getattr(holder, name)) for name in names}


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _bytes(text: str, length: int) -> bytes:
    raw = base64.b64decode(text, validate=True)
    if len(raw) != length:
        raise ValueError(f"{len(raw)} bytes instead of {length}")
    return raw
