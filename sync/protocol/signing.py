"""Which bytes a device signs, in the form of RFC 9421 with a Content-Digest of RFC 9530.

The signature covers method, path and body, not the host: a gateway may end TLS and rename the host,
and the same request may one day travel on a USB stick. `created` is logged, never enforced: a
repeat is harmless here, and a village computer's clock may be years wrong.

Three header fields say it in full; a county that has shown it is of a release that reads them gets the same
claim in one brief field, for on a village line every exchange pays for its headers.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sync.protocol.errors import BAD_SIGNATURE, Refused
from sync.protocol.limits import PROTOCOL, PROTOCOL_HEADER

ALGORITHM = "ed25519"  # the slot where another signature scheme would be named
NO_MORE: Mapping[str, str] = MappingProxyType({})
_INPUT = re.compile(
    r'county=\("@method" "@path" "content-digest"(?P<covered>(?: "[a-z-]{1,40}"){0,8})\)'
    r';created=(?P<created>-?\d{1,14});keyid="(?P<device>[0-9a-zA-Z_:-]{1,64})";alg="(?P<alg>[a-z0-9-]{1,20})"'
)
_BRIEF = re.compile(
    rf"{PROTOCOL} (?P<device>[0-9a-zA-Z_:-]{{1,64}}) (?P<created>-?\d{{1,14}})"
    r" (?P<signature>[A-Za-z0-9_-]{86})"
)
_VALUE = re.compile(r"county=:(?P<signature>[A-Za-z0-9+/=]{1,200}):")


@dataclass(frozen=True)
class Signed:
    """What the headers claim, before anything has been verified."""

    device: str
    created: int  # seconds since 1970 by the device's own clock
    signature: bytes
    base: bytes  # the bytes the signature must cover


def digest_header(body: bytes) -> str:
    """The Content-Digest field of `body`."""
    return f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"


def signature_input(device: str, created: int, covered: Iterable[str] = ()) -> str:
    """The Signature-Input field for a request of `device`; `covered` are further header fields it signs."""
    parts = " ".join(f'"{name}"' for name in ("@method", "@path", "content-digest", *covered))
    return f'county=({parts});created={created};keyid="{device}";alg="{ALGORITHM}"'


def signature_base(
    method: str, path: str, digest: str, parameters: str, covered: Mapping[str, str] = NO_MORE
) -> bytes:
    """The bytes to sign (RFC 9421 §2.5). `parameters` is Signature-Input without its label, `covered` the
    further header fields it names, in their order. Raises UnicodeEncodeError for one beyond ASCII."""
    lines = (
        f'"@method": {method}',
        f'"@path": {path}',
        f'"content-digest": {digest}',
        *(f'"{name}": {value}' for name, value in covered.items()),
        f'"@signature-params": {parameters}',
    )
    return "\n".join(lines).encode("ascii")


def base_to_sign(
    method: str, path: str, body: bytes, device: str, created: int, covered: Mapping[str, str] = NO_MORE
) -> bytes:
    """The bytes `device` signs for one request."""
    parameters = signature_input(device, created, covered).removeprefix("county=")
    return signature_base(method, path, digest_header(body), parameters, covered)


def headers_for(
    body: bytes, device: str, created: int, signature: bytes, covered: Iterable[str] = ()
) -> dict[str, str]:
    """The three header fields that carry a signature."""
    return {
        "Content-Digest": digest_header(body),
        "Signature-Input": signature_input(device, created, covered),
        "Signature": f"county=:{base64.b64encode(signature).decode()}:",
    }


def brief_header(device: str, created: int, signature: bytes) -> dict[str, str]:
    """The one header field that carries the version and the same signature."""
    spelt = base64.urlsafe_b64encode(signature).decode().rstrip("=")
    return {PROTOCOL_HEADER: f"{PROTOCOL} {device} {created} {spelt}"}


def read_headers(
    headers: Mapping[str, str], method: str, path: str, body: bytes, covered: Iterable[str] = ()
) -> Signed:
    """What the headers claim about `body`; `covered` are the further fields (in small letters) that must be
    signed, in this order. Raises Refused when they are missing or do not fit it."""
    brief = None if covered else _BRIEF.fullmatch(headers.get(PROTOCOL_HEADER.lower(), ""))
    if brief is not None:
        made = int(brief["created"])
        base = base_to_sign(method, path, body, brief["device"], made)
        return Signed(brief["device"], made, base64.urlsafe_b64decode(brief["signature"] + "=="), base)
    claim = _INPUT.fullmatch(headers.get("signature-input", ""))
    value = _VALUE.fullmatch(headers.get("signature", ""))
    if claim is None or value is None or claim["alg"] != ALGORITHM:
        raise Refused(BAD_SIGNATURE, "no signature in the agreed form")
    if headers.get("content-digest", "") != digest_header(body):
        raise Refused(BAD_SIGNATURE, "the body is not the one that was signed")
    try:
        signature = base64.b64decode(value["signature"], validate=True)
    except binascii.Error as error:
        raise Refused(BAD_SIGNATURE, "the signature is not base64") from error
    created = int(claim["created"])
    more = {name: headers.get(name, "") for name in covered}
    if claim["covered"] != "".join(f' "{name}"' for name in more) or not all(map(str.isascii, more.values())):
        raise Refused(BAD_SIGNATURE, "other fields are signed than those that count")
    base = base_to_sign(method, path, body, claim["device"], created, more)
    return Signed(claim["device"], created, signature, base)
