"""The county's signature on a policy pack: Ed25519 (RFC 8032) over the pack's manifest.

The private key lies in a file of the county under a passphrase; every enrolled computer knows the public
half.
"""

from __future__ import annotations

from app.domain.packs.signed_pack import signed_words

KEY_BYTES = 32


def new_key() -> bytes:
    """A private key: 32 random bytes."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.generate().private_bytes_raw()


def public_of(private: bytes) -> bytes:
    """The public half, 32 bytes."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def sign(private: bytes, manifest: bytes) -> bytes:
    """The signature, 64 bytes."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(private).sign(signed_words(manifest))


def holds(public: bytes, manifest: bytes, signature: bytes) -> bool:
    """Whether the holder of the key signed exactly this manifest."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, signed_words(manifest))
    except (InvalidSignature, ValueError):
        return False
    return True
