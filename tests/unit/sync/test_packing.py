"""Messages grow small and come back letter by letter; no bytes make the reader take more than its bounds."""

from __future__ import annotations

import contextlib
import hashlib
import json
import random
import tracemalloc
import uuid
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from backports import zstd
from hypothesis import example, given
from hypothesis import strategies as st

from sync.protocol import codec, packing
from sync.protocol.errors import Malformed, TooLarge
from sync.protocol.ids_apart import AGAIN, NEW, put_back, set_apart
from sync.protocol.limits import MESSAGE_BYTES
from sync.protocol.packing import DICTIONARY_1, GZIP, pack, unpack

VECTORS = Path(__file__).parents[2] / "vectors" / "protocol" / "v1"
SHIPPED = {DICTIONARY_1: "a2b5b01edba9045da8030eedd94abf807c6e1152665a67ca6ccb77e4a3aea23a"}
NAMES = st.uuids().map(str)
TEXTS = st.recursive(
    st.none() | st.integers() | st.text(max_size=30) | NAMES,
    lambda inner: (
        st.lists(inner, max_size=6) | st.dictionaries(st.text(max_size=8) | NAMES, inner, max_size=6)
    ),
    max_leaves=40,
).map(lambda value: json.dumps(value, ensure_ascii=False).encode())


def raw_dictionary() -> zstd.ZstdDict:
    folder = Path(packing.__file__).parent
    return zstd.ZstdDict((folder / packing.DICTIONARIES[DICTIONARY_1]).read_bytes())


def framed(text: bytes, table: bytes = b"") -> bytes:
    """A frame with dictionary 1 around any bytes at all."""
    return zstd.compress(text, zstd_dict=raw_dictionary()) + table


@given(TEXTS, st.sampled_from([GZIP, DICTIONARY_1]))
def test_every_text_comes_back_letter_by_letter(text: bytes, how: int) -> None:
    assert unpack(pack(text, how)) == (text, how)


@given(TEXTS, st.sampled_from([GZIP, DICTIONARY_1]))
def test_no_more_text_comes_back_than_was_asked_for(text: bytes, how: int) -> None:
    assert unpack(pack(text, how), len(text)) == (text, how)
    with pytest.raises(TooLarge):
        unpack(pack(text, how), len(text) - 1)


@given(st.lists(NAMES, max_size=20), st.randoms())
def test_ids_are_set_apart_and_put_back_where_they_stood(names: list[str], rng: random.Random) -> None:
    text = " ".join(rng.choices([*names, "x"], k=30)).encode()
    apart, table = set_apart(text)
    assert put_back(apart, table, len(text)) == text
    assert not any(name.encode() in apart for name in names)


def test_an_id_in_capitals_is_left_as_it_is() -> None:
    text = f'"{str(uuid.uuid4()).upper()}"'.encode()
    assert set_apart(text) == (text, b"")


def test_a_dictionary_that_was_shipped_stays_for_ever() -> None:
    folder = Path(packing.__file__).parent
    found = {
        n: hashlib.sha256((folder / name).read_bytes()).hexdigest()
        for n, name in packing.DICTIONARIES.items()
    }
    assert found == SHIPPED
    assert raw_dictionary().dict_id == DICTIONARY_1


@pytest.mark.parametrize("name", ["exchange", "reply"])
def test_frozen_bytes_are_read_for_ever(name: str) -> None:
    text, how = unpack((VECTORS / f"{name}.zst").read_bytes())
    assert (text, how) == ((VECTORS / f"{name}.json").read_bytes(), DICTIONARY_1)


def test_a_small_message_is_packed_to_half_of_gzip() -> None:
    text = (VECTORS / "exchange.json").read_bytes()
    assert 2 * len(pack(text, DICTIONARY_1)) < len(pack(text, GZIP))


def test_a_computer_without_zstd_speaks_gzip(monkeypatch: pytest.MonkeyPatch) -> None:
    modern = pack(b"{}", DICTIONARY_1)
    monkeypatch.setattr(packing, "zstd", None)
    assert packing.best() == GZIP
    assert unpack(pack(b"{}", DICTIONARY_1)) == (b"{}", GZIP)
    with pytest.raises(Malformed):
        unpack(modern)


