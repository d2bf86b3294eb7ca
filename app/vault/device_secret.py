"""This computer's half of a passphrase that was bound to it: 32 bytes in the system's own keyring.

Credential Manager on Windows, the Secret Service on Linux desktops. Only a second factor, never the only
road: the recovery sheet and the county open without it. There is no fall-back: a keyring that keeps its
secrets in the clear would be worse than none, and then there is no binding.
"""

from __future__ import annotations

import base64
import binascii
import secrets
from typing import Any

SERVICE, NAME = "shoufangtong", "this computer"
SECRET_BYTES = 32
# Not keyrings: one refuses, one forgets, and those of keyrings.alt write files anybody can read.
USELESS = ("keyring.backends.fail", "keyring.backends.null", "keyrings.alt")


def get(make: bool = False) -> bytes | None:
    """The secret; with `make` a new one where there is none yet. None without a usable keyring."""
    ring = _keyring()
    if ring is None:
        return None
    try:
        kept = ring.get_password(SERVICE, NAME)
        if kept is None and make:
            ring.set_password(SERVICE, NAME, base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode())
            kept = ring.get_password(SERVICE, NAME)  # what was not kept must not bind anything
        found = base64.b64decode(kept, validate=True) if kept else b""
    except (_error(), binascii.Error, ValueError):
        return None
    return found if len(found) == SECRET_BYTES else None


def usable() -> bool:
    """Whether this computer has a keyring that keeps secrets."""
    return _keyring() is not None


def _keyring() -> Any:
    import keyring  # a tenth of a second, and most computers never bind anything

    try:
        ring = keyring.get_keyring()
    except _error():
        return None
    rings = [one for one in getattr(ring, "backends", [ring]) if _keeps(one)]
    return rings[0] if rings else None


def _keeps(ring: object) -> bool:
    return not type(ring).__module__.startswith(USELESS)


def _error() -> type[Exception]:
    from keyring.errors import KeyringError

    return KeyringError
