"""The device's own keys: one 32-byte seed signs its requests and opens what the county seals for it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.domain.ids import new_id
from sync.protocol.limits import MESSAGE_TYPE, PROTOCOL, PROTOCOL_HEADER
from sync.protocol.signing import base_to_sign, brief_header, headers_for

SEED_BYTES = 32
RECEIVE_PURPOSE = b"shoufangtong device receive key 1"


@dataclass(frozen=True)
class NewDevice:
    """A computer that has made its keys and not yet been enrolled. Keep it until enrolment succeeds:
    asking again with the same keys gets the same answer, asking with others finds the code used."""

    device: str
    replica: str
    key: bytes = field(repr=False)


def new_device(at: datetime) -> NewDevice:
    """Fresh ids and a fresh seed."""
    return NewDevice(new_id(at), new_id(at), secrets.token_bytes(SEED_BYTES))


def public_keys(seed: bytes) -> tuple[bytes, bytes]:
    """The raw public keys of a seed: Ed25519 to check its signatures, X25519 to seal things for it."""
    sign_key = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
    return sign_key, receive_key(seed).public_key().public_bytes_raw()


def receive_key(seed: bytes) -> X25519PrivateKey:
    """The X25519 key that belongs to a seed; derived, so that one secret has to be kept."""
    derived = HKDF(hashes.SHA256(), 32, salt=None, info=RECEIVE_PURPOSE).derive(seed)
    return X25519PrivateKey.from_private_bytes(derived)


def signed_headers(
    path: str, body: bytes, device: str, seed: bytes, at: datetime, *, brief: bool = False
) -> dict[str, str]:
    """Every header field of a POST of `body` to `path` by `device`; `brief` for a county that reads it so."""
    if brief:
        created = int(at.timestamp())
        base = base_to_sign("POST", path, body, device, created)
        signature = Ed25519PrivateKey.from_private_bytes(seed).sign(base)
        return {"Content-Type": MESSAGE_TYPE, **brief_header(device, created, signature)}
    return signed("POST", path, body, device, seed, at, {"Content-Type": MESSAGE_TYPE})


def signed(
    method: str,
    path: str,
    body: bytes,
    device: str,
    seed: bytes,
    at: datetime,
    fields: Mapping[str, str],
    covers: Sequence[str] = (),
) -> dict[str, str]:
    """Every header field of a request: `fields`, of which those named in `covers` (in small letters, in that
    order) are signed too."""
    created = int(at.timestamp())
    small = {name.lower(): value for name, value in fields.items()}
    covered = {name: small[name] for name in covers}
    signature = Ed25519PrivateKey.from_private_bytes(seed).sign(
        base_to_sign(method, path, body, device, created, covered)
    )
    return {
        PROTOCOL_HEADER: str(PROTOCOL),
        **fields,
        **headers_for(body, device, created, signature, covered),
    }
