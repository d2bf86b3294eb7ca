"""Which algorithms new slots are made with: the register of profiles a county may choose from.

What was made under one profile opens under every other: each slot names its own algorithms.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.vault.derive import ARGON2ID, PBKDF2_SM3
from app.vault.sealing import AES_256_GCM, SM4_GCM


@dataclass(frozen=True)
class Profile:
    """`derivation` of `app.vault.derive`, `sealing` of `app.vault.sealing`, `stamp` of `app.vault.stamp`."""

    name: str
    derivation: str
    sealing: str
    stamp: str


INTERNATIONAL = Profile("international", ARGON2ID, AES_256_GCM, "hmac-sha256")
# 国密: what the library offers of it. Boxes (HPKE) and the pages of the store stay with X25519 and AES.
GUOMI = Profile("guomi", PBKDF2_SM3, SM4_GCM, "hmac-sm3")
PROFILES = {one.name: one for one in (INTERNATIONAL, GUOMI)}
