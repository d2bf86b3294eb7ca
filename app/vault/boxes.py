"""A key put into a box that only the holder of a private key can open: HPKE (RFC 9180), base mode.

DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. A box can be filled without the holder being there: so
the data key can be changed while only one of several workers is at the computer.
"""

from __future__ import annotations

from typing import Any

KEY_BYTES = 32
BOX_BYTES = 32 + KEY_BYTES + 16  # the one-time public key, the key inside, its authentication tag
ALGORITHM = "hpke-x25519-hkdf-sha256-aes-256-gcm"


def new_pair() -> tuple[bytes, bytes]:
    """(private, public), 32 raw bytes each."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    private = X25519PrivateKey.generate()
    return private.private_bytes_raw(), private.public_key().public_bytes_raw()


def public_of(private: bytes) -> bytes:
    """The public half."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def put(public: bytes, key: bytes, bound_to: bytes) -> bytes:
    """The box with the 32-byte `key`; `bound_to` must be the same on opening."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

    return bytes(_suite().encrypt(key, X25519PublicKey.from_public_bytes(public), info=bound_to))


def take(private: bytes, box: bytes, bound_to: bytes) -> bytes | None:
    """What is in the box, or None when it is another's, bound to something else, or was changed."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    try:
        return bytes(_suite().decrypt(box, X25519PrivateKey.from_private_bytes(private), info=bound_to))
    except (InvalidTag, ValueError):
        return None


def _suite() -> Any:
    from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

    return Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
