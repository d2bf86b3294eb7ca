"""One-time enrolment codes: 128 random bits that can be read from paper and checked before sending.

Crockford's base 32 has no I, L, O or U; whoever types them is understood anyway. The last two
characters are a check, so a slip of the pen is found without asking the county.
"""

from __future__ import annotations

import hashlib
import hmac

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SECRET_BYTES = 16
SECRET_CHARACTERS = 26
GROUP = 4
_AS_MEANT = str.maketrans("ILO", "110")


def spell(secret: bytes) -> str:
    """The code for 16 random bytes, in groups: `7Q2M-…`, 28 characters without the dashes."""
    number = int.from_bytes(secret)
    digits = "".join(ALPHABET[number >> shift & 31] for shift in range(5 * (SECRET_CHARACTERS - 1), -1, -5))
    code = digits + _check(digits)
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def normal(typed: str) -> str | None:
    """The bare code a person meant by `typed`, or None when it cannot be one that was printed."""
    code = "".join(c for c in typed.upper() if c.isalnum()).translate(_AS_MEANT)
    if len(code) != SECRET_CHARACTERS + 2 or any(c not in ALPHABET for c in code):
        return None
    return code if _check(code[:SECRET_CHARACTERS]) == code[SECRET_CHARACTERS:] else None


def fingerprint(code: str) -> bytes:
    """What the county keeps of a bare code. One SHA-256 is enough for 128 random bits."""
    return hashlib.sha256(b"enrol|" + code.encode()).digest()


def file_name(fingerprint: bytes) -> str:
    """What a file says of the code it is about, 32 hex digits; it tells nobody the code, nor its keys."""
    return hashlib.sha256(b"enrol file|" + fingerprint).hexdigest()[:32]


def key_for(secret: bytes, purpose: bytes) -> bytes:
    """A key of 32 bytes for one purpose. From a fingerprint both sides can make it, from a bare code only
    whoever holds the paper."""
    return hmac.digest(secret, b"shoufangtong code key 1|" + purpose, "sha256")


def _check(digits: str) -> str:
    mark = int.from_bytes(hashlib.sha256(digits.encode()).digest()[:2])
    return ALPHABET[mark >> 5 & 31] + ALPHABET[mark & 31]
