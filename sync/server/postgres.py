"""The door to PostgreSQL: connections in the program's own role, migrations, and our errors for theirs."""

from __future__ import annotations

import contextlib
import logging
import select
from collections.abc import Iterator
from importlib import resources
from typing import Any

import psycopg
from psycopg.rows import DictRow, dict_row
from psycopg_pool import ConnectionPool, PoolTimeout

from app.domain.problem import NewerFile, StorageFault
from sync.protocol.errors import BUSY, Refused

Connection = psycopg.Connection[DictRow]
Pool = ConnectionPool[Connection]

ROLE = "shoufangtong"
POOL_SIZE = 8
WAIT_SECONDS = 10  # for a connection, and for the county's lock
# For so long the pool asks a database that is away, after one, two and one seconds, then begins anew. By
# itself it doubles its pauses up to two minutes, and would not notice for as long that the database is back.
AGAIN_SECONDS = 4
CONNECT_SECONDS = 5  # for one machine, while devices wait; where an address names two, the next has its turn
# A machine that lost its power or its cable says no farewell, and left to itself the system waits a quarter
# of an hour for it. Asked after five seconds of silence and three times more, it is known to be gone in
# fourteen; what was sent is waited for ten seconds. A long answer of one that lives is not cut: it says so.
LINE: dict[str, Any] = {
    "tcp_user_timeout": 10_000,  # ms
    "keepalives": 1,
    "keepalives_idle": 5,
    "keepalives_interval": 3,
    "keepalives_count": 3,
}
OPTIONS = (
    "-c lock_timeout=10s -c statement_timeout=60s -c idle_in_transaction_session_timeout=120s"
    " -c default_transaction_isolation=read\\ committed"  # whatever the database's owner prefers
)
# A plan is kept with a connection while its table grows: one that reads a hundred rows from end to end does
# so with a hundred thousand too. Whatever is asked while serving has its index.
BY_INDEX = " -c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c enable_bitmapscan=off"
AWAY = ("08", "57P")  # a broken connection; a server that stops, has crashed or begins
MIGRATION_LOCK = 0x5346_0001
STEPS = resources.files("sync.server.migrations")

log = logging.getLogger(__name__)


def open_pool(database: str, size: int = POOL_SIZE, wait_seconds: float = WAIT_SECONDS) -> Pool:
    """At most `size` connections for serving, for which a request waits `wait_seconds`. Raises StorageFault
    when the database cannot be reached."""
    logging.getLogger("psycopg").setLevel(logging.ERROR)  # of a lost line it warns, and then raises as well
    logging.getLogger("psycopg.pool").setLevel(logging.CRITICAL)  # it repeats what we say once
    pool = ConnectionPool(
        database,
        connection_class=Connection,
        kwargs={
            "row_factory": dict_row, "options": OPTIONS + BY_INDEX, "autocommit": True,
            "connect_timeout": CONNECT_SECONDS, **LINE,
        },
        configure=_take_role,
        check=_still_there,
        min_size=1,
        max_size=size,
        timeout=wait_seconds,
        reconnect_timeout=AGAIN_SECONDS,
        reconnect_failed=ConnectionPool.check,
        open=False,
    )  # fmt: skip
    try:
        pool.open(wait=True, timeout=WAIT_SECONDS)
    except PoolTimeout as error:
        pool.close()
        raise StorageFault("连不上县里的数据库。看看 PostgreSQL 开了没有，地址和口令对不对。") from error
    return pool


@contextlib.contextmanager
def connect(database: str) -> Iterator[Connection]:
    """One connection in the program's role. Raises StorageFault, also when nothing is set up yet."""
    with owner(database) as connection:
        row = connection.execute("SELECT to_regclass('migration') AS there").fetchone()
        if row is None or row["there"] is None:
            raise StorageFault("数据库里还没有建县。先运行 init。")
        _take_role(connection)
        yield connection


@contextlib.contextmanager
def our_errors() -> Iterator[None]:
    """Turns a database that is away or busy into the refusal that tells a device to come back."""
    try:
        yield
    except (psycopg.OperationalError, PoolTimeout) as error:
        # The text of a database error may quote a row; its kind never does.
        raise Refused(BUSY, type(error).__name__) from error


def is_away(error: BaseException | None) -> bool:
    """Whether the database itself is gone or going, and not only one question of ours went wrong."""
    if isinstance(error, PoolTimeout):
        return True
    if not isinstance(error, psycopg.OperationalError):
        return False
    return error.sqlstate is None or error.sqlstate.startswith(AWAY)


