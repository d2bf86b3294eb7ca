"""A key slot: the store's random data key, wrapped for one way of opening it."""

from __future__ import annotations

import os
from dataclasses import dataclass

from app.vault.derive import SALT_BYTES, Cost, derive
from app.vault.sealing import seal, unseal

ALGORITHM = "argon2id+aes-256-gcm"


@dataclass(frozen=True)
class PassphraseSlot:
    """One worker's way in. Her name and id are clear text so that the lock page can offer them."""

    worker: str
    name: str
    cost: Cost
    salt: bytes
    nonce: bytes
    wrapped: bytes
    algorithm: str = ALGORITHM


def close_slot(
    store_id: str, worker: str, name: str, passphrase: str, key: bytes, cost: Cost
) -> PassphraseSlot:
    """Wrap the data key for `worker`."""
    salt = os.urandom(SALT_BYTES)
    secret = derive(passphrase, salt, cost)
    nonce, wrapped = seal(secret, key, _bound_to(store_id, worker, cost))
    return PassphraseSlot(worker, name, cost, salt, nonce, wrapped)


def open_slot(store_id: str, slot: PassphraseSlot, passphrase: str) -> bytes | None:
    """The data key, or None when the passphrase is wrong (or the slot was tampered with)."""
    secret = derive(passphrase, slot.salt, slot.cost)
    return unseal(secret, slot.nonce, slot.wrapped, _bound_to(store_id, slot.worker, slot.cost))


def _bound_to(store_id: str, worker: str, cost: Cost) -> bytes:
    # A slot copied to another store, another worker or a cheaper cost must not open.
    return f"{ALGORITHM}|{store_id}|{worker}|{cost.passes}|{cost.memory_kib}|{cost.lanes}".encode()
