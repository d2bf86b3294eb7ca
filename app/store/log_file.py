"""The write-ahead log left by a power cut, read frame by frame: which newest pages had been confirmed.

SQLCipher leaves the log's own headers plain and encrypts the pages in it; its checksums are over the
encrypted pages (measured, and kept so by a test). Source: https://sqlite.org/fileformat2.html, 4.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

HEADER_BYTES, FRAME_BYTES, PAGE_BYTES = 32, 24, 4096
STEP_BYTES = FRAME_BYTES + PAGE_BYTES
NOBODY_KNOWS = 0  # in place of a page number whose frame header is damaged
MAGICS = (0x377F0682, 0x377F0683)

Proved = Callable[[int, bytes], bool]


@dataclass
class Log:
    """`pages`: the newest confirmed content by page number, still encrypted; `size`: pages in the file then.

    `lost`: pages whose newest content the log had and can no longer give. `damaged`: frames nobody can
    place, or the log's own header gone.
    """

    pages: dict[int, bytes] = field(default_factory=dict)
    size: int = 0
    lost: set[int] = field(default_factory=set)
    damaged: int = 0


@dataclass(frozen=True)
class _Frame:
    number: int
    size: int  # of the file after the commit; 0 in every frame that is not the last of its transaction
    page: bytes
    good: bool


def first_pages(raw: bytes) -> Iterator[bytes]:
    """Every content of page 1 in the log, newest last, confirmed or not: each begins with the salt."""
    for at in range(HEADER_BYTES, len(raw) - STEP_BYTES + 1, STEP_BYTES):
        if raw[at : at + 4] == b"\0\0\0\1":
            yield raw[at + FRAME_BYTES : at + STEP_BYTES]


def read(raw: bytes, proved: Proved | None) -> Log:
    """What the log `raw` confirms; `proved` says whether an encrypted page is whole, None when none can be.

    A transaction counts when its last frame is there, as it does for SQLite. Where a frame in the middle
    is damaged, what came after it was confirmed all the same: with synchronous=FULL a later transaction
    is written only after the one before was safe. A torn transaction at the end never was.
    """
    log = Log()
    if len(raw) < HEADER_BYTES + STEP_BYTES:
        return log
    frames = list(_frames(raw, proved))
    log.damaged = 0 if _readable(raw) or any(frame.good for frame in frames) else 1
    open_frames: list[_Frame] = []
    held: list[list[_Frame]] = []  # whole transactions, or damaged ones waiting for a later one
    for frame in frames:
        open_frames.append(frame)
        if frame.size:
            held.append(open_frames)
            open_frames = []
            if all(one.good for one in held[-1]):
                for transaction in held:
                    _apply(log, transaction)
                held = []
    return log


def _apply(log: Log, transaction: list[_Frame]) -> None:
    for frame in transaction:
        if frame.number == NOBODY_KNOWS:
            log.damaged += 1
        elif frame.good:
            log.pages[frame.number] = frame.page
            log.lost.discard(frame.number)
        else:
            log.pages.pop(frame.number, None)
            log.lost.add(frame.number)
    log.size = transaction[-1].size
    for gone in [number for number in log.pages if number > log.size]:
        del log.pages[gone]
    log.lost = {number for number in log.lost if number <= log.size}


def _readable(raw: bytes) -> bool:
    magic, _, page_bytes = struct.unpack_from(">III", raw)
    sums = struct.unpack_from(">II", raw, 24)
    return magic in MAGICS and page_bytes == PAGE_BYTES and _checksum(raw[:24], (0, 0), magic) == sums


def _frames(raw: bytes, proved: Proved | None) -> Iterator[_Frame]:
    """Frames of this log's own life: those left from an earlier one bear other salts."""
    places = range(HEADER_BYTES, len(raw) - STEP_BYTES + 1, STEP_BYTES)
    whole = _readable(raw)
    (magic,) = struct.unpack_from(">I", raw) if whole else MAGICS[:1]
    salts = raw[16:24] if whole else raw[HEADER_BYTES + 8 : HEADER_BYTES + 16]
    mine = [at for at in places if raw[at + 8 : at + 16] == salts]
    before = struct.unpack_from(">II", raw, 24)
    for at in range(HEADER_BYTES, max(mine, default=0) + 1, STEP_BYTES):
        number, size = struct.unpack_from(">II", raw, at)
        page = raw[at + FRAME_BYTES : at + STEP_BYTES]
        sums = struct.unpack_from(">II", raw, at + 16)
        if raw[at + 8 : at + 16] == salts:
            chained = _checksum(page, _checksum(raw[at : at + 8], before, magic), magic) == sums
            yield _Frame(number, size, page, chained or bool(proved and proved(number, page)))
        else:
            yield _Frame(NOBODY_KNOWS, 0, page, good=False)
        before = sums


def _checksum(data: bytes, before: tuple[int, ...], magic: int) -> tuple[int, int]:
    words = struct.unpack(f"{'>' if magic & 1 else '<'}{len(data) // 4}I", data)
    one, two = before
    for index in range(0, len(words), 2):
        one = (one + words[index] + two) & 0xFFFFFFFF
        two = (two + words[index + 1] + one) & 0xFFFFFFFF
    return one, two