def migrate(database: str) -> tuple[str, ...]:
    """Brings the schema up to this release; returns the names of the steps taken now.

    All steps are one transaction with their record of having been taken. Raises NewerFile, and
    changes nothing, when the database was written by a newer release; StorageFault when it is away.
    """
    steps = [(name, (STEPS / f"{name}.sql").read_text(encoding="utf-8")) for name in schemas()]
    with owner(database) as connection, connection.transaction():
        connection.execute("SET LOCAL statement_timeout = 0")  # a step over a large county takes its time
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (MIGRATION_LOCK,))
        connection.execute(
            "CREATE TABLE IF NOT EXISTS migration"
            " (name text PRIMARY KEY, taken_at timestamptz NOT NULL DEFAULT now())"
        )
        taken = {row["name"] for row in connection.execute("SELECT name FROM migration")}
        if taken - {name for name, _ in steps}:
            raise NewerFile("县里的数据库是新版写的，这一版太旧，没有动它。请先装新版。")
        fresh = [(name, sql) for name, sql in steps if name not in taken]
        for name, sql in fresh:
            connection.execute(sql.encode())
            connection.execute("INSERT INTO migration (name) VALUES (%s)", (name,))
    return tuple(name for name, _ in fresh)


def schemas() -> tuple[str, ...]:
    """The names of this release's migrations, in order."""
    names = (step.name for step in STEPS.iterdir())
    return tuple(sorted(name.removesuffix(".sql") for name in names if name.endswith(".sql")))


def with_role(database: str) -> None:
    """Make the program's role in a server that has never had a county. Raises StorageFault."""
    with owner(database) as connection:
        try:
            if connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (ROLE,)).fetchone() is None:
                connection.execute(f"CREATE ROLE {ROLE} NOLOGIN")
        except (psycopg.errors.DuplicateObject, psycopg.errors.UniqueViolation):
            pass  # another program was faster
        may = "SET" if connection.info.server_version >= 160_000 else "MEMBER"
        row = connection.execute("SELECT pg_has_role(%s, %s) AS may", (ROLE, may)).fetchone()
        if row is not None and not row["may"]:
            connection.execute(f"GRANT {ROLE} TO CURRENT_USER")


def lacking(connection: Connection) -> tuple[str, ...]:
    """The steps of this release that the database has not taken."""
    taken = {row["name"] for row in connection.execute("SELECT name FROM migration")}
    return tuple(name for name in schemas() if name not in taken)


def schema_version(connection: Connection) -> str:
    """The name of the last migration taken."""
    row = connection.execute("SELECT max(name) AS name FROM migration").fetchone()
    return str(row["name"]) if row else ""


@contextlib.contextmanager
def owner(database: str) -> Iterator[Connection]:
    """One connection as whoever owns the database, for migrations. Raises StorageFault."""
    try:
        connection = psycopg.connect(
            database, row_factory=dict_row, options=OPTIONS, autocommit=True, connect_timeout=WAIT_SECONDS,
            **LINE,
        )  # fmt: skip
    except psycopg.Error as error:
        raise StorageFault("连不上县里的数据库。看看 PostgreSQL 开了没有，地址和口令对不对。") from error
    with contextlib.closing(connection):
        # Every other server message is an error that is raised; a notice is only chatter.
        connection.execute("SET client_min_messages = warning")
        try:
            yield connection
        except psycopg.Error as error:
            log.error("database error %s", error.sqlstate)
            raise StorageFault("县里的数据库没做成这一步，资料没有动。") from error


def _still_there(connection: Connection) -> None:
    """Whether a kept connection still has its server; raises when not, and the pool makes another.

    An idle connection has nothing to read. One whose server went has: its end. Only then is the server
    asked, so that an exchange is spared the way there and back.
    """
    line = connection.fileno()
    if hasattr(select, "poll"):
        poll = select.poll()
        poll.register(line, select.POLLIN)
        told = bool(poll.poll(0))
    else:  # Windows, where it takes any number of sockets
        told = bool(select.select([line], [], [], 0)[0])
    if told:
        ConnectionPool.check_connection(connection)


def _take_role(connection: Connection) -> None:
    connection.execute("SET client_min_messages = warning")
    connection.execute(f"SET ROLE {ROLE}")
