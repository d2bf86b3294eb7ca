"""Making this computer known to the county with a one-time code from paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.domain.device import DeviceIdentity
from app.domain.problem import UserError
from sync.client.http import Cut, Transport
from sync.client.keys import NewDevice, new_device, public_keys, signed_headers
from sync.protocol import codec, codes
from sync.protocol.errors import (
    CODE_EXPIRED,
    CODE_UNKNOWN,
    CODE_USED,
    TOO_MANY_TRIES,
    Malformed,
    Refused,
)
from sync.protocol.limits import ENROL_PATH
from sync.protocol.messages import Enrol, Enrolled

TRIES = 3  # the answer may be lost; the county gives the same one again
MISTYPED = "登记码抄错了，或少了一位。照着纸条再对一遍。"


@dataclass(frozen=True)
class Enrolment:
    """What the worker's file keeps, and the names to show her. `villages` maps code to name."""

    identity: DeviceIdentity
    county_name: str
    villages: Mapping[str, str]


def enrol(
    transport: Transport, code: str, device_name: str, *, at: datetime, new: NewDevice | None = None
) -> Enrolment:
    """Enrols this computer. `new` holds keys made before; keep it to ask again after a failure.

    Raises UserError on the field `code` when the code is mistyped, wrong, used or expired; Offline
    when the county is not reached (the code is not lost: ask again with the same `new`).
    """
    if codes.normal(code) is None:
        raise UserError(MISTYPED, field="code")
    new = new or new_device(at)
    sign_key, receive_key = public_keys(new.key)
    body = codec.encode_enrol(
        Enrol(code, new.device, new.replica, device_name, sign_key, receive_key, app=transport.app)
    )
    headers = signed_headers(ENROL_PATH, body, new.device, new.key, at)
    try:
        told = codec.decode_enrolled(_post(transport, body, headers))
    except Refused as refused:
        if refused.refusal in (CODE_UNKNOWN, CODE_USED, CODE_EXPIRED, TOO_MANY_TRIES):
            raise UserError(refused.words, field="code") from refused
        raise
    return enrolment_of(told, new, transport.server)


def enrolment_of(told: Enrolled, new: NewDevice, server: str) -> Enrolment:
    """What the county's answer to `new` means for this computer; `server` is the address it is known by.
    Raises Malformed for an answer to another device."""
    if told.device != new.device:
        raise Malformed("an answer for another device")
    identity = DeviceIdentity(
        device=new.device,
        replica=new.replica,
        key=new.key,
        server=server,
        county=told.county,
        epoch=told.epoch,
        worker=told.worker,
        worker_name=told.worker_name,
        villages=tuple(told.villages),
        serial_block=told.block,
        escrow_key=told.escrow,
        pack_key=told.pack_key,
        stick_key=told.stick,
    )
    return Enrolment(identity, told.county_name, told.villages)


def _post(transport: Transport, body: bytes, headers: Mapping[str, str]) -> bytes:
    for _ in range(TRIES - 1):
        try:
            return transport.post(ENROL_PATH, body, headers)
        except Cut:
            continue
    return transport.post(ENROL_PATH, body, headers)
