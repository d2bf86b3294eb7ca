"""How a computer that was enrolled before the county made a key knows that the key is the county's.

At enrolment it told the county, and nobody else, the public half of its receive key; it never travels
again. Whoever proves to know it is the county that enrolled this computer, even where a gateway has
taken the place of the line's own proof since.
"""

from __future__ import annotations

import hashlib
import hmac

PURPOSE = b"shoufangtong county keys 1"


def proof(receive_key: bytes, county: str, device: str, escrow: bytes, pack_key: bytes) -> bytes:
    """32 bytes that only the county and this device can work out: HMAC-SHA256 over both keys and whose
    they are, under a key made of the device's public receive key."""
    key = hmac.digest(PURPOSE, receive_key, "sha256")
    words = b"".join(
        len(part).to_bytes(2) + part for part in (county.encode(), device.encode(), escrow, pack_key)
    )
    return hmac.digest(key, words, "sha256")


def stick_proof(receive_key: bytes, county: str, device: str, stick: bytes) -> bytes:
    """The same for the keys for sticks, 64 bytes: no other key is so long, so neither passes for another."""
    return proof(receive_key, county, device, stick, b"")


def proven(claimed: bytes, expected: bytes) -> bool:
    """Whether they are the same, in a time that tells nothing."""
    return hmac.compare_digest(hashlib.sha256(claimed).digest(), hashlib.sha256(expected).digest())
