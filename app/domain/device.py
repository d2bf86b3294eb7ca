"""Who this computer is to the county: what enrolment gave it and every exchange is signed with."""

from __future__ import annotations

from dataclasses import dataclass, field

# Nobody answers at the discard port: the address of a computer whose enrolment was lost.
NO_COUNTY = "http://127.0.0.1:9"
# Nor at this one: the address of a computer that was enrolled on a stick and has no line yet.
NO_LINE = "http://localhost:9"


@dataclass(frozen=True)
class DeviceIdentity:
    """One worker's file on one computer. Kept inside the encrypted file and nowhere else.

    `device` names the key pair to the county and `replica` this very file; `key` is the 32-byte
    Ed25519 seed. `server` is the county's base address, `county` its 6-digit code, `epoch` the life
    of the county's numbering (a restored county has another). `villages` are the 12-digit codes the
    worker may read and write. Its tickets count from `serial_block` × 10 000: no two computers of one
    village give out the same number. `was` is the replica the county still knows
    this file by, after it was put back from a backup and before the county has heard so; with `apart`
    another copy goes on under it. `link` is where this file stands in the chain of what it brought the
    county, and `link_at` the highest number among the receipts of the answer that said so. `escrow_key`
    (X25519) and `pack_key` (Ed25519) are the county's public keys, 32 bytes, or empty while it has none;
    `stick_key` are the two for a USB stick, 64 bytes (`app.vault.parcels`). `terms` is the number of the
    county's terms that are known here.
    """

    device: str
    replica: str
    key: bytes = field(repr=False)
    server: str
    county: str
    epoch: str
    worker: str
    worker_name: str
    villages: tuple[str, ...]
    serial_block: int = 0
    escrow_key: bytes = field(default=b"", repr=False)
    was: str = ""
    pack_key: bytes = field(default=b"", repr=False)
    stick_key: bytes = field(default=b"", repr=False)
    link: str = ""
    apart: bool = False
    link_at: int = 0
    terms: int = 0
