"""Every key a message may hold, also the rare ones, has a frozen spelling that is read for ever."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.domain.change import LEFT_OUT, Incoming, Outcome, Receipt
from sync.client.keys import public_keys
from sync.protocol import blobs, codec, terms, trust
from sync.protocol.links import Forked, forked_in
from sync.protocol.lives import NewLife, new_life_in
from sync.protocol.messages import FORM, CountyKeys, Enrolled, Exchange, Reply
from sync.protocol.stopped import Stopped, proof, stopped_in
from tests.sync.county import AT, BRIDGE, COUNTY, TEA

VECTORS = Path(__file__).parents[2] / "vectors" / "protocol" / "v1"
_, RECEIVE_KEY = public_keys(bytes(range(32)))
BOX, SIGNER, STICK = bytes([1]) * 32, bytes([2]) * 32, bytes([3]) * 64
ASKED = Exchange("r1", "e1", (), {TEA: 7}, 500, "0.2.0")
RECEIPTS = (
    Receipt("op-1", Outcome.APPLIED, 8),
    Receipt("op-2", Outcome.CONFLICT, 9, "value"),
    Receipt("op-3", Outcome.QUARANTINED, 10, "out_of_scope"),
    Receipt("op-4", Outcome.QUARANTINED, 11, "out_of_scope"),
    Receipt("op-5", Outcome.REJECTED, 12, "moved_on"),
)
SAID = Reply("e1", RECEIPTS, (), {TEA: 12}, more=False, now=AT, villages={TEA: "茶园村"})
LATER = (
    Receipt("op-0", Outcome.APPLIED, 13),
    Receipt("op-00", Outcome.QUARANTINED, 14, f"{LEFT_OUT}不是这个村的，请镇里重报"),
)
TERMS = terms.told(
    *(RECEIVE_KEY, COUNTY, "d1", 15),
    {"minimum_release": "0.2", "pull_from": "2027-03-01", "lease_days": 45, "ask": "民政局办公室"},
)
KEYS = CountyKeys(
    *(BOX, SIGNER, trust.proof(RECEIVE_KEY, COUNTY, "d1", BOX, SIGNER)),
    *(STICK, trust.stick_proof(RECEIVE_KEY, COUNTY, "d1", STICK)),
)
ENROLLED = Enrolled(
    *("d1", COUNTY, "模拟县", "e1", "w1", "向海燕", {TEA: "茶园村"}),
    block=3, escrow=BOX, pack_key=SIGNER, stick=STICK,
)  # fmt: skip
LAST = replace(SAID, receipts=(), keys=KEYS, pack="2026.11", link="abcdefgh", to="01234567")


def read(data: bytes) -> Reply:
    return codec.decode_reply(data, [one.change for one in RECEIPTS])


def read_bare(data: bytes) -> Reply:
    return codec.decode_reply(data, ())


def in_runs(message: Reply) -> bytes:
    return codec.encode_reply(message, FORM)


Frozen = tuple[Callable[[Any], bytes], Callable[[bytes], Any], Any]
MESSAGES: dict[str, Frozen] = {
    "exchange-terms": (codec.encode_exchange, codec.decode_exchange, replace(ASKED, terms=15)),
    "exchange-no-terms-yet": (codec.encode_exchange, codec.decode_exchange, replace(ASKED, terms=0)),
    "exchange-late": (codec.encode_exchange, codec.decode_exchange, replace(ASKED, late=True)),
    "exchange-apart": (
        *(codec.encode_exchange, codec.decode_exchange),
        replace(ASKED, link="", was="r0", apart=True, knows=7),
    ),
    "exchange-at": (codec.encode_exchange, codec.decode_exchange, replace(ASKED, link="abcdefgh")),
    "reply-reasons": (codec.encode_reply, read, SAID),
    "reply-reasons-in-runs": (in_runs, read, SAID),
    "reply-settled": (codec.encode_reply, read, replace(SAID, settled=LATER)),
    "reply-last": (in_runs, read_bare, LAST),
    "reply-terms": (in_runs, read_bare, replace(SAID, receipts=(), terms=TERMS)),
    "reply-moved": (
        *(codec.encode_reply, read_bare),
        replace(SAID, receipts=(), rows=(Incoming("h3", "household", BRIDGE, 6, False, {}, left=True),)),
    ),
    "enrolled-keys": (codec.encode_enrolled, codec.decode_enrolled, ENROLLED),
    "pack": (codec.encode_pack, codec.decode_pack, b"SFTPACK\0\x01"),
    "blobs": (
        lambda hashes: codec.encode_plain(blobs.question(hashes)),
        lambda data: blobs.read_question(codec.decode_plain(data)),
        ("0" * 64, "ab" * 32),
    ),
    "blobs-answer": (
        lambda known: codec.encode_plain(blobs.answer(known)),
        lambda data: blobs.read_answer(codec.decode_plain(data), ["0" * 64, "ab" * 32]),
        {"0" * 64: blobs.Standing(120_000, False), "ab" * 32: blobs.Standing(300_000, True)},
    ),
}
REFUSALS: dict[str, tuple[Mapping[str, Any], Callable[[Mapping[str, Any]], Any]]] = {
    "fork": (Forked("abcdefgh").told, lambda said: _told(forked_in(said))),
    "fork-at-its-beginning": (Forked("").told, lambda said: _told(forked_in(said))),
    "stop": (
        Stopped(proof(RECEIVE_KEY, "d1", takes=False), takes=False).told,
        lambda said: _told(stopped_in(said)),
    ),
    "late": (Stopped(proof(RECEIVE_KEY, "d1")).told, lambda said: _told(stopped_in(said))),
    "epoch": (NewLife("e2", 95).told, lambda said: _told(new_life_in(said))),
}


def _told(refused: Any) -> dict[str, Any]:
    assert refused is not None
    return dict(refused.told)


@pytest.mark.parametrize("name", MESSAGES)
def test_what_is_rarely_said_is_spelt_and_read_so_for_ever(name: str) -> None:
    encode, decode, message = MESSAGES[name]
    frozen = (VECTORS / f"{name}.json").read_bytes()
    assert zlib.decompress(encode(message), 31) == frozen
    assert decode(zlib.compress(frozen, 6, 31)) == message


@pytest.mark.parametrize("name", REFUSALS)
def test_what_a_refusal_says_beside_its_code_is_understood_for_ever(name: str) -> None:
    told, read_again = REFUSALS[name]
    frozen = json.loads((VECTORS / "refusals.json").read_text(encoding="utf-8"))[name]
    said = {key: value for key, value in frozen.items() if key not in ("error", "words")}
    assert dict(told) == said
    assert read_again(frozen) == said


def test_the_frozen_terms_are_proven_by_the_frozen_key() -> None:
    raw = json.loads((VECTORS / "reply-terms.json").read_bytes())["terms"]
    assert terms.believed(RECEIVE_KEY, COUNTY, "d1", terms.read(raw))
    for key, value in (("n", 16), ("lease_days", 46), ("more", 1)):
        assert not terms.believed(RECEIVE_KEY, COUNTY, "d1", terms.read({**raw, key: value}))
    assert not terms.believed(RECEIVE_KEY, COUNTY, "d2", terms.read(raw))


def test_an_answer_and_a_request_without_the_newer_keys_are_read_as_before() -> None:
    assert codec.decode_exchange(_packed("exchange.json")).terms is None
    assert codec.decode_exchange(_packed("exchange-no-terms-yet.json")).terms == 0
    assert codec.decode_reply(_packed("reply.json"), ["op-1", "op-2"]).terms is None


def _packed(name: str) -> bytes:
    return zlib.compress((VECTORS / name).read_bytes(), 6, 31)
