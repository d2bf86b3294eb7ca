"""Single pages of an encrypted store, opened one by one when the file as a whole can no longer be.

SQLCipher 4 with a raw key: pages of 4096 bytes, of which the last 80 are the IV (16) and an
HMAC-SHA512 (64) over ciphertext, IV and page number; AES-256-CBC without padding. The first 16 bytes
of the file are the salt of the HMAC key and stand in place of SQLite's magic words.
Source: https://www.zetetic.net/sqlcipher/design/, compared with files of this program in the tests.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator

from cryptography.hazmat.primitives.ciphers import Cipher, modes
from cryptography.hazmat.primitives.ciphers.algorithms import AES256

PAGE_BYTES, RESERVED_BYTES = 4096, 80
SALT_BYTES, IV_BYTES, TAG_BYTES = 16, 16, 64
SALT_MASK, ITERATIONS = 0x3A, 2
MAGIC = b"SQLite format 3\0"


class Pages:
    """Opens pages of one store; `salt` None when nobody knows it any more and no page can be proved."""

    def __init__(self, key: bytes, salt: bytes | None) -> None:
        self._cipher = AES256(key)
        self.salt = salt
        self._proof = None if salt is None else hmac.new(_proof_key(key, salt), digestmod="sha512")

    def proved(self, number: int, page: bytes) -> bool:
        """Whether page `number` (from 1) is as the program wrote it, by its HMAC; False without a salt."""
        if self._proof is None or len(page) != PAGE_BYTES:
            return False
        proof = self._proof.copy()
        proof.update(page[SALT_BYTES if number == 1 else 0 : PAGE_BYTES - TAG_BYTES])
        proof.update(number.to_bytes(4, "little"))
        return hmac.compare_digest(proof.digest(), page[-TAG_BYTES:])

    def plain(self, number: int, page: bytes) -> bytes:
        """The content of page `number`, proved or not, without the reserved bytes: 4016 of them."""
        begin, end = SALT_BYTES if number == 1 else 0, PAGE_BYTES - RESERVED_BYTES
        worker = Cipher(self._cipher, modes.CBC(page[end : end + IV_BYTES])).decryptor()
        text = worker.update(page[begin:end]) + worker.finalize()
        return MAGIC + text if begin else text

    def open(self, number: int, page: bytes) -> bytes | None:
        """The content of page `number`, or None when it is not as the program wrote it."""
        return self.plain(number, page) if self.proved(number, page) else None


def near_salts(salt: bytes) -> Iterator[bytes]:
    """Salts of which at most one byte was changed into `salt`, itself first."""
    yield salt
    for place in range(SALT_BYTES):
        for value in range(256):
            if value != salt[place]:
                yield salt[:place] + bytes([value]) + salt[place + 1 :]


def _proof_key(key: bytes, salt: bytes) -> bytes:
    return hashlib.pbkdf2_hmac("sha512", key, bytes(one ^ SALT_MASK for one in salt), ITERATIONS, 32)
