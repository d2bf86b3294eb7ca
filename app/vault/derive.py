"""From a passphrase to a key: slow on purpose, and measured on the machine it runs on.

Two derivations are known by name, and every slot says which it was made with: Argon2id (RFC 9106), and
PBKDF2 over SM3 (GB/T 32905, GM/T 0091) for a county that asks for 国密.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

KEY_BYTES = 32
SALT_BYTES = 16
TARGET_SECONDS = 0.5
# RFC 9106 §4, second recommended option, is 64 MiB and 3 passes; never go below OWASP's floor.
FLOOR_MEMORY_KIB = 19 * 1024
DEFAULT_MEMORY_KIB = 64 * 1024
MAX_MEMORY_KIB = 1024 * 1024
LANES = 4
MAX_PASSES = 64
# PBKDF2 needs no memory, so it must make up for it in passes.
FLOOR_SM3_PASSES, MAX_SM3_PASSES = 200_000, 50_000_000

ARGON2ID = "argon2id"
PBKDF2_SM3 = "pbkdf2-hmac-sm3"


@dataclass(frozen=True)
class Cost:
    """Passes, memory in KiB and lanes of Argon2id; kept beside the slot they were used for.

    PBKDF2 has passes only: memory 0, one lane.
    """

    passes: int
    memory_kib: int = DEFAULT_MEMORY_KIB
    lanes: int = LANES


def calibrate(algorithm: str = ARGON2ID, target_seconds: float = TARGET_SECONDS) -> Cost:
    """The cost that takes at least `target_seconds` on this machine."""
    trial = Cost(passes=3) if algorithm == ARGON2ID else Cost(FLOOR_SM3_PASSES // 10, 0, 1)
    started = time.perf_counter()
    derive("measure", bytes(SALT_BYTES), trial, algorithm)
    one_pass = max((time.perf_counter() - started) / trial.passes, 1e-8)
    passes = round(target_seconds / one_pass + 0.5)
    if algorithm == ARGON2ID:
        return Cost(passes=min(max(3, passes), MAX_PASSES))
    return Cost(min(max(FLOOR_SM3_PASSES, passes), MAX_SM3_PASSES), 0, 1)


def derive(passphrase: str, salt: bytes, cost: Cost, algorithm: str = ARGON2ID) -> bytes:
    """32 bytes. The passphrase is compared as typed: NFC, no trimming, so that spaces count.

    Raises KeyError for a derivation this release does not know.
    """
    import unicodedata

    return DERIVATIONS[algorithm](unicodedata.normalize("NFC", passphrase).encode(), salt, cost)


def check_cost(cost: Cost, algorithm: str = ARGON2ID) -> Cost:
    """`cost` itself. ValueError for one no release would write: a changed file must neither weaken the
    derivation nor make it eat the machine."""
    if algorithm == ARGON2ID:
        memory = FLOOR_MEMORY_KIB <= cost.memory_kib <= MAX_MEMORY_KIB
        sane = memory and 1 <= cost.passes <= MAX_PASSES and 1 <= cost.lanes <= 4 * LANES
    else:
        sane = FLOOR_SM3_PASSES <= cost.passes <= MAX_SM3_PASSES and (cost.memory_kib, cost.lanes) == (0, 1)
    if not sane:
        raise ValueError("implausible derivation cost")
    return cost


def _argon2id(passphrase: bytes, salt: bytes, cost: Cost) -> bytes:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    function = Argon2id(
        salt=salt, length=KEY_BYTES, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory_kib
    )
    return function.derive(passphrase)


def _pbkdf2_sm3(passphrase: bytes, salt: bytes, cost: Cost) -> bytes:
    from cryptography.hazmat.primitives.hashes import SM3
    from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

    return PBKDF2HMAC(SM3(), KEY_BYTES, salt, cost.passes).derive(passphrase)


DERIVATIONS: dict[str, Callable[[bytes, bytes, Cost], bytes]] = {
    ARGON2ID: _argon2id,
    PBKDF2_SM3: _pbkdf2_sm3,
}
