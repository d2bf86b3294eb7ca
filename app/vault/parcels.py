"""A file for one reader, from one writer, that others carry: content sealed, the whole signed.

A fresh content key lies in an HPKE box (`boxes`); the content follows in segments of AES-256-GCM, each under
the number of its place, the last one marked, so that none can be left out, moved or cut off. Over everything
goes an Ed25519 signature. One 32-byte seed is a party's whole secret: it signs, and what it opens boxes with
is derived from it. How a file is laid out is `sync.protocol.bundle`; why it is so, decision 48.
"""

from __future__ import annotations

import os

SEGMENT_BYTES = 64 * 1024
TAG_BYTES = 16
KEY_BYTES = 32
NONCE_BYTES = 12
PUBLIC_BYTES = 64  # to check signatures, and to seal for
RECEIVE_PURPOSE = b"shoufangtong county stick key 1"


def public_of(seed: bytes) -> bytes:
    """What others are told of a county's seed: its Ed25519 and X25519 public keys, 32 bytes each."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from app.vault import boxes

    signer = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
    return signer + boxes.public_of(opener_of(seed))


def opener_of(seed: bytes) -> bytes:
    """The X25519 private key that belongs to a county's seed."""
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(hashes.SHA256(), KEY_BYTES, salt=None, info=RECEIVE_PURPOSE).derive(seed)


def seal(content: bytes, public: bytes, bound_to: bytes) -> tuple[bytes, bytes]:
    """(box, sealed content) for the holder of `public`."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    from app.vault import boxes

    key = os.urandom(KEY_BYTES)
    cipher = AESGCM(key)
    starts = range(0, max(len(content), 1), SEGMENT_BYTES)
    parts = [
        cipher.encrypt(_nonce(place, place == len(starts) - 1), content[at : at + SEGMENT_BYTES], None)
        for place, at in enumerate(starts)
    ]
    return boxes.put(public, key, bound_to), b"".join(parts)


def unseal(box: bytes, sealed: bytes, private: bytes, bound_to: bytes) -> bytes | None:
    """The content, or None when it is another's or anything in it was changed, moved or cut off."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    from app.vault import boxes

    key = boxes.take(private, box, bound_to)
    if key is None:
        return None
    cipher, step = AESGCM(key), SEGMENT_BYTES + TAG_BYTES
    starts = range(0, len(sealed), step)
    try:
        return b"".join(
            cipher.decrypt(_nonce(place, place == len(starts) - 1), sealed[at : at + step], None)
            for place, at in enumerate(starts)
        )
    except (InvalidTag, ValueError):
        return None


def lock(content: bytes, key: bytes, bound_to: bytes) -> bytes:
    """Small content under a key both sides have already: a nonce of 12 bytes, then AES-256-GCM."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, content, bound_to)


def unlock(locked: bytes, key: bytes, bound_to: bytes) -> bytes | None:
    """The content, or None when the key is another or anything was changed."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(key).decrypt(locked[:NONCE_BYTES], locked[NONCE_BYTES:], bound_to)
    except (InvalidTag, ValueError):
        return None


def sign(seed: bytes, base: bytes) -> bytes:
    """The signature, 64 bytes."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(seed).sign(base)


def signed(public: bytes, base: bytes, signature: bytes) -> bool:
    """Whether the holder of the key signed exactly this."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, base)
    except (InvalidSignature, ValueError):
        return False
    return True


def _nonce(place: int, last: bool) -> bytes:
    return place.to_bytes(11) + bytes([last])
