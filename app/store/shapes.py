"""What a row of each table looks like: told by the tables themselves, to know a row without its table."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlite_utils import Database

from app.store.btree import Row, Value
from app.store.counted import COUNTED, table_of

# What is made anew from the rest, what the county says again (also which files it has: all of them wait when
# they are written anew), and what is SQLite's or the migrations' own.
FILES = ("file_waiting", "file_fetched", "file_sent")
MADE_ANEW = frozenset(
    ("found", "county_terms", "lease", *FILES, "_sqlite_migrations", *map(table_of, COUNTED))
)
JSON_COLUMNS = frozenset(("body", "county_body", "payload", "value"))
KINDS: dict[str, tuple[type, ...]] = {
    "TEXT": (str,),
    "INTEGER": (int,),
    "REAL": (float, int),
    "BLOB": (bytes,),
}

Fields = dict[str, Value]


@dataclass(frozen=True)
class Shape:
    """`columns` are (name, type, not null); `number` is the column that is the rowid, if one is.

    `least` is how many columns every row has: those that a later release added at the end, with a default,
    are not in the rows that were there before.

    `key` are the columns of the primary key, `by_key` says that rows lie in an index b-tree, in order of it.
    """

    table: str
    columns: tuple[tuple[str, str, bool], ...]
    key: tuple[str, ...]
    number: str | None
    by_key: bool
    least: int

    def fields(self, row: Row) -> Fields:
        """What is legible of a row of this table, by column."""
        named = {self.columns[at][0]: value for at, value in row.known.items() if at < len(self.columns)}
        return named | {self.number: row.rowid} if self.number else named

    def fits(self, row: Row) -> bool:
        """Whether a row that may come from any table is one of this."""
        if (row.rowid is None) != self.by_key or not row.values:
            return False
        if len(row.values) > len(self.columns) or (row.whole and len(row.values) < self.least):
            return False
        fields = self.fields(row)
        typed = all(self._typed(column, fields) for column in self.columns)
        # The one other table of a name and a number is SQLite's own list of the last numbers given.
        return typed and not (self.table == "cursor" and not str(fields.get("village")).isdigit())

    def _typed(self, column: tuple[str, str, bool], fields: Fields) -> bool:
        name, kind, needed = column
        if name not in fields:
            return True
        value = fields[name]
        if value is None:
            return not needed
        return isinstance(value, KINDS[kind]) and (name not in JSON_COLUMNS or _is_json(name, value))


def shapes(db: Database) -> dict[str, Shape]:
    """The tables of a store that cannot be made anew from others, in the order they were made."""
    found = {}
    for row in db.execute(
        "SELECT l.name, l.wr FROM pragma_table_list l JOIN sqlite_master m ON m.name = l.name"
        " WHERE l.schema = 'main' AND l.type = 'table' AND l.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
        " ORDER BY m.rowid"
    ).fetchall():
        name, by_key = str(row[0]), bool(row[1])
        if name not in MADE_ANEW:
            found[name] = _shape(db, name, by_key)
    return found


def _shape(db: Database, table: str, by_key: bool) -> Shape:
    columns, key, least = [], [], 0
    for _, name, kind, needed, default, place in db.execute(f"PRAGMA table_info({table})"):
        columns.append((str(name), str(kind), bool(needed) and not (kind == "INTEGER" and place)))
        if default is None:
            least = len(columns)
        if place:
            key.append((place, str(name)))
    names = tuple(name for _, name in sorted(key))
    kinds = {name: kind for name, kind, _ in columns}
    number = names[0] if len(names) == 1 and kinds[names[0]] == "INTEGER" and not by_key else None
    return Shape(table, tuple(columns), names, number, by_key, least)


def _is_json(column: str, value: Value) -> bool:
    try:
        found = json.loads(str(value))
    except ValueError:
        return False
    # A village's code is a number to JSON; a row cut short behind it is no other table's.
    return column != "body" or isinstance(found, dict)
