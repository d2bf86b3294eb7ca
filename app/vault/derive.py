"""From a passphrase to a key: slow on purpose, and measured on the machine it runs on."""

from __future__ import annotations

import time
from dataclasses import dataclass

KEY_BYTES = 32
SALT_BYTES = 16
TARGET_SECONDS = 0.5
# RFC 9106 §4, second recommended option, is 64 MiB and 3 passes; never go below OWASP's floor.
FLOOR_MEMORY_KIB = 19 * 1024
DEFAULT_MEMORY_KIB = 64 * 1024
LANES = 4
MAX_PASSES = 64


@dataclass(frozen=True)
class Cost:
    """Argon2id parameters (RFC 9106), kept beside the slot they were used for."""

    passes: int
    memory_kib: int = DEFAULT_MEMORY_KIB
    lanes: int = LANES


def calibrate(target_seconds: float = TARGET_SECONDS) -> Cost:
    """The cost that takes at least `target_seconds` on this machine with 64 MiB."""
    started = time.perf_counter()
    derive("measure", bytes(SALT_BYTES), Cost(passes=3))
    one_pass = max((time.perf_counter() - started) / 3, 1e-4)
    return Cost(passes=min(max(3, round(target_seconds / one_pass + 0.5)), MAX_PASSES))


def derive(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    """32 bytes. The passphrase is compared as typed: NFC, no trimming, so that spaces count."""
    import unicodedata

    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    function = Argon2id(
        salt=salt, length=KEY_BYTES, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory_kib
    )
    return function.derive(unicodedata.normalize("NFC", passphrase).encode())
