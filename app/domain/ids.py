"""Identifiers that two offline devices can never make alike."""

from __future__ import annotations

from datetime import UTC, date, datetime

from app.domain.workdays import china_day

# No 0/O, 1/I/L, 2/Z, 5/S, 8/B: a list number is read aloud over a bad line and copied by hand.
CODE_ALPHABET = "3467ACDEFGHJKMNPQRTUVWXY9"
CODE_LENGTH = 6


_last = 0


def new_id(at: datetime) -> str:
    """A UUIDv7 (RFC 9562 §5.7): 48 bits of `at` in ms, then 74 random bits.

    Ids made one after another in this program sort in that order even within one millisecond
    (RFC 9562 §6.2, method 2). Uniqueness rests on the random part, never on the clock: a device's
    clock may be years wrong, and a disk that was rolled back would reuse counters.
    """
    import secrets  # both bring OpenSSL along, and the lock page, which needs no id, must stand at once
    from uuid import UUID

    global _last
    milliseconds = int(at.timestamp() * 1000) & 0xFFFF_FFFF_FFFF
    noise = int.from_bytes(secrets.token_bytes(10))
    high = (milliseconds << 16) | 0x7000 | (noise >> 68 & 0x0FFF)
    made = (high << 64) | 0x8000_0000_0000_0000 | (noise & 0x1FFF_FFFF_FFFF_FFFF)
    if made >> 80 == _last >> 80 and made <= _last:
        made = _last + 1 + secrets.randbits(40)
    _last = made
    return str(UUID(int=made))


def new_code() -> str:
    """The six characters printed on a checklist, so that a caller can be helped by number."""
    import secrets

    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))


def made_on(record: str) -> date | None:
    """The day in China on which an id of `new_id` was made; None for an id of another making."""
    from uuid import UUID

    try:
        made = UUID(record)
    except ValueError:
        return None
    if made.version != 7:
        return None
    return china_day(datetime.fromtimestamp((made.int >> 80) / 1000, UTC))
