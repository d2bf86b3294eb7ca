"""The databases beside the county's own: in which a backup is proven, restored, or what was there lies."""

from __future__ import annotations

import contextlib
import logging
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

import psycopg

from app.domain.problem import StorageFault, UserError
from sync.server import pg_tools
from sync.server.postgres import Connection, owner

PROOF, COMING = "sft_proof_", "_coming"
STAMP = "%Y%m%d_%H%M%S"
SERVER = "postgres"  # the database that is always there, from which the others are renamed
LOCKS = 0x5346_0002
# PostgreSQL cuts a name at 63 bytes without a word; this leaves room for what is put behind it.
NAME_BYTES = 40
KEY = "(hashtext(datname::text)::bigint & 4294967295)::oid"  # as pg_locks shows the second half of a lock

log = logging.getLogger(__name__)


class Kind(Enum):
    """What a database beside was made for."""

    PROOF = 1
    COMING = 2
    ASIDE = 3


@dataclass(frozen=True)
class Neighbour:
    """A database beside that nobody works on now: since when (None: its name does not say) and how large."""

    kind: Kind
    name: str
    since: datetime | None
    bytes: int | None


def proof_name(at: datetime) -> str:
    """A name nobody else gives."""
    return f"{PROOF}{at.strftime(STAMP)}_{secrets.token_hex(6)}"


def coming_name(name: str) -> str:
    """Where a backup is restored before it takes the place of the database `name`."""
    return f"{_short(name)}{COMING}"


@contextlib.contextmanager
def made(database: str, via: str, name: str, denied: str) -> Iterator[str]:
    """The address of an empty database `name`, which is gone afterwards unless it was given another name.

    As long as it is held, a lock in the database `via` says that somebody works on it. Raises UserError,
    with `denied`, when the user may make no databases, or when another program has the name; StorageFault.
    """
    with owner(via) as keeper:
        keeper.execute("SET statement_timeout = 0")
        row = keeper.execute("SELECT pg_try_advisory_lock(%s, hashtext(%s)) AS had", (LOCKS, name)).fetchone()
        if row is None or not row["had"]:
            raise UserError("另一个恢复正在做。等它做完再说。资料没有动。")
        try:
            _drop(keeper, name)
            try:
                keeper.execute(f'CREATE DATABASE "{name}" TEMPLATE template0'.encode())
            except psycopg.errors.InsufficientPrivilege as error:
                raise UserError(denied) from error
            yield pg_tools.beside(database, name)
        finally:
            drop(via, name)


@contextlib.contextmanager
def reading(database: str) -> Iterator[Connection]:
    """Everything as of one moment, for however long it takes to read. Raises StorageFault."""
    with owner(database) as connection, connection.transaction():
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        connection.execute("SET LOCAL statement_timeout = 0")
        connection.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        yield connection


def drop(via: str, name: str) -> None:
    """Drop a database beside, if it is there. What fails is logged: the next backup tries again."""
    try:
        with owner(via) as connection:
            connection.execute("SET statement_timeout = 0")
            _drop(connection, name)
    except StorageFault:
        log.warning("the database %s is left over", name)


def forget(database: str, name: str) -> None:
    """Drop what a restore put aside. Raises UserError when there is no such or somebody looks at it."""
    with owner(database) as connection:
        if (Kind.ASIDE, name) not in {(one.kind, one.name) for one in left_over(connection)}:
            raise UserError(f"没有 {name} 这个换下来的库。doctor 说有哪些。什么也没删。", field="name")
        connection.execute("SET statement_timeout = 0")
        try:
            connection.execute(f'DROP DATABASE "{name}"'.encode())
        except psycopg.errors.ObjectInUse as error:
            raise UserError(f"还有程序连着 {name}。先关了它再删。什么也没删。", field="name") from error


def swap(database: str, name: str, at: datetime) -> str:
    """Give the database `name` a new name, which is returned, and its own to the one that is coming.

    Both or neither, also when the power goes. Raises UserError when another program uses it or the user
    may not, StorageFault when it cannot be known which.
    """
    server = pg_tools.beside(database, SERVER)
    with owner(server) as connection:
        aside = _free_name(connection, f"{_short(name)}_{at.strftime(STAMP)}")
    try:
        with owner(server) as connection:
            _rename(connection, {name: aside, coming_name(name): name})
    except StorageFault:
        if not _came_about(server, aside):
            raise
    return aside


def left_over(connection: Connection) -> tuple[Neighbour, ...]:
    """What is there beside this database that nobody works on now: proofs of any, the rest of this one."""
    row = connection.execute("SELECT current_database() AS name").fetchone()
    assert row is not None, "a function has a row"
    own = _short(row["name"])
    rows = connection.execute(
        f"SELECT datname AS name, CASE WHEN has_database_privilege(oid, 'CONNECT')"  # noqa: S608  # ours
        "  THEN pg_database_size(oid) END AS bytes FROM pg_database"
        " WHERE (starts_with(datname, %(proof)s) OR starts_with(datname, %(own)s))"
        "  AND datname <> current_database() AND NOT EXISTS (SELECT FROM pg_locks"
        f"  WHERE locktype = 'advisory' AND classid = %(locks)s AND objid = {KEY} AND objsubid = 2)"
        " ORDER BY datname".encode(),
        {"proof": PROOF, "own": f"{own}_", "locks": LOCKS},
    ).fetchall()
    found = ((_kind(own, row["name"]), row["name"], row["bytes"]) for row in rows)
    return tuple(Neighbour(kind, name, _since(name), size) for kind, name, size in found if kind)


def _kind(own: str, name: str) -> Kind | None:
    if name.startswith(PROOF):
        return Kind.PROOF
    if name == own + COMING:
        return Kind.COMING
    return Kind.ASIDE if re.fullmatch(rf"{re.escape(own)}_\d{{8}}_\d{{6}}(_\d+)?", name) else None


def _since(name: str) -> datetime | None:
    """By the county's clock, without a zone."""
    told = re.search(r"_(\d{8}_\d{6})(_|$)", name)
    with contextlib.suppress(ValueError):
        return datetime.strptime(told[1], STAMP) if told else None  # noqa: DTZ007  # a name says no zone
    return None


def _rename(connection: Connection, names: dict[str, str]) -> None:
    try:
        with connection.transaction():
            for old, new in names.items():
                connection.execute(f'ALTER DATABASE "{old}" RENAME TO "{new}"'.encode())
    except psycopg.errors.ObjectInUse as error:
        raise UserError("县里的服务还开着。先把它停了，再恢复。资料没有动。") from error
    except psycopg.errors.InsufficientPrivilege as error:
        raise UserError("数据库的用户不是这个库的主人，换不了名。原来的资料没有动。") from error


def _came_about(server: str, aside: str) -> bool:
    """Whether the names were changed although the answer was lost. Raises StorageFault when nobody says."""
    try:
        with owner(server) as connection:
            return _is_there(connection, aside)
    except StorageFault as error:
        raise StorageFault(
            f"换库名的时候数据库断了。数据库起来以后运行 doctor：说有 {aside} 这个换下来的库，"
            "就是恢复好了；没有，就是没有恢复，原来的资料没有动，再恢复一次。"
        ) from error


def _free_name(connection: Connection, wanted: str) -> str:
    name, number = wanted, 1
    while _is_there(connection, name):
        number += 1
        name = f"{wanted}_{number}"
    return name


def _is_there(connection: Connection, name: str) -> bool:
    return connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone() is not None


def _drop(connection: Connection, name: str) -> None:
    connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())


def _short(name: str) -> str:
    return name.encode()[:NAME_BYTES].decode(errors="ignore")
