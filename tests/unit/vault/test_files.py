"""A sealed file opens whole, for its own place, or not at all."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from app.vault.files import (
    HEADER_BYTES,
    PIECE_BYTES,
    Damaged,
    new_key,
    open_pieces,
    read_sealed,
    seal_pieces,
    write_sealed,
)
from app.vault.sealing import AES_256_GCM, SM4_GCM, TAG_BYTES

KEY, HERE = new_key(), b"attachment|a|r"
SIZES = (0, 1, PIECE_BYTES - 1, PIECE_BYTES, PIECE_BYTES + 1, 3 * PIECE_BYTES, 3 * PIECE_BYTES + 7)


def sealed(data: bytes, algorithm: str = AES_256_GCM) -> bytes:
    return b"".join(seal_pieces([data], KEY, HERE, algorithm))


def opened(raw: bytes, key: bytes = KEY, bound_to: bytes = HERE) -> bytes:
    return b"".join(open_pieces(io.BytesIO(raw), key, bound_to))


@pytest.mark.parametrize("algorithm", [AES_256_GCM, SM4_GCM])
@pytest.mark.parametrize("size", SIZES)
def test_every_size_comes_back(size: int, algorithm: str) -> None:
    data = bytes(range(256)) * (size // 256) + bytes(size % 256)
    raw = sealed(data, algorithm)
    assert opened(raw) == data
    assert data == b"" or data[:64] not in raw or size < 16
    for step in (1000, PIECE_BYTES, PIECE_BYTES + 1):
        parts = [data[at : at + step] for at in range(0, size, step)]
        assert opened(b"".join(seal_pieces(parts, KEY, HERE, algorithm))) == data


def test_any_changed_byte_is_noticed() -> None:
    raw = sealed(b"x" * 500)
    for place in range(len(raw)):
        changed = bytearray(raw)
        changed[place] ^= 1
        with pytest.raises(Damaged):
            opened(bytes(changed))


def test_pieces_cannot_be_left_out_moved_or_added() -> None:
    data = b"a" * PIECE_BYTES + b"b" * PIECE_BYTES + b"c" * 10
    raw = sealed(data)
    size = PIECE_BYTES + TAG_BYTES
    head, first, second, last = (
        raw[:HEADER_BYTES],
        raw[HEADER_BYTES : HEADER_BYTES + size],
        raw[HEADER_BYTES + size : HEADER_BYTES + 2 * size],
        raw[HEADER_BYTES + 2 * size :],
    )
    for wrong in (
        head + first,
        head + first + second,
        head + second + first + last,
        head + first + second + last + last,
        head + first + last,
        head + last,
        head,
        raw[:-1],
        raw[: HEADER_BYTES - 1],
        b"",
    ):
        with pytest.raises(Damaged):
            opened(wrong)


def test_it_opens_only_with_its_key_in_its_place() -> None:
    raw = sealed(b"x" * 10)
    with pytest.raises(Damaged):
        opened(raw, key=new_key())
    with pytest.raises(Damaged):
        opened(raw, bound_to=b"attachment|b|r")


def test_on_disk_it_is_whole_or_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / "one" / "a.bin"
    write_sealed(path, b"first", KEY, HERE)
    assert read_sealed(path, KEY, HERE) == b"first"
    (tmp_path / "one" / "a.bin.new").mkdir()  # the disk refuses
    with pytest.raises(Exception, match=r"盘没写进去|不让写"):
        write_sealed(path, b"second", KEY, HERE)
    assert read_sealed(path, KEY, HERE) == b"first"
    with pytest.raises(Damaged):
        read_sealed(tmp_path / "none.bin", KEY, HERE)
