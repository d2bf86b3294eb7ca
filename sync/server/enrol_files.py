"""A computer enrolled by the file it wrote to a stick, as by the line: the same code, rules and answer.

Nothing is done before the file proves that its writer knows the code and holds the keys. It may be asked
again at any time: the same computer hears the same, for as long as the county knows it.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from datetime import datetime

from app.vault import parcels
from sync.protocol import bundle, codec, codes
from sync.protocol import enrol_file as layout
from sync.protocol.bundle import Frame
from sync.protocol.enrol_file import Header, Parts
from sync.protocol.errors import BAD_SIGNATURE, CODE_EXPIRED, CODE_UNKNOWN, CODE_USED, Malformed, Refused
from sync.protocol.messages import Enrol, Enrolled
from sync.protocol.signing import Signed
from sync.server import enrolment, packs
from sync.server.postgres import Connection

TOLD_IN_THE_ANSWER = (CODE_USED, CODE_EXPIRED)  # so that the worker reads why

# What the clerk reads; the words of a refusal are for the worker.
CLERK_WORDS = {
    "malformed": "不是登记申请，或没拷全。请村里再写一次。",
    "too_large": "文件太大，不是首访通写的。",
    "bad_signature": "没拷全，或被改过。请村里再写一次。",
    "code_unknown": "这个登记码不是本县发的。对一遍纸条：是不是别的县的，或数据库恢复过、码在那以后才发。",
    "code_used": "这个登记码已经登记过别的电脑，或那台停用了；回执里跟她说了。用 enrol 再发一个码。",
    "code_expired": "登记码过期了；回执里跟她说了。用 enrol --days 14 再发一个码。",
}

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Answered:
    """The file to carry back, who was enrolled, and the number to compare on the telephone; `refused` is why
    the computer was not enrolled, "" when it was."""

    answer: bytes = field(repr=False)
    worker_name: str = ""
    device: str = ""
    check: str = ""
    refused: str = ""


def take_in(connection: Connection, raw: bytes, at: datetime, server: str = "") -> Answered:
    """Enrol whoever wrote the file `raw`; `server` is the county's address, told for the day a line comes.

    Raises Refused for what is no such file, was cut or changed, or is about a code this county never gave.
    """
    parts = layout.apart(raw)
    if parts.header.kind != layout.ASK:
        raise Malformed("an answer, not a question")
    fingerprint = _fingerprint(connection, parts.header.code)
    content = parcels.unlock(parts.sealed, codes.key_for(fingerprint, layout.ASK_KEY), parts.bound_to)
    if content is None:
        raise Refused(BAD_SIGNATURE, "an enrolment file that was changed")
    asked = codec.decode_enrol(content)
    signed = Signed(parts.header.device, parts.header.made, parts.proof, parts.base)
    try:
        told = enrolment.enrol_by(connection, fingerprint, asked, signed, at)
    except Refused as refused:
        if refused.refusal not in TOLD_IN_THE_ANSWER:
            raise
        said = Frame(layout.REFUSAL, {"error": refused.refusal.code})
        answer = _sealed(parts, fingerprint, asked, [said], at)
        return Answered(answer, device=asked.device, refused=refused.refusal.code)
    welcome = Frame(layout.ENROLLED, {"server": server}, codec.encode_enrolled(told))
    frames = [welcome, *_pack(connection, told)]
    check = layout.check_number(asked.sign_key, asked.receive_key, told.stick)
    log.info("device %s: enrolled by a file", told.device)
    return Answered(_sealed(parts, fingerprint, asked, frames, at), told.worker_name, told.device, check)


def _fingerprint(connection: Connection, name: str) -> bytes:
    row = connection.execute(
        "SELECT code_hash FROM enrolment"
        " WHERE left(encode(sha256('enrol file|'::bytea || code_hash), 'hex'), 32) = %s",
        (name,),
    ).fetchone()
    if row is None:
        raise Refused(CODE_UNKNOWN)
    return bytes(row["code_hash"])


def _pack(connection: Connection, told: Enrolled) -> list[Frame]:
    file = packs.file_of(connection, told.county)
    return [Frame(layout.PACK, {}, file)] if file else []


def _sealed(parts: Parts, fingerprint: bytes, asked: Enrol, frames: list[Frame], at: datetime) -> bytes:
    beginning = layout.head(Header(layout.TOLD, parts.header.code, asked.device, int(at.timestamp())))
    box, content = parcels.seal(bundle.written(frames), asked.receive_key, layout.bound_to(beginning))
    unproven = beginning + box + content
    return unproven + layout.proof_of(fingerprint, layout.base_of(unproven))


def clerk_words(code: str) -> str:
    """What to do about a file that was refused with this code."""
    return CLERK_WORDS.get(code, code)