@pytest.mark.parametrize(
    "spoilt",
    [
        framed(b"{}")[:-1],
        framed(b"{}", b"\x00"),
        framed(b"{}") * 2,
        framed(NEW),
        framed(AGAIN + b"1;"),
        framed(AGAIN + b"0;", b"\x00" * 11),
        framed(NEW + AGAIN + b"2;", b"\x00" * 11),
        framed(NEW + AGAIN + b"0;", b"\x00" * 11),
        framed(NEW, b"\xff" * 11),
        framed(NEW, b"\x01" + bytes(10)),  # a time before 1970
        zstd.compress(b"{}"),
        zstd.compress(b"{}", options={zstd.CompressionParameter.content_size_flag: 0}),
    ],
)
def test_a_frame_that_is_not_whole_is_not_understood(spoilt: bytes) -> None:
    with pytest.raises(Malformed):
        unpack(spoilt)


BOMBS: list[Callable[[], bytes]] = [
    lambda: framed(bytes(64 * MESSAGE_BYTES)),
    lambda: framed(bytes(MESSAGE_BYTES + 1)),
    lambda: framed(NEW + (AGAIN + b"1;") * (MESSAGE_BYTES // 8), b"\x00" * 11),
    lambda: zlib.compress(bytes(64 * MESSAGE_BYTES), 9, 31),
]


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_does_not_go_off(bomb: Callable[[], bytes]) -> None:
    packed = bomb()
    tracemalloc.start()
    try:
        with pytest.raises((TooLarge, Malformed)):
            unpack(packed)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 4 * MESSAGE_BYTES


@given(st.data())
@example(None)
def test_no_change_of_a_real_message_breaks_the_reader(data: st.DataObject | None) -> None:
    """Flipped, cut and doubled bytes of frozen messages are read, or refused by name."""
    for name in ("exchange", "reply"):
        packed = bytearray((VECTORS / f"{name}.zst").read_bytes())
        if data is not None:
            for _ in range(data.draw(st.integers(1, 4))):
                packed[data.draw(st.integers(0, len(packed) - 1))] = data.draw(st.integers(0, 255))
            packed = packed[: data.draw(st.integers(0, len(packed)))] if data.draw(st.booleans()) else packed
        for decode in (codec.decode_exchange, lambda raw: codec.decode_reply(raw, ["op-1", "op-2"])):
            with contextlib.suppress(Malformed, TooLarge):
                decode(bytes(packed))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)


@given(
    st.sampled_from(["exchange", "exchange-short", "reply", "reply-short", "enrol", "enrolled"]), st.data()
)
def test_no_value_in_any_place_breaks_the_reader(name: str, data: st.DataObject) -> None:
    """One part of a real message replaced by anything JSON can say."""
    raw = json.loads((VECTORS / f"{name}.json").read_bytes())
    place = raw
    for _ in range(data.draw(st.integers(0, 3))):
        inner = [key for key, value in _items(place) if isinstance(value, dict | list) and value]
        if not inner:
            break
        place = place[data.draw(st.sampled_from(inner))]
    key = data.draw(st.sampled_from([key for key, _ in _items(place)]))
    place[key] = data.draw(JSON)
    packed = zlib.compress(json.dumps(raw).encode(), 1, 31)
    readers: list[Callable[[bytes], object]] = [
        codec.decode_exchange,
        lambda packed: codec.decode_reply(packed, ["op-1", "op-2"]),
        codec.decode_enrol,
        codec.decode_enrolled,
        codec.decode_pack,
    ]
    for read in readers:
        with contextlib.suppress(Malformed, TooLarge):
            read(packed)


def _items(place: dict[str, object] | list[object]) -> list[tuple[object, object]]:
    return list(place.items() if isinstance(place, dict) else enumerate(place))


def test_a_long_text_is_packed_harder_than_a_short_one_and_comes_back() -> None:
    rng = random.Random(7)
    words = [f"{rng.choice('张王李赵')}家{rng.choice('东南西北')}头{n}号，下月再看。" for n in range(300)]
    lines = [{"note": "".join(rng.sample(words, 3)), "at": rng.randrange(10**9)} for _ in range(1_500)]
    text = json.dumps(lines, ensure_ascii=False).encode()
    assert len(text) > packing.LARGE_BYTES
    packed = pack(text, DICTIONARY_1)
    assert unpack(packed) == (text, DICTIONARY_1)
    assert len(packed) < len(zstd.compress(text, level=packing.LEVEL, zstd_dict=raw_dictionary()))
