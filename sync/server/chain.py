"""The op log as a chain of hashes with a head for every day: what was said cannot be changed unnoticed.

The program's role may not change the log; who owns the database could. A head that was written down
elsewhere, on paper or by a monitor, holds every letter of the log before it.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sync.protocol.canonical import canonical, content_hash
from sync.server import county as counties
from sync.server.postgres import Connection

BEGINNING = bytes(32)
ROWS = 1000  # fetched at once, so that a log of millions needs no memory

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Head:
    """The hash of the first `ops` ops of the log, the last of which has the number `upto`."""

    upto: int
    ops: int
    head: bytes
    made_at: datetime

    @property
    def words(self) -> str:
        """As it is written down."""
        return self.head.hex()


def extend(connection: Connection, county: str, at: datetime) -> Head | None:
    """Hashes on from the last head to the end of the log and keeps the new head; None without a new op."""
    with connection.transaction():
        counties.lock(connection, county)  # no number below the head may still be on its way
        last = newest(connection, county)
        upto, ops, head = (last.upto, last.ops, last.head) if last else (0, 0, BEGINNING)
        begun = ops
        for row in _said(connection, county, upto):
            upto, ops, head = row["seq"], ops + 1, link(head, row)
        if ops == begun:
            return None
        connection.execute(
            "INSERT INTO chain (county, upto, ops, head, made_at) VALUES (%s, %s, %s, %s, %s)",
            (county, upto, ops, head, at),
        )
    return Head(upto, ops, head, at)


def newest(connection: Connection, county: str) -> Head | None:
    """The last head."""
    found = heads(connection, county, last=1)
    return found[0] if found else None


def heads(connection: Connection, county: str, last: int | None = None) -> tuple[Head, ...]:
    """The heads, newest first."""
    rows = connection.execute(
        "SELECT upto, ops, head, made_at FROM chain WHERE county = %s ORDER BY upto DESC LIMIT %s",
        (county, last),
    )
    return tuple(Head(row["upto"], row["ops"], bytes(row["head"]), row["made_at"]) for row in rows)


def broken(connection: Connection, county: str, written: bytes = b"") -> str:
    """Reads the whole log again: where it is not what it was, in words for the clerk, or "" when it is.

    `written` is a head somebody wrote down; it must be one of this log's.
    """
    known = {one.upto: one for one in heads(connection, county)}
    if written and written not in {one.head for one in known.values()}:
        return "写下来的那个链头，这份日志里没有：日志被换过，或者恢复过比它早的备份。"
    upto, ops, head = 0, 0, BEGINNING
    with connection.transaction():
        for row in _said(connection, county, 0):
            if content_hash(row["payload"]) != bytes(row["hash"]):
                return f"第 {row['seq']} 号的内容被改过。"
            upto, ops, head = row["seq"], ops + 1, link(head, row)
            due = known.pop(upto, None)
            if due is not None and (due.head, due.ops) != (head, ops):
                return f"{due.made_at:%Y-%m-%d} 记下的链头对不上：第 {upto} 号或它以前的被改过、删过、添过。"
    if known:
        return f"第 {min(known)} 号记过链头，现在不在了。"
    return ""


def link(before: bytes, row: dict[str, Any]) -> bytes:
    """The head after one more op: its number, its content by hash, its sender and its verdict."""
    said = [
        row["seq"],
        row["op"],
        bytes(row["hash"]).hex(),
        row["bucket"],
        row["record"],
        row["type"],
        row["device"],
        row["replica"],
        row["worker"],
        row["outcome"],
        row["reason"],
        row["received_at"].astimezone(UTC).isoformat(),
    ]
    return hashlib.sha256(before + canonical(said)).digest()


def _said(connection: Connection, county: str, after: int) -> Iterator[dict[str, Any]]:
    """Needs a transaction: the rows stay on the server until they are fetched."""
    with connection.cursor("said") as cursor:
        cursor.itersize = ROWS
        cursor.execute(
            "SELECT seq, op, hash, bucket, record, type, device, replica, worker, payload, outcome, reason,"
            " received_at FROM op WHERE county = %s AND seq > %s ORDER BY seq",
            (county, after),
        )
        yield from cursor
