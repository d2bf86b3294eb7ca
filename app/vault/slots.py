"""A worker's way in: her passphrase opens a private key, and that the box with the data key.

Because boxes are filled with the public half, a changed data key reaches every worker without her
passphrase; and because a changed passphrase brings a new pair, an old passphrase opens nothing later.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from app.domain.roles import Role
from app.vault import boxes
from app.vault.derive import SALT_BYTES, Cost, derive
from app.vault.profiles import INTERNATIONAL, Profile
from app.vault.sealing import seal, unseal

KIND = "worker"
Keys = Mapping[int, bytes]  # data keys by generation; two only while the key is being changed


@dataclass(frozen=True)
class Holder:
    """Whose slot it is. Id, name and role are clear text, so that the lock page can offer them."""

    worker: str
    name: str
    role: Role = Role.WORKER


@dataclass(frozen=True)
class Lock:
    """The private half, wrapped; `with_device` needs the secret in this computer's own keyring too."""

    derivation: str
    cost: Cost
    salt: bytes
    sealing: str
    nonce: bytes
    wrapped: bytes = field(repr=False)
    with_device: bool = False


@dataclass(frozen=True)
class WorkerSlot:
    """`boxes` holds the data key by generation."""

    holder: Holder
    public: bytes
    boxes: Mapping[int, bytes]
    lock: Lock

    @property
    def worker(self) -> str:
        return self.holder.worker

    @property
    def name(self) -> str:
        return self.holder.name


def close_slot(
    store_id: str,
    holder: Holder,
    passphrase: str,
    keys: Keys,
    cost: Cost,
    profile: Profile = INTERNATIONAL,
    device_secret: bytes | None = None,
) -> WorkerSlot:
    """A new slot with a new pair of keys. `cost` must be of the profile's derivation."""
    private, public = boxes.new_pair()
    salt = os.urandom(SALT_BYTES)
    lock = Lock(profile.derivation, cost, salt, profile.sealing, b"", b"", device_secret is not None)
    bound = _bound_to(store_id, holder, public, lock)
    nonce, wrapped = seal(_secret(passphrase, lock, device_secret), private, bound, profile.sealing)
    filled = fill(store_id, KIND, holder.worker, public, keys)
    return WorkerSlot(holder, public, filled, replace(lock, nonce=nonce, wrapped=wrapped))


def open_slot(
    store_id: str, slot: WorkerSlot, passphrase: str, device_secret: bytes | None = None
) -> dict[int, bytes] | None:
    """The data keys, or None when the passphrase is wrong, or the slot was changed or carried elsewhere."""
    if slot.lock.with_device and device_secret is None:
        return None
    lock = slot.lock
    secret = _secret(passphrase, lock, device_secret if lock.with_device else None)
    bound = _bound_to(store_id, slot.holder, slot.public, lock)
    private = unseal(secret, lock.nonce, lock.wrapped, bound, lock.sealing)
    return empty(store_id, KIND, slot.worker, private, slot.boxes) if private else None


def fill(store_id: str, kind: str, holder: str, public: bytes, keys: Keys) -> dict[int, bytes]:
    """A box for each generation of the data key."""
    return {
        generation: boxes.put(public, key, box_bound_to(store_id, kind, holder, generation))
        for generation, key in keys.items()
    }


def empty(
    store_id: str, kind: str, holder: str, private: bytes, filled: Mapping[int, bytes]
) -> dict[int, bytes] | None:
    """The data keys out of their boxes, or None when any of them does not open."""
    found = {}
    for generation, box in filled.items():
        key = boxes.take(private, box, box_bound_to(store_id, kind, holder, generation))
        if key is None:
            return None
        found[generation] = key
    return found or None


def box_bound_to(store_id: str, kind: str, holder: str, generation: int) -> bytes:
    """What a box is for: carried to another store, holder or generation it does not open."""
    return f"shoufangtong data key|{kind}|{store_id}|{holder}|{generation}".encode()


def _secret(passphrase: str, lock: Lock, device_secret: bytes | None) -> bytes:
    secret = derive(passphrase, lock.salt, lock.cost, lock.derivation)
    if device_secret is None:
        return secret
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    mixed = HKDF(hashes.SHA256(), 32, salt=lock.salt, info=b"shoufangtong passphrase and computer")
    return mixed.derive(secret + device_secret)


def _bound_to(store_id: str, holder: Holder, public: bytes, lock: Lock) -> bytes:
    # A slot copied to another store, worker or role, or made cheaper, must not open.
    cost = f"{lock.cost.passes}|{lock.cost.memory_kib}|{lock.cost.lanes}"
    how = f"{lock.derivation}|{cost}|{lock.sealing}|{int(lock.with_device)}"
    return f"{KIND}|{store_id}|{holder.worker}|{holder.role.value}|{public.hex()}|{how}".encode()
