"""Enrolling without a line: a question written to a stick, and the county's answer read from it.

Days may lie between the two, so the keys are kept meanwhile; where there is no encrypted file yet, locked
under the code that stands on the worker's paper and nowhere on this computer.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from app.domain.device import NO_LINE
from app.domain.problem import UserError
from app.files import write_whole
from app.vault import parcel_files, parcels
from sync.client.enrol import MISTYPED, Enrolment, enrolment_of
from sync.client.keys import NewDevice, public_keys, receive_key
from sync.protocol import bundle, codec, codes
from sync.protocol import enrol_file as layout
from sync.protocol.bundle import Frame
from sync.protocol.enrol_file import Header
from sync.protocol.errors import REFUSALS, Malformed, Refused
from sync.protocol.messages import Enrol

MOST_KEPT = 8  # codes asked with and not answered yet
NOT_WRITTEN = "这台电脑没用这个登记码写过申请。对一遍纸条；没写过的，先写到 U 盘。"
NO_ANSWER = "这个 U 盘上没有给这台电脑的登记回执。县里收了申请以后，回执会写在 U 盘上；U 盘上的文件先别删。"
FOREIGN = "U 盘上的登记回执是给别的电脑的，没有用。找县里写给这台的那一个。"
ALTERED = "登记回执没拷全，或者被改过，没有用。请县里再拷一次。"
ANOTHER_CODE = "这份登记回执不是答这个登记码的，没有用。对一遍纸条。"


@dataclass(frozen=True)
class Answer:
    """What the county answered: the enrolment, its policy pack as a file (b"" without one, unchecked), and
    the number to compare on the telephone."""

    enrolment: Enrolment
    pack: bytes = field(repr=False)
    check: str


def write(root: Path, code: str, new: NewDevice, device_name: str, app: str, at: datetime) -> Path:
    """Put the question on the stick at `root`, in the place of an earlier one about the same code.

    Raises UserError on the field `code` for a mistyped one, StorageFault for the stick.
    """
    made = question(code, new, device_name, app, at)
    path = root / parcel_files.FOLDER / f"登记申请-{layout.apart(made).header.code[:8]}{layout.ASK_SUFFIX}"
    parcel_files.put(path, made)
    return path


def read(root: Path, code: str, new: NewDevice, server: str = "") -> Answer:
    """The answer for this computer on the stick; `server` is the address that was known here,
    for an answer that tells none.

    Reading changes nothing here and takes nothing off the stick. Raises UserError, worded for the worker.
    """
    name = codes.file_name(_fingerprint(code))
    found = [parcel_files.get(file, layout.FILE_BYTES) for file in _answers(root)]
    headers = [(raw, _header(raw)) for raw in found]
    mine = [raw for raw, header in headers if header and (header.device, header.code) == (new.device, name)]
    if mine:
        return answer_in(mine[-1], code, new, server)
    if any(header is not None and header.device == new.device for _, header in headers):
        raise UserError(ANOTHER_CODE, field="code")
    if any(header is None for _, header in headers):
        raise UserError(ALTERED)
    raise UserError(FOREIGN if headers else NO_ANSWER)


def tidy(root: Path, code: str) -> None:
    """Take question and answer off the stick, once this computer goes on under the answer."""
    name = codes.file_name(_fingerprint(code))
    for suffix in (layout.ASK_SUFFIX, layout.TOLD_SUFFIX):
        for file in parcel_files.found([root], suffix):
            header = _header(parcel_files.get(file, layout.FILE_BYTES))
            if header is not None and header.code == name:
                parcel_files.sweep(file)


def question(code: str, new: NewDevice, device_name: str, app: str, at: datetime) -> bytes:
    """The file that asks the county to enrol this computer."""
    fingerprint = _fingerprint(code)
    name = codes.file_name(fingerprint)
    sign_key, to_seal = public_keys(new.key)
    asked = codec.encode_enrol(Enrol(name, new.device, new.replica, device_name, sign_key, to_seal, app=app))
    beginning = layout.head(Header(layout.ASK, name, new.device, max(0, int(at.timestamp()))))
    key = codes.key_for(fingerprint, layout.ASK_KEY)
    unproven = beginning + parcels.lock(asked, key, layout.bound_to(beginning))
    return unproven + parcels.sign(new.key, layout.base_of(unproven))


def answer_in(raw: bytes, code: str, new: NewDevice, server: str = "") -> Answer:
    """What the county says in `raw`. Raises UserError: what it refused (on the field `code`), or a file that
    is cut, changed, or another's."""
    try:
        parts = layout.apart(raw)
    except Refused as error:
        raise UserError(ALTERED) from error
    fingerprint, header = _fingerprint(code), parts.header
    if header.kind != layout.TOLD or header.device != new.device:
        raise UserError(FOREIGN)
    if header.code != codes.file_name(fingerprint):
        raise UserError(ANOTHER_CODE, field="code")
    if not hmac.compare_digest(layout.proof_of(fingerprint, parts.base), parts.proof):
        raise UserError(ALTERED)
    box, sealed = parts.sealed[: bundle.BOX_BYTES], parts.sealed[bundle.BOX_BYTES :]
    content = parcels.unseal(box, sealed, receive_key(new.key).private_bytes_raw(), parts.bound_to)
    if content is None:
        raise UserError(ALTERED)
    try:
        return _answer(list(bundle.frames_in(content)), new, server)
    except Malformed as error:
        raise UserError(ALTERED) from error


