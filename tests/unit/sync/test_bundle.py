"""How a stick's file is laid out: bytes that stay as they are, bounds, and cursors after an old answer."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.protocol import bundle
from sync.protocol.bundle import Frame, Header
from sync.protocol.errors import Malformed, Refused, TooLarge

GOLDEN = Path(__file__).resolve().parents[2] / "vectors" / "protocol" / "v1" / "stick.sftup"
HEADER = Header(bundle.UP, "439901", "device-1", "file-1", 1_795_000_000)
FRAMES = (
    Frame(bundle.PAGE, {}, b"packed"),
    Frame(bundle.PIECE, {"sha256": "ab", "offset": 0, "length": 3}, b"abc"),
    Frame(bundle.REFUSAL, {"error": "epoch", "words": "县里"}),
)


def laid_out() -> bytes:
    """A file as it is laid out, with the content left in plain and nothing signed."""
    return bundle.head(HEADER) + bytes(range(80)) + bundle.written(FRAMES) + bytes(64)


def test_the_layout_is_the_one_that_was_frozen() -> None:
    assert laid_out() == GOLDEN.read_bytes()


def test_what_was_frozen_is_read() -> None:
    sealed = bundle.apart(GOLDEN.read_bytes())
    assert sealed.header == HEADER
    assert sealed.box == bytes(range(80))
    assert tuple(bundle.frames_in(sealed.content)) == FRAMES


@given(st.binary(max_size=300) | st.integers(0, 200).map(lambda cut: laid_out()[:cut]))
def test_whatever_else_it_is_it_is_refused_in_form(raw: bytes) -> None:
    with pytest.raises(Refused):
        bundle.apart(raw)


@given(st.binary(max_size=200))
def test_a_content_of_any_bytes_ends_or_is_refused(raw: bytes) -> None:
    try:
        frames = list(bundle.frames_in(raw))
    except Refused:
        return
    assert bool(frames) == bool(raw)


def test_bounds_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(TooLarge):
        list(bundle.frames_in((4).to_bytes(4) + (2**31).to_bytes(4) + b"{}"))
    with pytest.raises(Malformed):
        list(bundle.frames_in((400).to_bytes(4) + bytes(4) + b"{}"))
    monkeypatch.setattr(bundle, "BUNDLE_BYTES", 100)
    with pytest.raises(TooLarge):
        bundle.apart(laid_out())


@pytest.mark.parametrize(
    ("held", "asked", "told", "after"),
    [
        ({"a": 5}, {"a": 5}, {"a": 9}, {"a": 9}),
        ({"a": 9}, {"a": 5}, {"a": 7}, {"a": 9}),  # old: never back
        ({"a": 0}, {"a": 5}, {"a": 9}, {"a": 0}),  # from 0 to 5 was not told
        ({"a": 9}, {"a": 5, "b": 5}, {"a": 7, "b": 7}, {"a": 9}),  # a village that was taken away since
        ({"a": 5, "b": 5}, {"a": 5, "b": 5}, {"a": 9}, {"a": 9}),  # one taken away
        ({"a": 5}, {"a": 5}, {"a": 9, "b": 9}, {"a": 9, "b": 9}),  # one given
        ({}, {}, {"a": 0}, {"a": 0}),
    ],
)
def test_cursors_only_go_forward_over_what_was_told(
    held: dict[str, int], asked: dict[str, int], told: dict[str, int], after: dict[str, int]
) -> None:
    assert bundle.forward(held, asked, told) == after
