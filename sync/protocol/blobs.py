"""Pictures and scans on their way: each is asked for by the SHA-256 of its plain content, piece by piece.

The hash is the one the record already carries inside its seal, so whoever has the record can tell whether
what came is what was meant. It stands in the path of a request, where a gateway's log may keep it: it says
that two requests were about one picture, and nothing of what is on it (decision 46).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sync.protocol.errors import Malformed
from sync.protocol.wire import listing, mapping, whole

BLOBS_PATH = "/v1/blobs"  # POST here asks how far many of them are; below it stands each under its hash
PIECE_TYPE = "application/partial-upload"
CONTENT_TYPE = "application/octet-stream"
UPLOAD_OFFSET, UPLOAD_COMPLETE, UPLOAD_LENGTH = "Upload-Offset", "Upload-Complete", "Upload-Length"
RANGE, CONTENT_RANGE = "Range", "Content-Range"
# What is signed beside method, path and content: a piece put elsewhere, or called the last, is none of ours.
PATCH_COVERS = (UPLOAD_OFFSET.lower(), UPLOAD_COMPLETE.lower(), UPLOAD_LENGTH.lower())
GET_COVERS = (RANGE.lower(),)

BLOB_BYTES = 20_000_000  # the largest file of a record
PIECE_BYTES = 256 * 1024  # the most in one request or answer
PIECE_FLOOR_BYTES = 16 * 1024  # never less, however bad the line: what a cut may cost
ASKED = 500  # hashes in one question
NAMES = ("sha256", "thumb")  # under which a record names a file
YES, NO = "?1", "?0"  # booleans of RFC 9651, as the header fields of resumable uploads spell them

_HASH = re.compile(r"[0-9a-f]{64}")
_NUMBER = re.compile(r"[0-9]{1,12}")
_RANGE = re.compile(r"bytes=([0-9]{1,12})-([0-9]{1,12})")
_CONTENT_RANGE = re.compile(r"bytes ([0-9]{1,12})-([0-9]{1,12})/([0-9]{1,12})")


@dataclass(frozen=True)
class Standing:
    """How much of one the county has from this worker, in bytes, and whether that is all of it."""

    offset: int
    complete: bool


@dataclass(frozen=True)
class Piece:
    """Some bytes of one: where they begin, how long the whole is, and whether they are its end."""

    offset: int
    length: int
    complete: bool


def is_hash(text: str) -> bool:
    """Whether `text` is a SHA-256 in small hexadecimal letters."""
    return _HASH.fullmatch(text) is not None


def path_of(sha256: str) -> str:
    """The address of one."""
    return f"{BLOBS_PATH}/{sha256}"


def named_in(value: Any) -> Iterator[str]:
    """The hashes of the files that a body, or any part of one, names."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if isinstance(inner, str):
                if key in NAMES and is_hash(inner):
                    yield inner
            elif inner:
                yield from named_in(inner)
    elif isinstance(value, list):
        for inner in value:
            if not isinstance(inner, str):
                yield from named_in(inner)


def piece_headers(piece: Piece) -> dict[str, str]:
    """What a request that carries `piece` says of it."""
    return {
        UPLOAD_OFFSET: str(piece.offset),
        UPLOAD_COMPLETE: YES if piece.complete else NO,
        UPLOAD_LENGTH: str(piece.length),
    }


def read_piece(headers: Mapping[str, str], size: int) -> Piece:
    """What the headers (names in small letters) say of a piece of `size` bytes. Raises Malformed."""
    offset, length = (_number(headers, name) for name in (UPLOAD_OFFSET, UPLOAD_LENGTH))
    said = headers.get(UPLOAD_COMPLETE.lower())
    if said not in (YES, NO) or not 0 < size <= PIECE_BYTES:
        raise Malformed("a piece that does not say what it is")
    if (offset + size == length) is not (said == YES) or offset + size > length:
        raise Malformed("a piece that does not fit its whole")
    return Piece(offset, length, said == YES)


def standing_headers(standing: Standing) -> dict[str, str]:
    """How an answer tells where one stands."""
    return {
        UPLOAD_OFFSET: str(standing.offset),
        UPLOAD_COMPLETE: YES if standing.complete else NO,
    }


def read_standing(headers: Mapping[str, str]) -> Standing:
    """Where one stands, by the headers of an answer (names in any letters). Raises Malformed."""
    small = {name.lower(): value for name, value in headers.items()}
    return Standing(_number(small, UPLOAD_OFFSET), small.get(UPLOAD_COMPLETE.lower()) == YES)


def range_header(start: int, size: int) -> dict[str, str]:
    """Asks for `size` bytes from `start` on."""
    return {RANGE: f"bytes={start}-{start + size - 1}"}


def read_range(headers: Mapping[str, str]) -> tuple[int, int]:
    """Start and size of what is asked for, never more than one piece. Raises Malformed."""
    asked = _RANGE.fullmatch(headers.get(RANGE.lower(), ""))
    if asked is None or int(asked[1]) > int(asked[2]):
        raise Malformed("no range in the agreed form")
    return int(asked[1]), min(int(asked[2]) - int(asked[1]) + 1, PIECE_BYTES)


def content_range(start: int, size: int, total: int) -> dict[str, str]:
    """Says which bytes an answer carries."""
    return {CONTENT_RANGE: f"bytes {start}-{start + size - 1}/{total}"}


def read_content_range(headers: Mapping[str, str], start: int, size: int) -> int:
    """The whole length, of an answer that carries `size` bytes from `start` on. Raises Malformed."""
    small = {name.lower(): value for name, value in headers.items()}
    said = _CONTENT_RANGE.fullmatch(small.get(CONTENT_RANGE.lower(), ""))
    if said is None or (int(said[1]), int(said[2])) != (start, start + size - 1):
        raise Malformed("other bytes than were asked for")
    total = int(said[3])
    if not start + size <= total <= BLOB_BYTES:
        raise Malformed("more bytes than there are")
    return total


def question(hashes: Iterable[str]) -> dict[str, Any]:
    """The message that asks how far these are."""
    return {"have": list(hashes)}


def read_question(raw: Mapping[str, Any]) -> tuple[str, ...]:
    """The hashes asked about. Raises Malformed."""
    asked = listing(raw.get("have"), "have", ASKED)
    if not all(isinstance(one, str) and is_hash(one) for one in asked):
        raise Malformed("have names what is no hash")
    return tuple(asked)


def answer(standings: Mapping[str, Standing]) -> dict[str, Any]:
    """The message that says how far these are; what the county has nothing of is not named."""
    return {"have": {sha256: [one.offset, int(one.complete)] for sha256, one in standings.items()}}


def read_answer(raw: Mapping[str, Any], asked: Sequence[str]) -> dict[str, Standing]:
    """How far each of those `asked` about is. Raises Malformed."""
    told = mapping(raw.get("have"), "have")
    found = {}
    for sha256 in asked:
        offset, complete, *_ = [*listing(told.get(sha256, [0, 0]), "standing", 8), 0, 0]
        found[sha256] = Standing(whole(offset, "offset"), complete == 1)
    return found


def _number(headers: Mapping[str, str], name: str) -> int:
    said = headers.get(name.lower(), "")
    if not _NUMBER.fullmatch(said):
        raise Malformed(f"{name} is not a number")
    return int(said)