def kept(path: Path, code: str) -> NewDevice | None:
    """The keys this code was asked with and that wait for its answer, or None."""
    bare = _bare(code)
    name = codes.file_name(codes.fingerprint(bare))
    for one in _kept(path):
        if one.get("code") == name:
            key = codes.key_for(bare.encode(), layout.KEEP_KEY)
            seed = parcels.unlock(bytes.fromhex(one["key"]), key, name.encode())
            if seed is not None:
                return NewDevice(one["device"], one["replica"], seed)
    return None


def keep(path: Path, code: str, new: NewDevice) -> None:
    """Keep the keys until the answer comes; only the code unlocks them. Raises StorageFault."""
    bare = _bare(code)
    name = codes.file_name(codes.fingerprint(bare))
    locked = parcels.lock(new.key, codes.key_for(bare.encode(), layout.KEEP_KEY), name.encode())
    one = {"code": name, "device": new.device, "replica": new.replica, "key": locked.hex()}
    others = [other for other in _kept(path) if other.get("code") != name]
    write_whole(path, json.dumps({"v": 1, "asked": [*others, one][-MOST_KEPT:]}).encode())


def waiting(path: Path) -> bool:
    """Whether this computer asked and waits for an answer."""
    return bool(_kept(path))


def _kept(path: Path) -> list[dict[str, str]]:
    try:
        asked = json.loads(path.read_bytes())["asked"]
    except (OSError, ValueError, KeyError, TypeError):
        return []
    names = ("code", "device", "replica", "key")
    return [one for one in asked if isinstance(one, dict) and all(isinstance(one.get(n), str) for n in names)]


def _answers(root: Path) -> Sequence[Path]:
    return parcel_files.found([root], layout.TOLD_SUFFIX)


def _header(raw: bytes) -> Header | None:
    try:
        return layout.apart(raw).header
    except Refused:
        return None


def _answer(frames: Sequence[Frame], new: NewDevice, server: str) -> Answer:
    enrolment, pack = None, b""
    for frame in frames:
        if frame.kind == layout.REFUSAL:
            refusal = REFUSALS.get(str(frame.told.get("error")))
            raise UserError(refusal.words if refusal else ALTERED, field="code")
        if frame.kind == layout.ENROLLED:
            told = codec.decode_enrolled(frame.data)
            address = str(frame.told.get("server") or "") or server or NO_LINE
            enrolment = enrolment_of(told, new, address)
        elif frame.kind == layout.PACK:
            pack = frame.data
    if enrolment is None:
        raise Malformed("an answer that says nothing")
    check = layout.check_number(*public_keys(new.key), enrolment.identity.stick_key)
    return Answer(enrolment, pack, check)


def _bare(code: str) -> str:
    bare = codes.normal(code)
    if bare is None:
        raise UserError(MISTYPED, field="code")
    return bare


def _fingerprint(code: str) -> bytes:
    return codes.fingerprint(_bare(code))
