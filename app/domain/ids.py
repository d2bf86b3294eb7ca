"""Identifiers that two offline devices can never make alike."""

from __future__ import annotations

import secrets
from datetime import datetime
from uuid import UUID

# No 0/O, 1/I/L, 2/Z, 5/S, 8/B: a list number is read aloud over a bad line and copied by hand.
CODE_ALPHABET = "3467ACDEFGHJKMNPQRTUVWXY9"
CODE_LENGTH = 6


def new_id(at: datetime) -> str:
    """A UUIDv7 (RFC 9562 §5.7): 48 bits of `at` in ms, then 74 random bits.

    The time part only keeps rows of one day together in the file; uniqueness rests on the random
    part, because a device's clock may be years wrong and a rolled-back disk would reuse counters.
    """
    milliseconds = int(at.timestamp() * 1000) & 0xFFFF_FFFF_FFFF
    noise = int.from_bytes(secrets.token_bytes(10))
    high = (milliseconds << 16) | 0x7000 | (noise >> 68 & 0x0FFF)
    low = 0x8000_0000_0000_0000 | (noise & 0x3FFF_FFFF_FFFF_FFFF)
    return str(UUID(int=(high << 64) | low))


def new_code() -> str:
    """The six characters printed on a checklist, so that a caller can be helped by number."""
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))
