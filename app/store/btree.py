"""SQLite's b-tree pages read as plain bytes, one by one, where no database can be opened any more.

Only what a page holds is believed, and only as far as it is sane: a page is read whole or not at all.
Source: https://sqlite.org/fileformat2.html, sections 1.6 (pages, cells, overflow) and 2.1 (records).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

USABLE_BYTES = 4016  # 4096 without the 80 the cipher keeps for itself
FILE_HEADER_BYTES = 100
INDEX_INTERIOR, TABLE_INTERIOR, INDEX_LEAF, TABLE_LEAF = 0x02, 0x05, 0x0A, 0x0D
INTERIOR, TABLE = (INDEX_INTERIOR, TABLE_INTERIOR), (TABLE_INTERIOR, TABLE_LEAF)
INT_BYTES = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
LONGEST_PAYLOAD = 1_000_000_000
MOST_FRAGMENTS = 60

Value = None | int | float | str | bytes
Values = tuple[Value, ...]


class NotSane(Exception):
    """These bytes are no page, cell or record."""


@dataclass(frozen=True)
class Cell:
    """One row as its page has it: the first bytes of its payload of `size`, and where the rest is or 0.

    `serials` are the types of its values, which begin at `begin` in the payload.
    """

    rowid: int | None
    size: int
    local: bytes
    overflow: int
    serials: tuple[int, ...]
    begin: int


@dataclass(frozen=True)
class Node:
    """One b-tree page: rows, and the pages below it from left to right."""

    kind: int
    cells: tuple[Cell, ...]
    children: tuple[int, ...]


@dataclass(frozen=True)
class Row:
    """A row; `values` ends before the first one that lay on a lost page, and then it is not whole.

    `known` has every value that needs no bytes of its own (NULL, 0, 1) or was legible, by column.
    """

    rowid: int | None
    values: Values
    whole: bool
    known: Mapping[int, Value]


def varint(data: bytes, at: int) -> tuple[int, int]:
    """(value, where it ends); a value of nine bytes may be negative. Raises NotSane past the end."""
    if at < len(data) and data[at] < 0x80:
        return data[at], at + 1
    value = 0
    for index in range(8):
        if at + index >= len(data):
            raise NotSane
        byte = data[at + index]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + index + 1
    if at + 8 >= len(data):
        raise NotSane
    value = value << 8 | data[at + 8]
    return value - (1 << 64) if value >> 63 else value, at + 9


def node(page: bytes, number: int) -> Node | None:
    """Page `number` (from 1) as a b-tree page, or None when anything in it is not sane."""
    try:
        return _node(page, FILE_HEADER_BYTES if number == 1 else 0)
    except (NotSane, struct.error):
        return None


def _node(page: bytes, begin: int) -> Node:
    kind, freeblock, count, content, fragments = struct.unpack_from(">BHHHB", page, begin)
    if kind not in (INDEX_INTERIOR, TABLE_INTERIOR, INDEX_LEAF, TABLE_LEAF):
        raise NotSane
    header = 12 if kind in INTERIOR else 8
    first = begin + header + 2 * count
    floor = max(first, content or 65536 if count else first)
    if floor > USABLE_BYTES or freeblock >= USABLE_BYTES or fragments > MOST_FRAGMENTS:
        raise NotSane
    cells, children = [], []
    for (at,) in struct.iter_unpack(">H", page[begin + header : first]):
        if not floor <= at <= USABLE_BYTES - 4:
            raise NotSane
        if kind in INTERIOR:
            children.append(_child(page, at))
        if kind != TABLE_INTERIOR:
            cells.append(_cell(page, at, kind))
    if kind in INTERIOR:
        children.append(_child(page, begin + 8))
    return Node(kind, tuple(cells), tuple(children))


def _child(page: bytes, at: int) -> int:
    (number,) = struct.unpack_from(">I", page, at)
    if number < 2:
        raise NotSane
    return int(number)


def _cell(page: bytes, at: int, kind: int) -> Cell:
    if kind in INTERIOR:
        at += 4
    size, at = varint(page, at)
    rowid = None
    if kind == TABLE_LEAF:
        rowid, at = varint(page, at)
    local = _local_bytes(size, kind)
    end = at + local
    overflow = 0
    if local < size:
        (overflow,) = struct.unpack_from(">I", page, min(end, len(page)))
    if not 1 < size <= LONGEST_PAYLOAD or end + (4 if local < size else 0) > USABLE_BYTES:
        raise NotSane
    if local < size and overflow < 2:
        raise NotSane
    payload = page[at:end]
    return Cell(rowid, size, payload, overflow, *_serials(payload, size))


def _local_bytes(size: int, kind: int) -> int:
    """How much of a payload lies on its own page (file format, 1.6)."""
    most = USABLE_BYTES - 35 if kind == TABLE_LEAF else (USABLE_BYTES - 12) * 64 // 255 - 23
    if size <= most:
        return size
    least = (USABLE_BYTES - 12) * 32 // 255 - 23
    kept = least + (size - least) % (USABLE_BYTES - 4)
    return kept if kept <= most else least


def _serials(payload: bytes, size: int) -> tuple[tuple[int, ...], int]:
    """The types of a record's values, and where its values begin; they must fill `size` exactly."""
    end, at = varint(payload, 0)
    if not at <= end <= len(payload):
        raise NotSane
    serials = []
    while at < end:
        serial, at = varint(payload, at)
        if serial < 0 or serial in (10, 11):
            raise NotSane
        serials.append(serial)
    if at != end or end + sum(map(_serial_bytes, serials)) != size:
        raise NotSane
    return tuple(serials), end


