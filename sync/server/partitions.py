"""A province in one database: the long tables divided by county, so that each county's part stays small.

Every key begins with the county and every question names it, so PostgreSQL looks into one part only; the
program does not know whether a table is divided.
"""

from __future__ import annotations

from psycopg import sql

from app.domain.problem import UserError
from sync.server.postgres import MIGRATION_LOCK, ROLE, Connection, owner

LONG = ("record", "op", "moved_out")  # what grows with the years; everything else stays short
MOST = 1024


def divide(database: str, parts: int) -> None:
    """Divides the long tables into `parts` by the hash of the county, with what is in them.

    One transaction, with the tables locked: meant for `init`, or for a night. Raises UserError when the
    number is none or it has been done, StorageFault when the database is away.
    """
    if not 2 <= parts <= MOST:
        raise UserError(f"分成几份：2 到 {MOST}。", field="partitions")
    with owner(database) as connection, connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (MIGRATION_LOCK,))
        connection.execute("SET LOCAL statement_timeout = 0")  # a night may be needed
        if parts_of(connection, LONG[0]):
            raise UserError("这个数据库已经分过了，不能再分。", field="partitions")
        for table in LONG:
            _divide(connection, table, parts)


def parts_of(connection: Connection, table: str) -> int:
    """How many parts a table has; 0 when it is not divided."""
    row = connection.execute(
        "SELECT count(*) AS n FROM pg_inherits WHERE inhparent = to_regclass(%s)"
        " AND EXISTS (SELECT FROM pg_partitioned_table WHERE partrelid = inhparent)",
        (table,),
    ).fetchone()
    return int(row["n"]) if row else 0


def _divide(connection: Connection, table: str, parts: int) -> None:
    whole, name = sql.Identifier(f"{table}_whole"), sql.Identifier(table)
    rights = connection.execute(
        "SELECT privilege_type FROM information_schema.role_table_grants"
        " WHERE table_schema = 'public' AND table_name = %s AND grantee = %s",
        (table, ROLE),
    ).fetchall()
    triggers = connection.execute(
        "SELECT pg_get_triggerdef(oid) AS made FROM pg_trigger"
        " WHERE tgrelid = %s::regclass AND NOT tgisinternal",
        (table,),
    ).fetchall()
    connection.execute(sql.SQL("ALTER TABLE {} RENAME TO {}").format(name, whole))
    connection.execute(
        sql.SQL("CREATE TABLE {} (LIKE {} INCLUDING ALL) PARTITION BY HASH (county)").format(name, whole)
    )
    for number in range(parts):
        connection.execute(
            sql.SQL("CREATE TABLE {} PARTITION OF {} FOR VALUES WITH (MODULUS {}, REMAINDER {})").format(
                sql.Identifier(f"{table}_{number}"), name, sql.Literal(parts), sql.Literal(number)
            )
        )
    connection.execute(sql.SQL("INSERT INTO {} SELECT * FROM {}").format(name, whole))
    connection.execute(sql.SQL("DROP TABLE {}").format(whole))
    for trigger in triggers:  # after the rows: what a trigger keeps, it has kept of them already
        connection.execute(str(trigger["made"]).encode())
    for right in rights:  # on the table alone: a part cannot be reached past it
        connection.execute(
            sql.SQL("GRANT {} ON {} TO {}").format(
                sql.SQL(right["privilege_type"]), name, sql.Identifier(ROLE)
            )
        )
