"""Files sealed in pieces: STREAM (Hoang, Reyhanitabar, Rogaway, Vizár 2015) over a cipher that is named.

64 KiB a piece. The nonce of a piece is the file's prefix, the number of the piece and whether it is the
last: a piece changed, lost, moved, or taken from another file does not open, nor does a file cut short.
Everything is bound to what the file belongs to, so that two files cannot change places.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from app.domain.problem import StorageFault
from app.files import write_pieces
from app.vault.sealing import AES_256_GCM, CIPHERS, SM4_GCM, TAG_BYTES

MAGIC = b"SFTF\x01"
KEY_BYTES = 32
PREFIX_BYTES = 7
PIECE_BYTES = 64 * 1024
HEADER_BYTES = len(MAGIC) + 1 + PREFIX_BYTES
# What the header says in one byte. Numbers are never used again for another cipher.
NUMBERS = {1: AES_256_GCM, 2: SM4_GCM}
DAMAGED = "这个附件坏了，打不开。别的都好。请从备份里找回它。"


class Damaged(StorageFault):
    """The file is not, from its first byte to its last, what was sealed for this place."""

    def __init__(self) -> None:
        super().__init__(DAMAGED)


def new_key() -> bytes:
    """A key for one file."""
    return os.urandom(KEY_BYTES)


def seal_pieces(
    pieces: Iterable[bytes], key: bytes, bound_to: bytes, algorithm: str = AES_256_GCM
) -> Iterator[bytes]:
    """The sealed file, piece by piece. `key` must never have sealed another file."""
    number = next(one for one, name in NUMBERS.items() if name == algorithm)
    header = MAGIC + bytes([number]) + os.urandom(PREFIX_BYTES)
    yield header
    close = CIPHERS[algorithm][0]
    waiting, count = b"", 0
    for piece in pieces:
        waiting += piece
        while len(waiting) > PIECE_BYTES:  # the last piece is told apart, so one is always held back
            yield close(key, _nonce(header, count, last=False), waiting[:PIECE_BYTES], header + bound_to)
            waiting, count = waiting[PIECE_BYTES:], count + 1
    yield close(key, _nonce(header, count, last=True), waiting, header + bound_to)


def open_pieces(file: BinaryIO, key: bytes, bound_to: bytes) -> Iterator[bytes]:
    """The plain pieces. Raises Damaged, at the latest before the last piece is given."""
    header = file.read(HEADER_BYTES)
    name = NUMBERS.get(header[len(MAGIC)]) if len(header) == HEADER_BYTES else None
    if name is None or not header.startswith(MAGIC):
        raise Damaged
    open_ = CIPHERS[name][1]
    sealed, count = file.read(PIECE_BYTES + TAG_BYTES), 0
    while True:
        after = file.read(PIECE_BYTES + TAG_BYTES)
        nonce = _nonce(header, count, last=not after)
        plain = open_(key, nonce, sealed, header + bound_to)
        if plain is None:
            raise Damaged
        yield plain
        if not after:
            return
        sealed, count = after, count + 1


def write_sealed(path: Path, data: bytes, key: bytes, bound_to: bytes, algorithm: str = AES_256_GCM) -> None:
    """Put `data` sealed into `path`, whole or not at all. Raises StorageFault when the disk refuses."""
    write_pieces(path, seal_pieces([data], key, bound_to, algorithm))


def read_sealed(path: Path, key: bytes, bound_to: bytes) -> bytes:
    """The plain content. Raises Damaged when the file is not there or not as it was sealed."""
    try:
        with path.open("rb") as file:
            return b"".join(open_pieces(file, key, bound_to))
    except OSError as error:
        raise Damaged from error


def _nonce(header: bytes, count: int, *, last: bool) -> bytes:
    return header[-PREFIX_BYTES:] + count.to_bytes(4, "big") + bytes([last])
