"""Enrolment codes read aloud, pauses that grow, tries that run out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.problem import Offline
from sync.client.backoff import wait_after
from sync.client.http import Busy
from sync.client.pace import Pace
from sync.protocol import codes
from sync.protocol.limits import BATCH_BYTES, BATCH_FLOOR_BYTES, ROWS, ROWS_FLOOR
from sync.server.tries import ALLOWED, WINDOW_SECONDS, Tries


@given(st.binary(min_size=16, max_size=16))
def test_a_code_is_understood_however_it_is_typed(secret: bytes) -> None:
    code = codes.spell(secret)
    bare = codes.normal(code)
    assert bare is not None
    assert len(code.split("-")) == 7
    sloppy = code.replace("-", " ").lower().replace("0", "o").replace("1", "l")
    assert codes.normal(sloppy) == bare
    assert len(codes.fingerprint(bare)) == 32


def test_a_slip_of_one_character_is_found() -> None:
    bare = codes.normal(codes.spell(bytes(range(16))))
    assert bare is not None
    others = [c for c in codes.ALPHABET if c != bare[5]]
    assert not [c for c in others if codes.normal(bare[:5] + c + bare[6:])]
    assert codes.normal(bare[:-1]) is None
    assert codes.normal("") is None
    assert codes.normal("登记码") is None


def test_two_secrets_have_two_codes() -> None:
    assert codes.spell(bytes(16)) != codes.spell(bytes([128]) + bytes(15))


def test_pauses_double_to_what_the_screen_promises() -> None:
    pauses = [wait_after(Offline(""), n, 0) for n in range(1, 9)]
    assert pauses[:3] == [timedelta(seconds=30), timedelta(seconds=60), timedelta(seconds=120)]
    assert pauses[-1] == timedelta(minutes=10)
    assert wait_after(Offline(""), 10**9, 0) == timedelta(minutes=10)
    assert wait_after(Busy(""), 1, 0) == timedelta(minutes=10)
    assert wait_after(Busy(""), 1, 1) == timedelta(minutes=12)
    with pytest.raises(ValueError, match="failures"):
        wait_after(Busy(""), 0, 0)


def test_a_request_shrinks_to_a_floor_and_grows_back() -> None:
    pace: Pace | None = Pace()
    seen = []
    while pace is not None:
        seen.append(pace)
        pace = pace.slower()
    assert seen[-1] == Pace(BATCH_FLOOR_BYTES, ROWS_FLOOR)
    assert seen[-1].faster() == Pace(2 * BATCH_FLOOR_BYTES, 4 * ROWS_FLOOR)
    assert Pace().faster() == Pace(BATCH_BYTES, ROWS)


def test_wrong_tries_run_out_for_one_address_and_come_back() -> None:
    tries = Tries()
    for number in range(ALLOWED):
        assert tries.allowed("a", number)
        tries.failed("a", number)
    assert not tries.allowed("a", ALLOWED)
    assert tries.allowed("b", ALLOWED)
    assert tries.allowed("a", WINDOW_SECONDS + 0.5)
