"""Messages keep their frozen spelling, survive the journey, and never exceed their bounds."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.change import Change, Incoming, Outcome, Receipt, Verb
from sync.client.keys import public_keys, signed_headers
from sync.protocol import codec
from sync.protocol.errors import Malformed, Refused, TooLarge
from sync.protocol.limits import MESSAGE_BYTES, OPS, PACKED_BYTES
from sync.protocol.messages import FORM, KNOWS_ESCROW, Enrol, Enrolled, Exchange, Reply
from sync.protocol.signing import read_headers
from sync.protocol.wire import op_of
from tests.sync.county import AT, BRIDGE, COUNTY, TEA

VECTORS = Path(__file__).parents[2] / "vectors" / "protocol" / "v1"
SEED = bytes(range(32))
SIGN_KEY, RECEIVE_KEY = public_keys(SEED)

NEW = Change(
    "op-1", "h1", "household", TEA, Verb.NEW, {"door": (None, "3号"), "tags": (None, ["独居"])}, AT, "w1"
)
MOVE = Change(
    "op-2",
    "t1",
    "ticket",
    BRIDGE,
    Verb.MOVE,
    {"state": ("triaged", "instant"), "owner": ("w1", "w1")},
    AT,
    "w1",
    "来访",
)
EXCHANGE = Exchange("r1", "e1", (op_of(NEW), op_of(MOVE)), {TEA: 7, BRIDGE: 0}, 500, "0.1.0")
REPLY = Reply(
    epoch="e1",
    receipts=(Receipt("op-1", Outcome.APPLIED, 8), Receipt("op-2", Outcome.REJECTED, 9)),
    rows=(
        Incoming("h1", "household", TEA, 8, False, {"door": "3号", "facts": {"income_fen": 120000}}),
        Incoming("h2", "household", TEA, 5, True, {}),
        Incoming("h3", "household", BRIDGE, 6, False, {}, left=True),
    ),
    cursors={TEA: 9, BRIDGE: 9},
    more=True,
    now=AT,
    durable=4,
    villages={TEA: "茶园村", BRIDGE: "石桥村"},
    reused=("op-0",),
)
SHORT_EXCHANGE = replace(
    EXCHANGE, packing=1, reads=FORM, need=frozenset({"h1", "h2"}), differ=(TEA,), knows=KNOWS_ESCROW
)
SHORT_REPLY = replace(
    REPLY,
    receipts=(Receipt("op-1", Outcome.APPLIED, 8), Receipt("op-2", Outcome.APPLIED, 9)),
    rows=(Incoming("h1", "household", TEA, 8, False, {}, echo="abcdefghijk"),),
    more=False,
    digests={TEA: 2**64 - 1, BRIDGE: 0},
)
ENROL = Enrol("7Q2M-0000", "d1", "r1", "村部电脑", SIGN_KEY, RECEIVE_KEY, "0.1.0")
ENROLLED = Enrolled("d1", COUNTY, "模拟县", "e1", "w1", "向海燕", {TEA: "茶园村"})
MESSAGES: dict[str, tuple[Callable[[Any], bytes], Callable[[bytes], Any], Any]] = {
    "exchange": (codec.encode_exchange, codec.decode_exchange, EXCHANGE),
    "exchange-new-life": (
        codec.encode_exchange,
        codec.decode_exchange,
        replace(EXCHANGE, former={"op-2": 95}, copies=(REPLY.rows[0], REPLY.rows[1])),
    ),
    "exchange-put-back": (codec.encode_exchange, codec.decode_exchange, replace(EXCHANGE, was="r0")),
    "exchange-short": (codec.encode_exchange, codec.decode_exchange, SHORT_EXCHANGE),
    "reply-short": (
        lambda message: codec.encode_reply(message, FORM),
        lambda data: codec.decode_reply(data, ["op-1", "op-2"]),
        SHORT_REPLY,
    ),
    "reply": (codec.encode_reply, lambda data: codec.decode_reply(data, ["op-1", "op-2"]), REPLY),
    "reply-left": (
        codec.encode_reply,
        lambda data: codec.decode_reply(data, ["op-1", "op-2"]),
        replace(REPLY, left=1200),
    ),
    "enrol": (codec.encode_enrol, codec.decode_enrol, ENROL),
    "enrolled": (codec.encode_enrolled, codec.decode_enrolled, ENROLLED),
}


def packed(message: Any) -> bytes:
    text = message if isinstance(message, bytes) else json.dumps(message).encode()
    return zlib.compress(text, 6, 31)


@pytest.mark.parametrize("name", MESSAGES)
def test_the_frozen_spelling_is_written_and_read_for_ever(name: str) -> None:
    encode, decode, message = MESSAGES[name]
    frozen = (VECTORS / f"{name}.json").read_bytes()
    assert zlib.decompress(encode(message), 31) == frozen
    assert decode(packed(frozen)) == message


def test_the_frozen_signature_is_made_and_understood_for_ever() -> None:
    frozen = json.loads((VECTORS / "signature.json").read_text(encoding="utf-8"))
    body = frozen["body"].encode()
    at = datetime.fromisoformat(frozen["at"])
    headers = signed_headers(frozen["path"], body, frozen["device"], bytes.fromhex(frozen["seed"]), at)
    assert headers == frozen["headers"]
    lower = {name.lower(): value for name, value in headers.items()}
    assert read_headers(lower, "POST", frozen["path"], body).base.decode() == frozen["base"]
    for name in ("content-digest", "signature-input", "signature"):
        with pytest.raises(Refused, match="bad_signature"):
            read_headers({**lower, name: lower[name].replace("=", "~", 1)}, "POST", frozen["path"], body)


def test_the_brief_claim_says_what_three_fields_say() -> None:
    frozen = json.loads((VECTORS / "signature.json").read_text(encoding="utf-8"))
    body, at = frozen["body"].encode(), datetime.fromisoformat(frozen["at"])
    brief = signed_headers(
        frozen["path"], body, frozen["device"], bytes.fromhex(frozen["seed"]), at, brief=True
    )
    (value,) = (value for name, value in brief.items() if name == "Shoufangtong-Protocol")
    assert value == frozen["brief"]
    full = {name.lower(): value for name, value in frozen["headers"].items()}
    lower = {"shoufangtong-protocol": value}
    assert read_headers(lower, "POST", frozen["path"], body) == read_headers(
        full, "POST", frozen["path"], body
    )
    for spoilt in (value[:-1], value + "A", value.replace(" ", "  ", 1), "2" + value[1:]):
        with pytest.raises(Refused, match="bad_signature"):
            read_headers({"shoufangtong-protocol": spoilt}, "POST", frozen["path"], body)


@pytest.mark.parametrize(
    "runs",
    [
        [],
        [[1, 8, "applied"]],
        [[3, 8, "applied"]],
        [[2, 8, "maybe"]],
        [[0, 8, "applied"], [2, 8, "applied"]],
        [[-1, 8, "applied"], [3, 8, "applied"]],
        [[2, 2**63 - 1, "applied"]],
        [[2, "8", "applied"]],
        [[2]],
        [2],
        [[10**12, 8, "applied"]],
    ],
)
def test_runs_of_receipts_fit_the_changes_or_are_not_believed(runs: list[Any]) -> None:
    raw = {**json.loads((VECTORS / "reply-short.json").read_bytes()), "runs": runs}
    with pytest.raises(Malformed):
        codec.decode_reply(packed(raw), ["op-1", "op-2"])


@given(st.lists(st.tuples(st.integers(1, 9), st.sampled_from(Outcome)), max_size=40))
def test_receipts_are_the_same_in_runs_and_one_by_one(steps: list[tuple[int, Outcome]]) -> None:
    seq, receipts = 0, []
    for number, (step, outcome) in enumerate(steps):
        seq += step
        receipts.append(Receipt(f"op-{number}", outcome, seq))
    message = replace(REPLY, receipts=tuple(receipts))
    sent = [receipt.change for receipt in receipts]
    told = [codec.decode_reply(codec.encode_reply(message, form), sent).receipts for form in (0, FORM)]
    assert told[0] == told[1] == message.receipts


def test_what_a_newer_side_adds_is_kept_in_changes_and_ignored_elsewhere() -> None:
    raw = json.loads((VECTORS / "exchange.json").read_bytes())
    raw["ops"][0]["hlc"] = "0192"
    raw["chain"] = {"n": 1}
    message = codec.decode_exchange(packed(raw))
    assert message.ops[0].payload["hlc"] == "0192"
    assert message.ops[0].change == NEW
    again = json.loads(zlib.decompress(codec.encode_exchange(message), 31))
    assert again["ops"][0] == raw["ops"][0]
    reply = json.loads((VECTORS / "reply.json").read_bytes())
    reply["rows"].append({"b": "g:policy", "id": "p", "t": "pack", "r": 3, "body": {}})
    assert codec.decode_reply(packed(reply), ["op-1", "op-2"]).rows == REPLY.rows


@pytest.mark.parametrize(
    "spoilt",
    [
        b"",
        b"plain",
        packed(b"{"),
        packed(b"[]"),
        packed(b'{"replica":"r","replica":"r"}'),
        packed(b'{"replica":NaN}'),
        packed(b'{"replica":"r","epoch":"e","future":1e400}'),
        packed(b"[" * 100_000),
        packed(b'{"replica":"r","epoch":"e","ops":' + b"[" * 70 + b"]" * 70 + b"}"),
        packed({"replica": "r"}),
        packed({"replica": "r", "epoch": "e", "cursors": {f"v:{TEA}": -1}}),
        packed({"replica": "r", "epoch": "e", "cursors": {f"v:{TEA}": True}}),
        packed({"replica": "r", "epoch": "e", "ops": [{}] * (OPS + 1)}),
        packed({"replica": "r", "epoch": "e", "ops": [{"op": "x" * 200, "id": "r", "t": "t", "b": "v:1"}]}),
        packed({"replica": "r", "epoch": "e", "ops": ["op"]}),
        packed({"replica": "r", "epoch": "e"}) + b"tail",
        packed({"replica": "r", "epoch": "e"})[:-4],
    ],
)
def test_what_is_not_a_message_is_never_half_understood(spoilt: bytes) -> None:
    with pytest.raises(Malformed):
        codec.decode_exchange(spoilt)


def test_nobody_is_made_to_swallow_the_sea() -> None:
    with pytest.raises(TooLarge):
        codec.decode_exchange(bytes(PACKED_BYTES + 1))
    with pytest.raises(TooLarge):
        codec.decode_exchange(zlib.compress(bytes(MESSAGE_BYTES + 1), 9, 31))
    with pytest.raises(TooLarge):
        codec.encode_exchange(Exchange("r", "e", (), {}, 1, "x" * MESSAGE_BYTES))


@pytest.mark.parametrize(
    "acks",
    [[], [[1, "applied"]] * 3, [[1, "maybe"]] * 2, [["1", "applied"]] * 2, [1, 2], [[1, ["applied"]]] * 2],
)
def test_receipts_fit_the_changes_or_are_not_believed(acks: list[Any]) -> None:
    raw = {**json.loads((VECTORS / "reply.json").read_bytes()), "acks": acks}
    with pytest.raises(Malformed):
        codec.decode_reply(packed(raw), ["op-1", "op-2"])


@given(st.text(max_size=40))
def test_any_text_a_keyboard_can_make_is_sent(text: str) -> None:
    one = Change("op", "h1", "household", TEA, Verb.NEW, {"note": (None, text)}, AT, "w1")
    (op,) = codec.decode_exchange(codec.encode_exchange(Exchange("r", "e", (op_of(one),), {}, 1))).ops
    assert op.payload == op_of(one).payload
    assert (op.change == one) is (op.fault == "")
    assert (op.fault == "bad_text") is any(c == "\0" or "\ud800" <= c <= "\udfff" for c in text)


@given(st.binary(max_size=200))
def test_no_bytes_can_break_the_reader(data: bytes) -> None:
    for attempt in (data, packed(data)):
        with pytest.raises((Malformed, TooLarge)):
            codec.decode_exchange(attempt)
