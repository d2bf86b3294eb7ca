"""Messages to bytes and back: gzip of one JSON object, strict in form and bounded in size.

Keys that are not known are ignored, so that either side may be newer than the other.
"""

from __future__ import annotations

import base64
import json
import math
import zlib
from collections.abc import Mapping, Sequence
from typing import Any, Never

from sync.protocol.canonical import too_deep
from sync.protocol.errors import Malformed, TooLarge
from sync.protocol.limits import BLOCKS, DEPTH, MESSAGE_BYTES, OPS, PACKED_BYTES, PROTOCOL, ROWS, VILLAGES
from sync.protocol.messages import CountyKeys, Enrol, Enrolled, Exchange, Reply, bucket_of, village_of
from sync.protocol.receipts import ack, read_receipt, read_settled
from sync.protocol.wire import listing, mapping, moment, name_in, read_op, read_row, row_of, text_in, whole

GZIP = 31  # zlib's window bits for the gzip container
KEY_BYTES = 32
COUNTY_KEYS = ("escrow", "pack_key")


def encode_exchange(message: Exchange) -> bytes:
    """The packed bytes of a request."""
    told: dict[str, Any] = {
        "v": PROTOCOL,
        "replica": message.replica,
        "epoch": message.epoch,
        "app": message.app,
        "limit": message.limit,
        "cursors": {bucket_of(village): seq for village, seq in message.cursors.items()},
        "ops": [dict(op.payload) for op in message.ops],
    }
    if message.was:
        told["was"] = message.was
    if message.late:
        told["late"] = True
    if message.former:
        told["former"] = dict(message.former)
    if message.copies:
        told["copies"] = [row_of(row) for row in message.copies]
    return _pack(told)


def decode_exchange(packed: bytes) -> Exchange:
    """The request in `packed`. Raises Malformed or TooLarge."""
    raw = _unpack(packed)
    return Exchange(
        replica=name_in(raw, "replica"),
        epoch=name_in(raw, "epoch"),
        ops=tuple(read_op(op) for op in listing(raw.get("ops", []), "ops", OPS)),
        cursors=_cursors(raw),
        limit=min(whole(raw.get("limit", ROWS), "limit"), ROWS),
        app=text_in(raw, "app"),
        was=text_in(raw, "was"),
        late=raw.get("late") is True,
        former=_former(raw),
        copies=tuple(
            row for copy in listing(raw.get("copies", []), "copies", OPS) if (row := read_row(copy))
        ),
    )


def encode_reply(message: Reply) -> bytes:
    """The packed bytes of an answer."""
    told: dict[str, Any] = {
        "v": PROTOCOL,
        "epoch": message.epoch,
        "acks": [ack(receipt) for receipt in message.receipts],
        "rows": [row_of(row) for row in message.rows],
        "cursors": {bucket_of(village): seq for village, seq in message.cursors.items()},
        "more": message.more,
        "now": message.now.isoformat(),
        "durable": message.durable,
        "villages": dict(message.villages),
        "reused": list(message.reused),
    }
    if message.keys is not None:
        told["keys"] = {name: _text(key) for name, key in vars(message.keys).items() if key}
    if message.pack:
        told["pack"] = message.pack
    if message.settled:
        told["settled"] = [[receipt.change, *ack(receipt)] for receipt in message.settled]
    return _pack(told)


def decode_reply(packed: bytes, sent: Sequence[str]) -> Reply:
    """The answer in `packed` to a request whose op ids were `sent`. Raises Malformed or TooLarge."""
    raw = _unpack(packed)
    acks = listing(raw.get("acks", []), "acks", OPS)
    if len(acks) != len(sent):
        raise Malformed(f"{len(acks)} receipts for {len(sent)} changes")
    rows = (read_row(row) for row in listing(raw.get("rows", []), "rows", ROWS))
    return Reply(
        epoch=name_in(raw, "epoch"),
        receipts=tuple(read_receipt(op, one) for op, one in zip(sent, acks, strict=True)),
        rows=tuple(row for row in rows if row is not None),
        cursors=_cursors(raw),
        more=raw.get("more") is True,
        now=moment(raw.get("now")),
        durable=whole(raw.get("durable", 0), "durable"),
        villages=_texts(raw.get("villages", {})),
        reused=tuple(str(op) for op in listing(raw.get("reused", []), "reused", OPS)),
        keys=_keys(mapping(raw["keys"], "keys")) if "keys" in raw else None,
        pack=text_in(raw, "pack"),
        settled=tuple(read_settled(one) for one in listing(raw.get("settled", []), "settled", OPS)),
    )


def encode_enrol(message: Enrol) -> bytes:
    """The packed bytes of an enrolment request."""
    return _pack(
        {
            "v": PROTOCOL,
            "code": message.code,
            "device": message.device,
            "replica": message.replica,
            "name": message.device_name,
            "sign_key": _text(message.sign_key),
            "receive_key": _text(message.receive_key),
            "alg": message.alg,
            "app": message.app,
        }
    )


def decode_enrol(packed: bytes) -> Enrol:
    """The enrolment request in `packed`. Raises Malformed or TooLarge."""
    raw = _unpack(packed)
    return Enrol(
        code=name_in(raw, "code"),
        device=name_in(raw, "device"),
        replica=name_in(raw, "replica"),
        device_name=text_in(raw, "name"),
        sign_key=_key(raw, "sign_key"),
        receive_key=_key(raw, "receive_key"),
        alg=name_in(raw, "alg"),
        app=text_in(raw, "app"),
    )


