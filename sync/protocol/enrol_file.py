"""Enrolment as two files on a stick: the same exchange as `/v1/enrol`, where there is no line.

A file is MAGIC, the length of its header (2 bytes), the header, what is sealed, and a proof. The question is
locked under a key of the one-time code and signed by the new computer; the answer is sealed for that computer
and proven by another key of the code. The code itself is in neither. Why it is so: decision 53.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from sync.protocol import codes
from sync.protocol.bundle import BOX_BYTES, HEADER_BYTES, SIGNATURE_BYTES
from sync.protocol.errors import Malformed, TooLarge
from sync.protocol.limits import PACKED_BYTES
from sync.protocol.wire import mapping, name_in, whole

MAGIC = b"SFTENRL1"
ASK, TOLD = "ask", "told"
ASK_SUFFIX, TOLD_SUFFIX = ".sftask", ".sfttold"
PROOF_BYTES = {ASK: SIGNATURE_BYTES, TOLD: 32}
FILE_BYTES = 2 * PACKED_BYTES
ENROLLED, PACK, REFUSAL = "enrolled", "pack", "refusal"  # the frames of an answer
ASK_KEY, TOLD_KEY, KEEP_KEY = b"ask", b"told", b"keep"  # what keys of a code are for
PROVEN_FOR = b"shoufangtong enrol file 1\0"
CHECKED_FOR = b"shoufangtong enrol check 1\0"
CHECK_GROUPS = 4  # of four digits
_HEX = re.compile("[0-9a-f]{32}")
_NAME = re.compile("[0-9a-zA-Z_:-]{1,64}")


@dataclass(frozen=True)
class Header:
    """What everybody may read: `code` names the code (`codes.file_name`), `made` is the writer's clock in
    seconds since 1970."""

    kind: str
    code: str
    device: str
    made: int


@dataclass(frozen=True)
class Parts:
    """A file taken apart, nothing verified: `bound_to` is what `sealed` is bound to, `base` what `proof`
    must cover."""

    header: Header
    bound_to: bytes
    sealed: bytes
    proof: bytes
    base: bytes


def head(header: Header) -> bytes:
    """The beginning of a file, up to what is sealed."""
    told = json.dumps({"v": 1, **vars(header)}, sort_keys=True, separators=(",", ":")).encode()
    return MAGIC + len(told).to_bytes(2) + told


def bound_to(beginning: bytes) -> bytes:
    """What the sealed part is bound to."""
    return hashlib.sha256(beginning).digest()


def base_of(unproven: bytes) -> bytes:
    """The bytes to prove for a file that is whole but for its proof."""
    return PROVEN_FOR + hashlib.sha256(unproven).digest()


def proof_of(fingerprint: bytes, base: bytes) -> bytes:
    """The proof of an answer: only who knows the code, or issued it, can make it."""
    return hmac.digest(codes.key_for(fingerprint, TOLD_KEY), base, "sha256")


def apart(raw: bytes) -> Parts:
    """The parts of a file. Raises Malformed for what is none, or was cut so short that parts are missing,
    and TooLarge."""
    if len(raw) > FILE_BYTES:
        raise TooLarge("an enrolment file")
    start = len(MAGIC) + 2
    length = int.from_bytes(raw[len(MAGIC) : start])
    body = start + length
    if not raw.startswith(MAGIC) or not 0 < length <= HEADER_BYTES or len(raw) < body:
        raise Malformed("not an enrolment file, or cut short")
    header = _header(raw[start:body])
    end = len(raw) - PROOF_BYTES[header.kind]
    if end <= body + (BOX_BYTES if header.kind == TOLD else 0):
        raise Malformed("an enrolment file cut short")
    return Parts(header, bound_to(raw[:body]), raw[body:end], raw[end:], base_of(raw[:end]))


def check_number(sign_key: bytes, receive_key: bytes, stick: bytes) -> str:
    """Sixteen digits that both sides make of the new computer's keys and the county's: whoever reads them to
    the other on the telephone knows that nobody stood between."""
    whole_of = hashlib.sha256(CHECKED_FOR + sign_key + receive_key + stick).digest()
    digits = f"{int.from_bytes(whole_of[:8]) % 10 ** (4 * CHECK_GROUPS):0{4 * CHECK_GROUPS}d}"
    return " ".join(_groups(digits))


def _groups(digits: str) -> Sequence[str]:
    return [digits[start : start + 4] for start in range(0, len(digits), 4)]


def _header(raw: bytes) -> Header:
    try:
        told = mapping(json.loads(raw), "header")
    except (ValueError, RecursionError) as error:
        raise Malformed("not JSON") from error
    kind, code, device = (name_in(told, one) for one in ("kind", "code", "device"))
    made = whole(told.get("made"), "made")
    if told.get("v") != 1 or kind not in PROOF_BYTES:
        raise Malformed("the header of an enrolment file")
    if not (_HEX.fullmatch(code) and _NAME.fullmatch(device)):
        raise Malformed("a name in the header of an enrolment file")
    return Header(kind, code, device, made)
