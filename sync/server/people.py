"""Who looks after which village: given, taken away, and ended when somebody leaves the work.

What a worker had not sent yet still comes home: a computer of somebody who left may hand it in for a while,
and it is laid aside whole for the township.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.domain.problem import UserError
from sync.protocol.messages import bucket_of, village_of
from sync.server import county
from sync.server.postgres import Connection

LATE_FOR = timedelta(days=30)  # 待核: how long what was not sent may still come in after somebody left


@dataclass(frozen=True)
class Worker:
    """One worker and her villages, by code."""

    id: str
    name: str
    villages: tuple[str, ...]


def find(connection: Connection, place: str, named: str) -> Worker:
    """The worker of that name, or of that id. Raises UserError when there is none, or several."""
    rows = connection.execute(
        "SELECT worker, name FROM worker WHERE county = %(c)s AND (name = %(n)s OR worker = %(n)s)"
        " ORDER BY created_at",
        {"c": place, "n": named.strip()},
    ).fetchall()
    if not rows:
        raise UserError(f"{place} 没有 {named} 这个人。", field="worker")
    if len(rows) > 1:
        which = "；".join(f"{row['worker']}（{_said(connection, place, row['worker'])}）" for row in rows)
        raise UserError(f"叫 {named} 的有 {len(rows)} 个，写编号：{which}", field="worker")
    (row,) = rows
    return Worker(row["worker"], row["name"], _villages(connection, place, row["worker"]))


def every(connection: Connection, place: str) -> tuple[Worker, ...]:
    """All workers there ever were, in the order they came."""
    rows = connection.execute(
        "SELECT worker, name FROM worker WHERE county = %s ORDER BY created_at", (place,)
    ).fetchall()
    return tuple(
        Worker(row["worker"], row["name"], _villages(connection, place, row["worker"])) for row in rows
    )


def assign(
    connection: Connection, place: str, named: str, give: Sequence[str], take: Sequence[str]
) -> Worker:
    """Give a worker villages and take others from her; her computers hear of it at their next sync.

    A computer keeps what it has not sent of a village taken away, hands it in, and then forgets the village.
    No code of hers that nobody has used gives the village back; one that had no other is worth nothing.
    Raises UserError for an unknown worker or village, or when she would be left with none.
    """
    with connection.transaction():
        _lock(connection, place, named)
        worker = find(connection, place, named)
        known = county.villages_in(connection, place, [bucket_of(village) for village in (*give, *take)])
        for village in (*give, *take):
            if village not in known:
                raise UserError(f"县里没有 {village} 这个村。", field="village")
        villages = sorted({*worker.villages, *give} - set(take))
        if not villages:
            raise UserError("一个村也不剩了。人不干了，用 revoke --worker。", field="take")
        county.set_scope(connection, place, worker.id, villages)
        connection.execute(
            "UPDATE enrolment e SET villages = left_over, expires_at ="
            " CASE WHEN left_over = '{}' THEN least(expires_at, issued_at) ELSE expires_at END"
            " FROM (SELECT county, code_hash, ARRAY(SELECT one FROM unnest(villages) AS one"
            "  WHERE one <> ALL(%(t)s)) AS left_over FROM enrolment WHERE county = %(c)s"
            "  AND worker = %(w)s AND used_at IS NULL AND villages && %(t)s) AS o"
            " WHERE e.county = o.county AND e.code_hash = o.code_hash",
            {"t": list(take), "c": place, "w": worker.id},
        )
    return Worker(worker.id, worker.name, tuple(villages))


def leave(connection: Connection, place: str, named: str, at: datetime) -> tuple[Worker, int]:
    """End a worker's part: all her villages and computers; returns her, and how many computers there were.

    For `LATE_FOR` they may still hand in what they had not sent. Raises UserError.
    """
    with connection.transaction():
        _lock(connection, place, named)
        worker = find(connection, place, named)
        connection.execute("DELETE FROM scope WHERE county = %s AND worker = %s", (place, worker.id))
        done = connection.execute(
            "UPDATE device SET revoked_at = %s, late_until = %s"
            " WHERE county = %s AND worker = %s AND revoked_at IS NULL",
            (at, at + LATE_FOR, place, worker.id),
        )
        connection.execute(
            "UPDATE enrolment SET expires_at = %s WHERE county = %s AND worker = %s AND used_at IS NULL"
            " AND expires_at > %s",
            (at, place, worker.id, at),
        )
    return worker, done.rowcount


def _lock(connection: Connection, place: str, named: str) -> None:
    """Her codes that nobody has used, and then the county, as whoever uses one takes them: in the other
    order the two would wait for each other."""
    connection.execute(
        "SELECT FROM enrolment WHERE county = %s AND worker = %s AND used_at IS NULL FOR UPDATE",
        (place, find(connection, place, named).id),
    )
    county.lock(connection, place)


def _villages(connection: Connection, place: str, worker: str) -> tuple[str, ...]:
    scope = county.scope_of(connection, place, worker)
    return tuple(village for bucket in scope if (village := village_of(bucket)) is not None)


def _said(connection: Connection, place: str, worker: str) -> str:
    return "、".join(_villages(connection, place, worker)) or "没有村"
