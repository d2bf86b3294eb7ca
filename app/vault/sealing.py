"""Wrapping a key under a secret, bound to what it is for; the ciphers are known by name.

AES-256-GCM (NIST SP 800-38D), and SM4-GCM (GB/T 32907, RFC 8998) for a county that asks for 国密. The
library is loaded at the first use: the lock page, which only shows names, must stand at once.
"""

from __future__ import annotations

import os
from collections.abc import Callable

NONCE_BYTES, TAG_BYTES = 12, 16
SM4_KEY_BYTES = 16

AES_256_GCM = "aes-256-gcm"
SM4_GCM = "sm4-gcm"

Encrypt = Callable[[bytes, bytes, bytes, bytes], bytes]
Decrypt = Callable[[bytes, bytes, bytes, bytes], bytes | None]


def seal(secret: bytes, data: bytes, bound_to: bytes, algorithm: str = AES_256_GCM) -> tuple[bytes, bytes]:
    """(nonce, wrapped). `secret` is 32 bytes; what it is bound to must be the same on opening.

    Raises KeyError for a cipher this release does not know.
    """
    nonce = os.urandom(NONCE_BYTES)
    return nonce, CIPHERS[algorithm][0](secret, nonce, data, bound_to)


def unseal(
    secret: bytes, nonce: bytes, wrapped: bytes, bound_to: bytes, algorithm: str = AES_256_GCM
) -> bytes | None:
    """The data, or None when the secret is wrong or anything was changed."""
    return CIPHERS[algorithm][1](secret, nonce, wrapped, bound_to)


def _aes_in(secret: bytes, nonce: bytes, data: bytes, bound_to: bytes) -> bytes:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(secret).encrypt(nonce, data, bound_to)


def _aes_out(secret: bytes, nonce: bytes, wrapped: bytes, bound_to: bytes) -> bytes | None:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(secret).decrypt(nonce, wrapped, bound_to)
    except InvalidTag:
        return None


def _sm4_in(secret: bytes, nonce: bytes, data: bytes, bound_to: bytes) -> bytes:
    from cryptography.hazmat.primitives.ciphers import Cipher, modes
    from cryptography.hazmat.primitives.ciphers.algorithms import SM4

    worker = Cipher(SM4(secret[:SM4_KEY_BYTES]), modes.GCM(nonce)).encryptor()
    worker.authenticate_additional_data(bound_to)
    return worker.update(data) + worker.finalize() + worker.tag


def _sm4_out(secret: bytes, nonce: bytes, wrapped: bytes, bound_to: bytes) -> bytes | None:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers import Cipher, modes
    from cryptography.hazmat.primitives.ciphers.algorithms import SM4

    body, tag = wrapped[:-TAG_BYTES], wrapped[-TAG_BYTES:]
    if len(tag) < TAG_BYTES:
        return None
    worker = Cipher(SM4(secret[:SM4_KEY_BYTES]), modes.GCM(nonce, tag)).decryptor()
    worker.authenticate_additional_data(bound_to)
    try:
        return worker.update(body) + worker.finalize()
    except InvalidTag:
        return None


CIPHERS: dict[str, tuple[Encrypt, Decrypt]] = {
    AES_256_GCM: (_aes_in, _aes_out),
    SM4_GCM: (_sm4_in, _sm4_out),
}
