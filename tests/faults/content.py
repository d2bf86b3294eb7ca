"""What a store holds, row by row, so that two moments of it can be compared exactly."""

from __future__ import annotations

import hashlib
from typing import Any

Content = dict[str, str]  # table/key → digest of the row
Difference = dict[str, str | None]  # None: the row is gone


def content(db: Any) -> Content:
    """Every row of every table but the full-text one, which `agreement` compares with the records."""
    found: Content = {}
    names = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    for (table,) in db.execute(names).fetchall():
        if table == "term" or table.startswith("term_"):
            continue
        keys = [row[0] for row in db.execute(f"PRAGMA table_info({table})") if row[5]]
        for row in db.execute(f"SELECT * FROM {table}"):  # noqa: S608  # the file's own names
            key = "|".join(str(row[place]) for place in keys or range(len(row)))
            found[f"{table}/{key}"] = hashlib.blake2b(repr(tuple(row)).encode(), digest_size=9).hexdigest()
    return found


def difference(before: Content, after: Content) -> Difference:
    """What makes `after` of `before`."""
    changed: Difference = {key: row for key, row in after.items() if before.get(key) != row}
    return changed | dict.fromkeys(before.keys() - after.keys())


def applied(before: Content, changes: Difference) -> Content:
    """`before` with a difference made to it."""
    merged = {**before, **changes}
    return {key: row for key, row in merged.items() if row is not None}
