"""Files of records, up and down: in signed pieces, from where the county says the last one ended.

Nothing about a half-sent file is kept on this side. The county's word is what counts, so a program that was
killed, a restored backup and a county that lost a part all go on the same way: ask, and send the rest.
"""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol, TypeVar

import requests

from app.domain.device import DeviceIdentity
from sync.client.http import Cut, LoginPage, NotCounty, Transport, refused
from sync.client.keys import signed, signed_headers
from sync.protocol import blobs, codec
from sync.protocol.blobs import ASKED, PIECE_BYTES, PIECE_FLOOR_BYTES, Piece, Standing
from sync.protocol.errors import BLOB_DAMAGED, OFFSET, Malformed, Refused

T = TypeVar("T")
BREATH_SECONDS = 0.08  # between two pieces: a quick line stays below what the county lets one computer ask
BEGINNINGS = 3  # how often one file is begun anew in a round: damage on every way is no accident

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Waiting:
    """One file the county has not yet: its hash, its size in bytes, and the attachment that holds it."""

    attachment: str
    sha256: str
    size: int


class Album(Protocol):
    """What sending files needs of the store."""

    def unsent(self, limit: int) -> Sequence[Waiting]:
        """The next files to send: small copies first, then in the order they were made."""
        ...

    def content(self, attachment: str) -> bytes:
        """The plain content; b"" for one that is not here or not whole."""
        ...

    def sent(self, attachments: Sequence[str]) -> None:
        """Remember that the county has these."""
        ...


@dataclass(frozen=True)
class Carried:
    """How far the sending is: files and bytes done, of all there were when it began."""

    files: int = 0
    of_files: int = 0
    sent: int = 0
    of_bytes: int = 0
    unreadable: int = 0  # files that are not whole on this computer
    stopped: bool = False


class Carrier:
    """Speaks for one device over one connection. Not for two threads at once."""

    def __init__(self, transport: Transport, identity: DeviceIdentity, at: datetime) -> None:
        self._transport, self._identity, self._at = transport, identity, at
        self._piece = PIECE_BYTES // 4  # a village line; it grows where the line holds
        self._method = "PATCH"
        self._not_before = 0.0

    def standings(self, hashes: Sequence[str]) -> dict[str, Standing]:
        """How far each of these is at the county. Raises as `Transport.post` does."""
        body = codec.encode_plain(blobs.question(hashes))
        who = self._identity
        headers = signed_headers(blobs.BLOBS_PATH, body, who.device, who.key, self._at)
        answer = self._transport.post(blobs.BLOBS_PATH, body, headers)
        return blobs.read_answer(codec.decode_plain(answer), hashes)

    def send(
        self,
        sha256: str,
        data: bytes,
        start: int,
        moved: Callable[[int], None],
        cancelled: Callable[[], bool],
    ) -> bool:
        """Send `data` from `start` on; True when the county has all of it, False when cancelled.

        `moved` is told how many bytes the county has. Raises as `Transport.post` does: Refused when it
        takes no files, or says three times over that this one came damaged.
        """
        offset, beginnings = min(start, len(data)), 0
        while not cancelled():
            offset = 0 if offset >= len(data) else offset
            piece = data[offset : offset + self._piece]
            whole = Piece(offset, len(data), offset + len(piece) == len(data))
            try:
                standing = self._put(sha256, piece, whole)
            except Cut:
                if self._piece <= PIECE_FLOOR_BYTES:
                    raise
                self._piece //= 2
                continue
            except Refused as refusal:
                beginnings += 1
                if refusal.refusal is not BLOB_DAMAGED or beginnings >= BEGINNINGS:
                    raise
                standing = Standing(0, False)
            moved(min(standing.offset, len(data)))
            if standing.complete:
                return True
            if standing.offset > offset:
                self._piece = min(PIECE_BYTES, self._piece * 2)
            elif standing.offset <= offset and (beginnings := beginnings + 1) >= 2 * BEGINNINGS:
                raise Malformed("the county's part does not grow")
            offset = standing.offset
        return False

    def fetch(self, sha256: str, moved: Callable[[int, int], None], cancelled: Callable[[], bool]) -> bytes:
        """The whole content, proven; b"" when cancelled. `moved` is told bytes come and bytes in all.

        Raises as `Transport.post` does; Refused (no_blob) while the county has not got it.
        """
        parts, come = [], 0
        while not cancelled():
            try:
                piece, total = self._get(sha256, come)
            except Cut:
                if self._piece <= PIECE_FLOOR_BYTES:
                    raise
                self._piece //= 2
                continue
            parts.append(piece)
            come += len(piece)
            moved(come, total)
            self._piece = min(PIECE_BYTES, self._piece * 2)
            if come == total:
                data = b"".join(parts)
                if hashlib.sha256(data).hexdigest() != sha256:
                    raise Refused(BLOB_DAMAGED, "came damaged")
                return data
        return b""

    def _put(self, sha256: str, piece: bytes, whole: Piece) -> Standing:
        try:
            return self._ask(self._method, sha256, piece, _piece_fields(whole), blobs.PATCH_COVERS, _standing)
        except (NotCounty, LoginPage):
            if self._method == "POST":
                raise
            # It may be a gateway that lets no PATCH through: the same under a name it knows.
            told = self._ask("POST", sha256, piece, _piece_fields(whole), blobs.PATCH_COVERS, _standing)
            self._method = "POST"
            return told

    def _get(self, sha256: str, start: int) -> tuple[bytes, int]:
        def understand(response: requests.Response, data: bytes) -> tuple[bytes, int]:
            if response.status_code != requests.codes.partial_content:
                raise refused(response.status_code, data)
            return data, blobs.read_content_range(response.headers, start, len(data))

        fields = blobs.range_header(start, self._piece)
        return self._ask("GET", sha256, b"", fields, blobs.GET_COVERS, understand)

    def _ask(
        self,
        method: str,
        sha256: str,
        body: bytes,
        fields: dict[str, str],
        covers: Sequence[str],
        understand: Callable[[requests.Response, bytes], T],
    ) -> T:
        time.sleep(max(0.0, self._not_before - time.monotonic()))
        self._not_before = time.monotonic() + BREATH_SECONDS
        path, who = blobs.path_of(sha256), self._identity
        headers = signed(method, path, body, who.device, who.key, self._at, fields, covers)
        return self._transport.ask(method, path, body, headers, understand)