def encode_enrolled(message: Enrolled) -> bytes:
    """The packed bytes of a successful enrolment."""
    told = {"v": PROTOCOL, **vars(message), "villages": dict(message.villages)}
    if not message.block:
        del told["block"]
    for name in COUNTY_KEYS:
        key = told.pop(name)
        if key:
            told[name] = _text(key)
    return _pack(told)


def decode_enrolled(packed: bytes) -> Enrolled:
    """The successful enrolment in `packed`. Raises Malformed or TooLarge."""
    raw = _unpack(packed)
    names = ("device", "county", "county_name", "epoch", "worker", "worker_name")
    return Enrolled(
        **{key: name_in(raw, key) for key in names},
        villages=_texts(raw.get("villages")),
        block=whole(raw.get("block", 0), "block") % BLOCKS,
        escrow=_optional_key(raw, "escrow"),
        pack_key=_optional_key(raw, "pack_key"),
    )


def encode_ask_pack() -> bytes:
    """The packed bytes of a request for the newest policy pack."""
    return _pack({"v": PROTOCOL})


def encode_pack(file: bytes) -> bytes:
    """The packed bytes of an answer that carries the file of a policy pack, b"" where there is none."""
    return _pack({"v": PROTOCOL, "pack": _text(file)})


def decode_pack(packed: bytes) -> bytes:
    """The file in `packed`. Raises Malformed or TooLarge."""
    try:
        return base64.b64decode(_unpack(packed).get("pack", ""), validate=True)
    except (TypeError, ValueError) as error:
        raise Malformed("pack is not base64") from error


def encode_plain(told: Mapping[str, Any]) -> bytes:
    """The packed bytes of a message that another module of the protocol spells."""
    return _pack({"v": PROTOCOL, **told})


def decode_plain(packed: bytes) -> dict[str, Any]:
    """The object in `packed`. Raises Malformed or TooLarge."""
    return _unpack(packed)


def _pack(message: Mapping[str, Any]) -> bytes:
    text = json.dumps(message, ensure_ascii=False, separators=(",", ":"))
    try:
        data = text.encode()
    except UnicodeEncodeError:  # a lone surrogate from a broken input method must still be sendable
        data = json.dumps(message, ensure_ascii=True, separators=(",", ":")).encode()
    if len(data) > MESSAGE_BYTES:
        raise TooLarge(f"{len(data)} bytes to send")
    packer = zlib.compressobj(6, zlib.DEFLATED, GZIP)
    return packer.compress(data) + packer.flush()


def _unpack(packed: bytes) -> dict[str, Any]:
    if len(packed) > PACKED_BYTES:
        raise TooLarge(f"{len(packed)} packed bytes")
    unpacker = zlib.decompressobj(GZIP)
    try:
        data = unpacker.decompress(packed, MESSAGE_BYTES + 1)
    except zlib.error as error:
        raise Malformed("not gzip") from error
    if len(data) > MESSAGE_BYTES:
        raise TooLarge("too large once unpacked")
    if not unpacker.eof or unpacker.unused_data:
        raise Malformed("gzip cut short or followed by something")
    try:
        message = json.loads(data, object_pairs_hook=_once, parse_constant=_no_constant, parse_float=_finite)
    except (ValueError, RecursionError) as error:
        raise Malformed("not JSON") from error
    if too_deep(message, 2 * DEPTH):
        raise Malformed("nested too deep")
    return mapping(message, "message")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key twice")
    return found


def _finite(text: str) -> float:
    # 1e400 would be read as infinity, which PostgreSQL has no JSON for: the request could never be kept.
    number = float(text)
    if not math.isfinite(number):
        raise ValueError("a number without an end")
    return number


def _no_constant(text: str) -> Never:
    raise ValueError(f"{text} is not JSON")


def _cursors(raw: Mapping[str, Any]) -> dict[str, int]:
    cursors = mapping(raw.get("cursors", {}), "cursors")
    if len(cursors) > VILLAGES:
        raise Malformed("too many cursors")
    villages = {village_of(bucket): whole(seq, "cursor") for bucket, seq in cursors.items()}
    return {village: seq for village, seq in villages.items() if village is not None}


def _former(raw: Mapping[str, Any]) -> dict[str, int]:
    numbers = mapping(raw.get("former", {}), "former")
    if len(numbers) > OPS:
        raise Malformed("too many former numbers")
    return {op: whole(seq, "former") for op, seq in numbers.items()}


def _texts(raw: Any) -> dict[str, str]:
    found = mapping(raw, "villages")
    if len(found) > VILLAGES:
        raise Malformed("too many villages")
    return {code: text_in(found, code) for code in found}


def _keys(raw: Mapping[str, Any]) -> CountyKeys:
    return CountyKeys(_optional_key(raw, "escrow"), _optional_key(raw, "pack_key"), _key(raw, "proof"))


def _optional_key(raw: Mapping[str, Any], name: str) -> bytes:
    return _key(raw, name) if name in raw else b""


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _key(raw: Mapping[str, Any], name: str) -> bytes:
    try:
        key = base64.b64decode(raw.get(name, ""), validate=True)
    except (TypeError, ValueError) as error:
        raise Malformed(f"{name} is not base64") from error
    if len(key) != KEY_BYTES:
        raise Malformed(f"{name} is not {KEY_BYTES} bytes")
    return key
