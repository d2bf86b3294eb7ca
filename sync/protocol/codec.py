"""Messages to bytes and back, each one JSON object in the form `framing` keeps.

Keys that are not known are ignored, so that either side may be newer than the other.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping, Sequence
from typing import Any

from sync.protocol import terms
from sync.protocol.errors import Astray, Malformed
from sync.protocol.framing import from_bytes, mark_of, to_bytes
from sync.protocol.limits import BLOCKS, MESSAGE_BYTES, OPS, PROTOCOL, ROWS, VILLAGES
from sync.protocol.messages import CountyKeys, Enrol, Enrolled, Exchange, Reply, bucket_of, village_of
from sync.protocol.receipts import acks, read_receipts, read_settled, runs, settled_of
from sync.protocol.wire import listing, mapping, moment, name_in, read_op, read_row, row_of, text_in, whole

KEY_BYTES = 32
COUNTY_KEYS = ("escrow", "pack_key", "stick")
STICK_BYTES = 64  # see `app.vault.parcels`
TERMS = 8  # above the keys in `knows`: one more than the number of the terms, for a key costs ten bytes
DIGEST = re.compile("[0-9a-f]{1,16}")


def encode_exchange(message: Exchange, packing: int = 0) -> bytes:
    """The packed bytes of a request; `packing` is what the county has shown it reads."""
    told: dict[str, Any] = {
        "v": PROTOCOL,
        "replica": message.replica,
        "epoch": message.epoch,
        "app": message.app,
        "limit": message.limit,
        "cursors": {bucket_of(village): seq for village, seq in message.cursors.items()},
        "ops": [dict(op.payload) for op in message.ops],
    }
    if message.link is not None:
        told["at"] = message.link
    if message.former:
        told["former"] = dict(message.former)
    if message.copies:
        told["copies"] = [row_of(row) for row in message.copies]
    if message.packing and not packing:
        told["z"] = message.packing
    flags = (("was", message.was), ("apart", message.apart), ("late", message.late))
    for key, value in (
        *flags,
        ("reads", message.reads),
        ("knows", message.knows + (0 if message.terms is None else TERMS * (message.terms + 1))),
        ("need", sorted(message.need)),
    ):
        if value:
            told[key] = value
    if message.differ:
        told["differ"] = [bucket_of(village) for village in message.differ]
    return to_bytes(told, packing)


def decode_exchange(packed: bytes, most: int = MESSAGE_BYTES) -> Exchange:
    """The request in `packed`. Raises Malformed, or TooLarge for more than `most` bytes of text."""
    raw, packing = from_bytes(packed, most)
    knows = whole(raw.get("knows", 0), "knows")
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
        packing=packing or whole(raw.get("z", 0), "z"),
        reads=whole(raw.get("reads", 0), "reads"),
        need=frozenset(str(one) for one in listing(raw.get("need", []), "need", ROWS)),
        differ=_villages(listing(raw.get("differ", []), "differ", VILLAGES)),
        knows=knows % TERMS,
        link=text_in(raw, "at") if "at" in raw else None,
        apart=raw.get("apart") is True,
        terms=knows // TERMS - 1 if knows >= TERMS else None,
    )


def encode_reply(message: Reply, form: int = 0) -> bytes:
    """The packed bytes of an answer in a `form` the device reads, packed as `message` says."""
    told: dict[str, Any] = {
        "v": PROTOCOL,
        "epoch": message.epoch,
        **({"runs": runs(message.receipts)} if form else {"acks": acks(message.receipts)}),
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
    seldom = {
        "pack": message.pack, "settled": settled_of(message.settled),
        "terms": message.terms and terms.spelt(message.terms), "to": message.to, "at": message.link,
        "left": message.left,
    }  # fmt: skip
    told |= {key: value for key, value in seldom.items() if value}
    if message.digests:
        told["digests"] = {bucket_of(village): f"{sum_:x}" for village, sum_ in message.digests.items()}
    return to_bytes(told, message.packing)


def decode_reply(packed: bytes, sent: Sequence[str], asked: bytes = b"") -> Reply:
    """The answer in `packed` to the request `asked`, whose op ids were `sent`.

    Raises Malformed or TooLarge, and Astray when it is the answer to another request: receipts stand in the
    order of the request's ops, so they may be read beside no other.
    """
    raw, packing = from_bytes(packed)
    to = text_in(raw, "to")
    if to and asked and to != mark_of(asked):
        raise Astray(f"the answer to {to}")
    rows = (read_row(row) for row in listing(raw.get("rows", []), "rows", ROWS))
    return Reply(
        epoch=name_in(raw, "epoch"),
        receipts=read_receipts(raw, sent),
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
        digests=_digests(mapping(raw.get("digests", {}), "digests")),
        packing=packing,
        to=to,
        link=text_in(raw, "at"),
        terms=terms.read(raw["terms"]) if "terms" in raw else None,
        left=whole(raw.get("left", 0), "left"),
    )


def encode_enrol(message: Enrol) -> bytes:
    """The packed bytes of an enrolment request."""
    return to_bytes(
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
    raw, _ = from_bytes(packed)
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
    return to_bytes(told)


def decode_enrolled(packed: bytes) -> Enrolled:
    """The successful enrolment in `packed`. Raises Malformed or TooLarge."""
    raw, _ = from_bytes(packed)
    names = ("device", "county", "county_name", "epoch", "worker", "worker_name")
    return Enrolled(
        **{key: name_in(raw, key) for key in names},
        villages=_texts(raw.get("villages")),
        block=whole(raw.get("block", 0), "block") % BLOCKS,
        escrow=_optional_key(raw, "escrow"),
        pack_key=_optional_key(raw, "pack_key"),
        stick=_optional_key(raw, "stick", STICK_BYTES),
    )


def encode_ask_pack() -> bytes:
    """The packed bytes of a request for the newest policy pack."""
    return to_bytes({"v": PROTOCOL})


def encode_pack(file: bytes) -> bytes:
    """The packed bytes of an answer that carries the file of a policy pack, b"" where there is none."""
    return to_bytes({"v": PROTOCOL, "pack": _text(file)})


def decode_pack(packed: bytes) -> bytes:
    """The file in `packed`. Raises Malformed or TooLarge."""
    try:
        return base64.b64decode(from_bytes(packed)[0].get("pack", ""), validate=True)
    except (TypeError, ValueError) as error:
        raise Malformed("pack is not base64") from error


def encode_plain(told: Mapping[str, Any]) -> bytes:
    """The packed bytes of a message that another module of the protocol spells."""
    return to_bytes({"v": PROTOCOL, **told})


def decode_plain(packed: bytes) -> dict[str, Any]:
    """The object in `packed`. Raises Malformed or TooLarge."""
    return from_bytes(packed)[0]


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


def _villages(buckets: Sequence[Any]) -> tuple[str, ...]:
    named = (village_of(bucket) for bucket in buckets if isinstance(bucket, str))
    return tuple(village for village in named if village is not None)


def _digests(raw: Mapping[str, Any]) -> dict[str, int]:
    digests = {}
    for bucket, spelt in raw.items():
        village = village_of(bucket)
        if not isinstance(spelt, str) or not DIGEST.fullmatch(spelt):
            raise Malformed("digest")
        if village is not None:
            digests[village] = int(spelt, 16)
    return digests


def _texts(raw: Any) -> dict[str, str]:
    found = mapping(raw, "villages")
    if len(found) > VILLAGES:
        raise Malformed("too many villages")
    return {code: text_in(found, code) for code in found}


def _keys(raw: Mapping[str, Any]) -> CountyKeys:
    return CountyKeys(
        _optional_key(raw, "escrow"),
        _optional_key(raw, "pack_key"),
        _key(raw, "proof"),
        _optional_key(raw, "stick", STICK_BYTES),
        _optional_key(raw, "stick_proof"),
    )


def _optional_key(raw: Mapping[str, Any], name: str, length: int = KEY_BYTES) -> bytes:
    return _key(raw, name, length) if name in raw else b""


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _key(raw: Mapping[str, Any], name: str, length: int = KEY_BYTES) -> bytes:
    try:
        key = base64.b64decode(raw.get(name, ""), validate=True)
    except (TypeError, ValueError) as error:
        raise Malformed(f"{name} is not base64") from error
    if len(key) != length:
        raise Malformed(f"{name} is not {length} bytes")
    return key
