"""Slots as release 0.1.0 wrote them: the data key wrapped straight under a passphrase or the recovery code.

They open for ever. A worker's slot becomes one of today's the first time she opens it; until then the data
key cannot be changed, because nobody but she could wrap the new one.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from app.domain.roles import Role
from app.vault.derive import Cost, derive
from app.vault.sealing import unseal
from app.vault.slots import Holder

WORKER_ALGORITHM = "argon2id+aes-256-gcm"
RECOVERY_ALGORITHM = "recovery-code+hkdf-sha256+aes-256-gcm"
GENERATION = 1


@dataclass(frozen=True)
class OldWorkerSlot:
    """One worker's slot of format 1."""

    worker: str
    name: str
    cost: Cost
    salt: bytes
    nonce: bytes
    wrapped: bytes = field(repr=False)

    @property
    def holder(self) -> Holder:
        return Holder(self.worker, self.name, Role.WORKER)


@dataclass(frozen=True)
class OldRecoverySlot:
    """The recovery sheet's slot of format 1."""

    salt: bytes
    nonce: bytes
    wrapped: bytes = field(repr=False)


def open_worker(store_id: str, slot: OldWorkerSlot, passphrase: str) -> dict[int, bytes] | None:
    """The data key, or None when the passphrase is wrong (or the slot was tampered with)."""
    cost = f"{slot.cost.passes}|{slot.cost.memory_kib}|{slot.cost.lanes}"
    bound = f"{WORKER_ALGORITHM}|{store_id}|{slot.worker}|{cost}".encode()
    key = unseal(derive(passphrase, slot.salt, slot.cost), slot.nonce, slot.wrapped, bound)
    return {GENERATION: key} if key else None


def open_recovery(store_id: str, slot: OldRecoverySlot, secret: bytes) -> dict[int, bytes] | None:
    """The data key; `secret` is what `recovery.secret_of` makes of the code."""
    bound = f"{RECOVERY_ALGORITHM}|{store_id}".encode()
    key = unseal(secret, slot.nonce, slot.wrapped, bound)
    return {GENERATION: key} if key else None
