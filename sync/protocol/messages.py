"""The messages of protocol 1 as frozen values; `codec` turns them into bytes and back."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from app.domain.change import Change, Incoming, Receipt
from app.domain.record import Json
from sync.protocol.canonical import canonical

VILLAGE_BUCKET = "v:"
FORM = 1  # answers with runs of receipts, echoes and digests; 0 is the form before them
EVERYTHING = "*"
KNOWS_ESCROW, KNOWS_PACK_KEY, KNOWS_STICK = 1, 2, 4


@dataclass(frozen=True)
class Op:
    """One change as it travels.

    `payload` is the whole object as received, keys this release does not know included: it is what
    the county logs and what its hash is taken over. `change` is None when the content cannot be
    understood here, and `fault` then says why; such an op is kept whole, never refused.
    """

    id: str
    record: str
    type: str
    bucket: str
    payload: Mapping[str, Json]
    change: Change | None
    fault: str = ""

    @cached_property
    def spelt(self) -> bytes:
        """`payload` in its canonical spelling, as the county logs it."""
        return canonical(self.payload)

    @cached_property
    def hash(self) -> bytes:
        """SHA-256 over that spelling, 32 bytes."""
        return hashlib.sha256(self.spelt).digest()


@dataclass(frozen=True)
class Enrol:
    """A new computer presents its one-time code and its public keys (raw 32 bytes each)."""

    code: str
    device: str
    replica: str
    device_name: str
    sign_key: bytes
    receive_key: bytes
    app: str = ""
    alg: str = "ed25519"


@dataclass(frozen=True)
class Enrolled:
    """What the county knows the computer as from now on. `villages` maps code to name; `block` (0–99)
    is the part of the ticket numbers that is this computer's alone in its villages; `escrow` the county's
    X25519 public key and `pack_key` its Ed25519 one, 32 bytes each, or empty where it has none; `stick` the
    two for what travels on a USB stick, 64 bytes together."""

    device: str
    county: str
    county_name: str
    epoch: str
    worker: str
    worker_name: str
    villages: Mapping[str, str]
    block: int = 0
    escrow: bytes = b""
    pack_key: bytes = b""
    stick: bytes = b""


@dataclass(frozen=True)
class CountyKeys:
    """The county's public keys told again, for a computer enrolled before they were made; `proof` is
    `trust.proof` of these two, `stick_proof` the one of `stick`."""

    escrow: bytes
    pack_key: bytes
    proof: bytes
    stick: bytes = b""
    stick_proof: bytes = b""


@dataclass(frozen=True)
class ToldTerms:
    """One version of the county's terms: its number, what it says (`app.domain.county_terms`), and the proof
    that the county says so to this very device (`protocol.terms`)."""

    number: int
    body: Mapping[str, Json]
    proof: bytes


@dataclass(frozen=True)
class Exchange:
    """One request: everything the device says and how far it has heard. `cursors` by village code.

    `was` is the replica the county knows the file by, while it has not heard that the file was put back
    from a backup and goes on as `replica`. `former` are the numbers ops had, by id, and `copies` records as
    the county held them, in a life of its numbering that it has lost (`protocol.lives`). `packing` is the
    best this device reads (0 is gzip), `reads` the newest form of answer (`FORM`). `need` names records that
    must come whole, `EVERYTHING` all of them; `differ` the villages whose digest was another than the
    county's; `knows` which of the county's keys need not be told again, as the sum of `KNOWS_ESCROW`,
    `KNOWS_PACK_KEY` and `KNOWS_STICK`. `link` is where this replica stands (`protocol.links`), None from a
    release that does not keep it; with `apart` the file goes on beside another copy that goes on as `was`.
    `terms` is the number of the county's terms the device knows, 0 for none, None from a release without.
    `unheard` is never said: at the county it marks a request out of one file with the one before, whose
    answer its writer cannot have heard.
    """

    replica: str
    epoch: str
    ops: tuple[Op, ...]
    cursors: Mapping[str, int]
    limit: int
    app: str = ""
    was: str = ""
    late: bool = False  # from a computer that was stopped: to be laid aside
    former: Mapping[str, int] = field(default_factory=dict)
    copies: tuple[Incoming, ...] = ()
    packing: int = 0
    reads: int = 0
    need: frozenset[str] = frozenset()
    differ: tuple[str, ...] = ()
    knows: int = 0
    link: str | None = None
    apart: bool = False
    terms: int | None = None
    unheard: bool = False


@dataclass(frozen=True)
class Reply:
    """The county's answer. `receipts` stand in the order of the request's ops.

    `cursors` names every village now in the device's scope and no other; `villages` gives their
    names; `durable` is the last commit number known to be in a verified backup; `more` asks for
    another exchange; `reused` are ids of ops whose id had been used for other content. `pack` is the
    version of the newest policy pack, for whoever wants to fetch it. `settled` are receipts that take the
    place of earlier ones: what became of this computer's quarantined changes. `digests` is
    `app.domain.mark.standing` summed over each village, when there is no more; `packing` is how the
    answer came, which is also what the county reads. `to` names the request it is the answer to, "" where
    the county does not say. `link` is where the replica stands from now on, "" where it stays. `terms` are
    the county's where the device does not know this version of them. `left` is how many rows are still to
    come where there is more, 0 where the county does not say.
    """

    epoch: str
    receipts: tuple[Receipt, ...]
    rows: tuple[Incoming, ...]
    cursors: Mapping[str, int]
    more: bool
    now: datetime
    durable: int = 0
    villages: Mapping[str, str] = field(default_factory=dict)
    reused: tuple[str, ...] = ()
    keys: CountyKeys | None = None
    pack: str = ""
    settled: tuple[Receipt, ...] = ()
    digests: Mapping[str, int] = field(default_factory=dict)
    packing: int = 0
    to: str = ""
    link: str = ""
    terms: ToldTerms | None = None
    left: int = 0


def bucket_of(village: str) -> str:
    """The name of a village's unit of partial replication."""
    return VILLAGE_BUCKET + village


def village_of(bucket: str) -> str | None:
    """The village code of a bucket, or None for a bucket that is not a village."""
    return bucket.removeprefix(VILLAGE_BUCKET) if bucket.startswith(VILLAGE_BUCKET) else None
