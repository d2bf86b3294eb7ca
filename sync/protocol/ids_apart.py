"""Ids set apart from the text of a message: 16 random bytes pack badly as the 36 letters they are written in.

In the text an id that comes for the first time leaves one mark, one that came before a mark and how many
new ids ago it was. The ids themselves stand in a table: time since the one before, then 80 bits as they are.
Marks are control characters, which JSON never holds unescaped, so nothing typed is ever mistaken for one.
"""

from __future__ import annotations

import re

from sync.protocol.errors import Malformed, TooLarge

NEW, AGAIN = b"\x01", b"\x02"
ID_LENGTH = 36
_ID = re.compile(rb"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_MARK = re.compile(rb"\x01|\x02([0-9]{1,7});")
_REST_BYTES = 10  # of 16: what follows the 48 bits of time
_LONGEST_STEP = 8  # bytes of 7 bits that hold any step between two 48-bit times, with its sign


def set_apart(text: bytes) -> tuple[bytes, bytes]:
    """`text` with marks in place of its ids, and the table of the ids."""
    places: dict[bytes, int] = {}
    table = bytearray()
    before = 0

    def mark(found: re.Match[bytes]) -> bytes:
        nonlocal before
        name = found[0]
        place = places.get(name)
        if place is not None:
            return AGAIN + str(len(places) - place).encode() + b";"
        places[name] = len(places)
        number = int(name.replace(b"-", b""), 16)
        table.extend(_step(number >> 80, before))
        table.extend((number & (1 << 80) - 1).to_bytes(_REST_BYTES))
        before = number >> 80
        return NEW

    return _ID.sub(mark, text), bytes(table)


def put_back(text: bytes, table: bytes, most: int) -> bytes:
    """What `set_apart` was given. Raises Malformed, or TooLarge when it would exceed `most` bytes."""
    ids = _read(table)
    parts: list[bytes] = []
    at, size, used = 0, 0, 0
    for found in _MARK.finditer(text):
        place = used if found[1] is None else used - int(found[1])
        used += found[1] is None
        if not 0 <= place < min(used, len(ids)):
            raise Malformed("an id that is not in the table")
        parts += (text[at : found.start()], ids[place])
        size += found.start() - at + ID_LENGTH
        if size > most:
            raise TooLarge("too large once its ids are back")
        at = found.end()
    if used != len(ids):
        raise Malformed("ids that are not in the text")
    parts.append(text[at:])
    if size + len(text) - at > most:
        raise TooLarge("too large once its ids are back")
    return b"".join(parts)


def _step(time: int, before: int) -> bytes:
    """The way from one time to the next: seven bits to a byte, the lowest of all being the sign."""
    step = time - before
    left = step << 1 if step >= 0 else (-step << 1) - 1
    out = bytearray()
    while left > 0x7F:
        out.append(left & 0x7F | 0x80)
        left >>= 7
    out.append(left)
    return bytes(out)


def _read(table: bytes) -> list[bytes]:
    ids, at, time = [], 0, 0
    while at < len(table):
        step, at = _read_step(table, at)
        time += step
        rest = table[at : at + _REST_BYTES]
        if len(rest) < _REST_BYTES or not 0 <= time < 1 << 48:
            raise Malformed("a table of ids cut short")
        name = f"{time:012x}{rest.hex()}"
        ids.append(f"{name[:8]}-{name[8:12]}-{name[12:16]}-{name[16:20]}-{name[20:]}".encode())
        at += _REST_BYTES
    return ids


def _read_step(table: bytes, at: int) -> tuple[int, int]:
    left = 0
    for place in range(_LONGEST_STEP):
        if at + place >= len(table):
            break
        left |= (table[at + place] & 0x7F) << 7 * place
        if table[at + place] < 0x80:
            return (left >> 1 if not left & 1 else -(left + 1 >> 1)), at + place + 1
    raise Malformed("a table of ids cut short")