def send_all(
    album: Album,
    carrier: Carrier,
    *,
    cancelled: Callable[[], bool] = lambda: False,
    progress: Callable[[Carried], None] = lambda _: None,
) -> Carried:
    """Send every file the county lacks, or until `cancelled()`. What is through is marked one by one.

    Raises Offline or Refused as `Transport.post` does; what was marked before stays so.
    """
    tally = Carried()
    seen: set[str] = set()  # what is not whole here stays unsent, and is tried once a round
    while not cancelled():
        batch = [one for one in album.unsent(ASKED + len(seen)) if one.attachment not in seen][:ASKED]
        if not batch:
            return tally
        seen.update(one.attachment for one in batch)
        standings = carrier.standings([one.sha256 for one in batch])
        there = [one for one in batch if standings[one.sha256].complete]
        if there:
            album.sent([one.attachment for one in there])
        rest = [one for one in batch if not standings[one.sha256].complete]
        tally = replace(
            tally,
            of_files=tally.of_files + len(rest),
            of_bytes=tally.of_bytes + sum(one.size for one in rest),
        )
        for one in rest:
            tally = _send_one(album, carrier, one, standings[one.sha256].offset, tally, cancelled, progress)
            if tally.stopped:
                return tally
    return replace(tally, stopped=True)


def _send_one(
    album: Album,
    carrier: Carrier,
    one: Waiting,
    start: int,
    tally: Carried,
    cancelled: Callable[[], bool],
    progress: Callable[[Carried], None],
) -> Carried:
    data = album.content(one.attachment)
    if not data:
        return replace(tally, unreadable=tally.unreadable + 1, files=tally.files + 1)

    def moved(come: int) -> None:
        progress(replace(tally, sent=tally.sent + come))

    if not carrier.send(one.sha256, data, start, moved, cancelled):
        return replace(tally, stopped=True)
    album.sent([one.attachment])
    tally = replace(tally, files=tally.files + 1, sent=tally.sent + len(data))
    progress(tally)
    return tally


def _piece_fields(piece: Piece) -> dict[str, str]:
    return {"Content-Type": blobs.PIECE_TYPE, **blobs.piece_headers(piece)}


def _standing(response: requests.Response, body: bytes) -> Standing:
    if response.status_code in (requests.codes.no_content, OFFSET.status) and not body:
        return blobs.read_standing(response.headers)
    raise refused(response.status_code, body)