def _serial_bytes(serial: int) -> int:
    if serial >= 12:
        return (serial - 12) // 2
    return 8 if serial == 7 else INT_BYTES.get(serial, 0)


def _value(serial: int, raw: bytes) -> Value:
    if serial == 0:
        return None
    if serial in (8, 9):
        return serial - 8
    if serial == 7:
        (real,) = struct.unpack(">d", raw)
        return float(real)
    if serial < 7:
        return int.from_bytes(raw, "big", signed=True)
    try:
        return raw.decode() if serial % 2 else raw
    except UnicodeDecodeError as error:
        raise NotSane from error


class Forest:
    """All pages of a file that can be believed, by number; what is missing among them is missing."""

    def __init__(self, pages: Mapping[int, bytes]) -> None:
        self.pages = pages
        self.overflow: set[int] = set()  # pages on which the rest of some whole row lies
        self._nodes: dict[int, Node | None] = {}

    def node(self, number: int) -> Node | None:
        """Page `number` as a b-tree page; None when it is lost or is none."""
        if number not in self._nodes:
            page = self.pages.get(number)
            self._nodes[number] = None if page is None else node(page, number)
        return self._nodes[number]

    def walk(self, root: int, seen: set[int], missing: set[int]) -> Iterator[int]:
        """The tree below `root`, page by page, left to right; pages that are not there go to `missing`."""
        waiting = [root]
        while waiting:
            number = waiting.pop()
            if number in seen:
                continue
            found = self.node(number)
            if found is None:
                missing.add(number)
                continue
            seen.add(number)
            yield number
            waiting.extend(reversed(found.children))

    def rows(self, number: int) -> Iterator[Row]:
        """The rows on one page, with what overflowed it. What is not sane is left out."""
        found = self.node(number)
        for cell in found.cells if found else ():
            try:
                yield self._row(cell)
            except NotSane:
                continue

    def _row(self, cell: Cell) -> Row:
        rest, passed = self._rest(cell) if cell.overflow else (b"", set[int]())
        payload = cell.local + rest
        at = cell.begin
        values: list[Value] = []
        known: dict[int, Value] = {}
        cut = False
        for column, serial in enumerate(cell.serials):
            end = at + _serial_bytes(serial)
            try:
                if end <= len(payload) or at == end:
                    known[column] = _value(serial, payload[at:end])
                else:
                    cut = True
            except NotSane:
                cut = True
            if not cut:
                values.append(known[column])
            at = end
        if cut and not cell.overflow:
            raise NotSane
        if not cut:
            self.overflow |= passed
        return Row(cell.rowid, tuple(values), not cut, known)

    def _rest(self, cell: Cell) -> tuple[bytes, set[int]]:
        parts: list[bytes] = []
        left, number = cell.size - len(cell.local), cell.overflow
        passed: set[int] = set()
        while left > 0:
            page = self.pages.get(number)
            if page is None or number in passed:
                break
            passed.add(number)
            parts.append(page[4 : 4 + min(left, USABLE_BYTES - 4)])
            left -= len(parts[-1])
            number = int.from_bytes(page[:4], "big")
        if not left and number:
            parts.pop()  # the last page of a chain leads nowhere: this is none
        return b"".join(parts), passed


def free_pages(pages: Mapping[int, bytes], first: int) -> set[int]:
    """The pages the file keeps for later, from the first page of their list on, as far as it is left."""
    free: set[int] = set()
    while first and first not in free:
        free.add(first)
        page = pages.get(first)
        if page is None:
            break
        following, count = struct.unpack_from(">II", page)
        if count > (USABLE_BYTES - 8) // 4:
            break
        free.update(struct.unpack_from(f">{count}I", page, 8))
        first = int(following)
    return free
