"""What goes between a computer and its county on a USB stick: the same messages, sealed into one file.

A file is MAGIC, the length of its header (2 bytes), the header, the box with the content key, the sealed
content and a signature of 64 bytes. Whoever carries it reads in the header for whom it is, and nothing else.
The content is a row of frames: a request or an answer of `/v1/sync`, a piece of a file, or a notice. Here is
only how it is laid out; the ciphers are in `app.vault.parcels`. Why it is so: decision 48.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.domain.record import Json
from sync.protocol.canonical import raw_size
from sync.protocol.errors import Malformed, TooLarge
from sync.protocol.limits import BATCH_BYTES, MESSAGE_BYTES, OPS, PACKED_BYTES
from sync.protocol.messages import Op
from sync.protocol.wire import name_in, text_in, whole

MAGIC = b"SFTSTIK1"
HEADER_BYTES = 1024
BOX_BYTES = 80  # see `app.vault.boxes`
SIGNATURE_BYTES = 64
BUNDLE_BYTES = 32 * 1024 * 1024  # one file; what is more goes into another
FILES_BYTES = 24 * 1024 * 1024  # of pieces of photos in one file
ANSWER_BYTES = 24 * 1024 * 1024  # of rows in one answer; what is more comes with the next
FRAMES = 20_000
UP, DOWN = "up", "down"
UP_SUFFIX, DOWN_SUFFIX = ".sftup", ".sftback"
PAGE, PIECE, REFUSAL, FILES, PACK = "page", "piece", "refusal", "files", "pack"
PACK_BYTES = 1_000_000  # of a policy pack in an answer
SIGNED_FOR = b"shoufangtong stick 1\0"
_NAME = re.compile("[0-9a-zA-Z_:-]{1,64}")


@dataclass(frozen=True)
class Header:
    """What everybody may read. `id` names the file, `answers` the one it is the answer to; `made` is the
    writer's clock in seconds since 1970."""

    kind: str
    county: str
    device: str
    id: str
    made: int
    answers: str = ""


@dataclass(frozen=True)
class Sealed:
    """A file taken apart, nothing verified: `bound_to` is what the box must be bound to, `base` what the
    signature must cover."""

    header: Header
    bound_to: bytes
    box: bytes
    content: bytes
    signature: bytes
    base: bytes


@dataclass(frozen=True)
class Frame:
    """One message of the content."""

    kind: str
    told: Mapping[str, Any] = field(default_factory=dict)
    data: bytes = b""


def head(header: Header) -> bytes:
    """The beginning of a file, up to the box."""
    told = json.dumps({"v": 1, **vars(header)}, sort_keys=True, separators=(",", ":")).encode()
    return MAGIC + len(told).to_bytes(2) + told


def bound_to(beginning: bytes) -> bytes:
    """What the box is bound to."""
    return hashlib.sha256(beginning).digest()


def base_of(unsigned: bytes) -> bytes:
    """The bytes to sign for a file that is whole but for its signature."""
    return SIGNED_FOR + hashlib.sha256(unsigned).digest()


def apart(raw: bytes) -> Sealed:
    """The parts of a file. Raises Malformed for what is none, or was cut so short that parts are missing,
    and TooLarge."""
    if len(raw) > BUNDLE_BYTES:
        raise TooLarge("a bundle")
    start = len(MAGIC) + 2
    length = int.from_bytes(raw[len(MAGIC) : start])
    box, end = start + length, len(raw) - SIGNATURE_BYTES
    if not raw.startswith(MAGIC) or not 0 < length <= HEADER_BYTES or box + BOX_BYTES >= end:
        raise Malformed("not a bundle, or cut short")
    beginning = raw[:box]
    return Sealed(
        header=_header(raw[start:box]),
        bound_to=bound_to(beginning),
        box=raw[box : box + BOX_BYTES],
        content=raw[box + BOX_BYTES : end],
        signature=raw[end:],
        base=base_of(raw[:end]),
    )


def written(frames: Iterable[Frame]) -> bytes:
    """The content that holds these frames."""
    parts = []
    for frame in frames:
        told = json.dumps({"k": frame.kind, **frame.told}, ensure_ascii=False).encode()
        parts += [len(told).to_bytes(4), len(frame.data).to_bytes(4), told, frame.data]
    return b"".join(parts)


def frames_in(content: bytes) -> Iterator[Frame]:
    """The frames of a content, in order. Raises Malformed or TooLarge at the first that is none."""
    at, count = 0, 0
    while at < len(content):
        count += 1
        told, data = int.from_bytes(content[at : at + 4]), int.from_bytes(content[at + 4 : at + 8])
        if count > FRAMES or told > MESSAGE_BYTES or data > PACKED_BYTES:
            raise TooLarge("a frame of a bundle")
        at, end = at + 8, at + 8 + told + data
        if end > len(content):
            raise Malformed("a frame cut short")
        yield _frame(content[at : at + told], content[at + told : end])
        at = end


def pages(ops: Sequence[Op]) -> Iterator[tuple[Op, ...]]:
    """Changes in as many requests as one request's bounds ask for."""
    page: list[Op] = []
    size = 0
    for op in ops:
        size += (more := raw_size(op.payload))
        if page and (size > BATCH_BYTES or len(page) == OPS):
            yield tuple(page)
            page, size = [], more
        page.append(op)
    if page:
        yield tuple(page)


def forward(held: Mapping[str, int], asked: Mapping[str, int], told: Mapping[str, int]) -> dict[str, int]:
    """The cursors after an answer that may be old, by village: `held` now, `asked` when it was asked for,
    `told` in the answer.

    None ever goes back. One whose question began later than what is held stays: what lies between was not
    told. Which villages are hers is believed of the answer only when it is no older than what was heard.
    """
    newer = max(told.values(), default=0) >= max(held.values(), default=0)
    villages = told if newer else held
    return {
        village: max(held.get(village, 0), told.get(village, 0))
        if held.get(village, 0) >= asked.get(village, 0)
        else held.get(village, 0)
        for village in villages
    }


def _header(raw: bytes) -> Header:
    told = _object(raw)
    made = whole(told.get("made"), "made")
    if told.get("v") != 1 or told.get("kind") not in (UP, DOWN):
        raise Malformed("the header of a bundle")
    kind, county, device, name = (name_in(told, one) for one in ("kind", "county", "device", "id"))
    answers = text_in(told, "answers")
    if not all(_NAME.fullmatch(one) for one in (kind, county, device, name, answers or "-")):
        raise Malformed("a name in the header of a bundle")
    return Header(kind, county, device, name, made, answers)


def _frame(raw: bytes, data: bytes) -> Frame:
    told = _object(raw)
    kind = told.pop("k", None)
    if not isinstance(kind, str):
        raise Malformed("a frame without a kind")
    return Frame(kind, told, data)


def _object(raw: bytes) -> dict[str, Json]:
    try:
        told = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise Malformed("not JSON") from error
    if not isinstance(told, dict):
        raise Malformed("not an object")
    return told
