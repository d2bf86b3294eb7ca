"""The recovery code on the sealed sheet: a second way in that needs no memory, only paper.

Eight groups of five digits: four random ones and a check digit (ISO 7064 MOD 11,10 over the group's
number and its digits), so that a slip names the very group. 32 random digits are 106 bits, too many
to guess, so no slow derivation is needed.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.problem import UserError
from app.vault import boxes
from app.vault.old_slots import RECOVERY_ALGORITHM, OldRecoverySlot, open_recovery
from app.vault.sealing import seal, unseal
from app.vault.slots import Keys, empty, fill

GROUPS, DIGITS = 8, 4
SALT_BYTES, KEY_BYTES = 16, 32
KIND = "recovery"


@dataclass(frozen=True)
class RecoverySlot:
    """The data key in boxes for the holder of the code. The code itself is kept nowhere."""

    public: bytes
    boxes: Mapping[int, bytes]
    salt: bytes
    nonce: bytes
    wrapped: bytes = field(repr=False)


def new_code() -> str:
    """`12345 67890 …`: eight groups, ready to print."""
    import secrets

    groups = (f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}" for _ in range(GROUPS))
    return " ".join(group + _check(number, group) for number, group in enumerate(groups, 1))


def read_code(typed: str) -> str:
    """The 32 random digits of a code as typed. Raises UserError naming the group to look at again."""
    digits = "".join(one for one in unicodedata.normalize("NFKC", typed) if not one.isspace() and one != "-")
    if not digits.isascii() or not digits.isdigit() or len(digits) != GROUPS * (DIGITS + 1):
        raise UserError(f"恢复码是 {GROUPS} 组、每组 5 个数字，照着纸再对一遍。", field="code")
    found = []
    for number in range(1, GROUPS + 1):
        group = digits[(number - 1) * 5 : number * 5]
        if group[-1] != _check(number, group[:DIGITS]):
            raise UserError(f"恢复码第 {number} 组抄错了，照着纸再看一眼。", field=f"code.{number}")
        found.append(group[:DIGITS])
    return "".join(found)


def close_slot(store_id: str, code: str, keys: Keys) -> RecoverySlot:
    """A new slot for `code`."""
    private, public = boxes.new_pair()
    salt = os.urandom(SALT_BYTES)
    nonce, wrapped = seal(secret_of(code, salt), private, _bound_to(store_id, public))
    return RecoverySlot(public, fill(store_id, KIND, "", public, keys), salt, nonce, wrapped)


def open_slot(store_id: str, slot: RecoverySlot | OldRecoverySlot, code: str) -> dict[int, bytes] | None:
    """The data keys, or None when the code belongs to another sheet. Raises UserError on a slip."""
    secret = secret_of(code, slot.salt)
    if isinstance(slot, OldRecoverySlot):
        return open_recovery(store_id, slot, secret)
    private = unseal(secret, slot.nonce, slot.wrapped, _bound_to(store_id, slot.public))
    return empty(store_id, KIND, "", private, slot.boxes) if private else None


def secret_of(code: str, salt: bytes) -> bytes:
    """32 bytes from the digits of the code, which are too many to guess. Raises UserError on a slip."""
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    made = HKDF(hashes.SHA256(), KEY_BYTES, salt, RECOVERY_ALGORITHM.encode())
    return made.derive(read_code(code).encode())


def _bound_to(store_id: str, public: bytes) -> bytes:
    return f"{KIND}|{store_id}|{public.hex()}".encode()


def _check(number: int, digits: str) -> str:
    product = 10
    for digit in f"{number}{digits}":
        product = ((product + int(digit)) % 10 or 10) * 2 % 11
    return str((11 - product) % 10)
