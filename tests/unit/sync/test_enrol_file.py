"""How the two files of an enrolment by stick are laid out: bytes that stay as they are, and bounds."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.device import NO_LINE
from app.vault import parcels
from sync.client import enrol_stick
from sync.client.keys import NewDevice, public_keys
from sync.protocol import codec, codes
from sync.protocol import enrol_file as layout
from sync.protocol.errors import Refused, TooLarge
from sync.protocol.messages import Enrol

GOLDEN = Path(__file__).resolve().parents[2] / "vectors" / "protocol" / "v1"
QUESTION, ANSWER = GOLDEN / "enrol.sftask", GOLDEN / "enrol.sfttold"
CODE = codes.spell(bytes(range(16)))
NEW = NewDevice("device-1", "replica-1", bytes(range(32)))
MADE = datetime(2026, 11, 20, 1, 30, tzinfo=UTC)


def asked_in(raw: bytes) -> Enrol:
    """What the county reads in a question, once every proof holds."""
    parts = layout.apart(raw)
    bare = codes.normal(CODE)
    assert bare is not None
    key = codes.key_for(codes.fingerprint(bare), layout.ASK_KEY)
    content = parcels.unlock(parts.sealed, key, parts.bound_to)
    assert content is not None
    assert parcels.signed(public_keys(NEW.key)[0], parts.base, parts.proof)
    return codec.decode_enrol(content)


def test_the_question_that_was_frozen_is_read_and_written_alike() -> None:
    frozen = QUESTION.read_bytes()
    asked = asked_in(frozen)
    assert (asked.device, asked.replica, asked.device_name) == ("device-1", "replica-1", "村部电脑")
    assert (asked.sign_key, asked.receive_key) == public_keys(NEW.key)
    made = enrol_stick.question(CODE, NEW, "村部电脑", "0.1.0", MADE)
    assert layout.apart(made).header == layout.apart(frozen).header
    assert layout.apart(made).bound_to == layout.apart(frozen).bound_to
    assert asked_in(made) == asked


def test_the_answer_that_was_frozen_is_read() -> None:
    read = enrol_stick.answer_in(ANSWER.read_bytes(), CODE, NEW)
    assert (read.pack, read.check) == (b"a pack", "8136 8746 0878 3831")
    identity = read.enrolment.identity
    assert (identity.county, identity.worker, identity.server) == ("439901", "worker-1", NO_LINE)
    assert (identity.device, identity.replica, identity.key) == (NEW.device, NEW.replica, NEW.key)
    assert dict(read.enrolment.villages) == {"439901101201": "茶园村"}
    assert identity.stick_key == bytes(range(64))


def test_what_a_code_gives_is_never_another() -> None:
    bare = codes.normal(CODE)
    assert bare is not None
    fingerprint = codes.fingerprint(bare)
    assert codes.file_name(fingerprint) == "ced4215290805f507b000611ac988181"
    keys = {codes.key_for(fingerprint, one) for one in (layout.ASK_KEY, layout.TOLD_KEY)}
    keys.add(codes.key_for(bare.encode(), layout.KEEP_KEY))
    assert len(keys) == 3
    assert codes.file_name(fingerprint) not in {one.hex()[:32] for one in (*keys, fingerprint)}


def test_one_other_key_gives_another_number() -> None:
    sign_key, receive_key = public_keys(NEW.key)
    number = layout.check_number(sign_key, receive_key, bytes(64))
    assert [len(group) for group in number.split(" ")] == [4, 4, 4, 4]
    assert number != layout.check_number(sign_key, receive_key, bytes(63) + b"1")
    assert number != layout.check_number(receive_key, sign_key, bytes(64))


@given(
    st.binary(max_size=300)
    | st.integers(0, 120).map(lambda cut: QUESTION.read_bytes()[:cut])
    | st.binary(max_size=90).map(lambda told: layout.MAGIC + len(told).to_bytes(2) + told + bytes(99))
)
def test_whatever_else_it_is_it_is_refused_in_form(raw: bytes) -> None:
    with pytest.raises(Refused):
        layout.apart(raw)


def test_bounds_hold() -> None:
    with pytest.raises(TooLarge):
        layout.apart(bytes(layout.FILE_BYTES + 1))
