"""Rows brought together again from the pages of a damaged store, and the names of those that are gone.

Where the tables' trees can still be walked, a page belongs to the table that leads to it. A page that
nothing leads to any more belongs to the table whose shape its rows have.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from app.store.btree import TABLE, Forest, Row, Values, free_pages
from app.store.shapes import Fields, Shape

SCHEMA_KINDS = ("table", "index", "view", "trigger")
SHOWN = ("record", "kind", "household", "title", "place", "birth", "sound")
FOUND = Shape(
    "found",
    (("n", "INTEGER", False), *((name, "TEXT", True) for name in SHOWN)),
    ("n",),
    "n",
    by_key=False,
    least=1 + len(SHOWN),
)
Key = tuple[object, ...]


@dataclass
class Gathered:
    """`rows` by table and primary key; `cut` are rows of which a part lay on a lost page, as far as legible.

    `entries` are the rows of every index that could be reached, by its name; `complete` names the tables and
    indexes of which no page is missing. `numbers` are the last numbers given, `found` what the search showed,
    `free` are pages the file had no use for.
    """

    rows: dict[str, dict[Key, Fields]] = field(default_factory=dict)
    cut: dict[str, list[Fields]] = field(default_factory=dict)
    entries: dict[str, list[Values]] = field(default_factory=dict)
    complete: set[str] = field(default_factory=set)
    numbers: dict[str, int] = field(default_factory=dict)
    found: dict[str, Fields] = field(default_factory=dict)
    migrations: frozenset[str] = frozenset()
    free: frozenset[int] = frozenset()


class Gathering:
    """One pass over the believable pages of a store."""

    def __init__(self, forest: Forest, shapes: Mapping[str, Shape]) -> None:
        self.forest = forest
        self.shapes = shapes
        self.done = Gathered(rows={name: {} for name in shapes}, cut={name: [] for name in shapes})
        self._seen: set[int] = set()
        self._free = self._freed()

    def run(self) -> Gathered:
        """Walk what can be walked, then look at every page that is left."""
        roots = self._roots()
        for name, (kind, root) in roots.items():
            gaps: set[int] = set()
            for number in self.forest.walk(root, self._seen, gaps):
                self._take(name, kind, number)
            if not gaps:
                self.done.complete.add(name)
        for number in sorted(set(self.forest.pages) - self._seen - self._free):
            self._stray(number)
        self.done.free = frozenset(self._free)
        return self.done

    def _freed(self) -> set[int]:
        first = self.forest.pages.get(1)
        return free_pages(self.forest.pages, int.from_bytes(first[32:36], "big")) if first else set()

    def _roots(self) -> dict[str, tuple[str, int]]:
        """Where each table and index begins, as far as a page of the list of them is left."""
        gaps: set[int] = set()
        pages = list(self.forest.walk(1, self._seen, gaps))
        if gaps:
            left = set(self.forest.pages) - self._seen - self._free
            pages += [number for number in left if self._lists_tables(number)]
        self._seen.update(pages)
        found: dict[str, tuple[str, int]] = {}
        for number in pages:
            for row in filter(_of_schema, self.forest.rows(number)):
                kind, name, _, root, _ = row.values
                if isinstance(root, int) and root > 1:
                    found[str(name)] = (str(kind), root)
        return found

    def _lists_tables(self, number: int) -> bool:
        rows = list(self.forest.rows(number))
        return bool(rows) and all(map(_of_schema, rows))

    def _take(self, name: str, kind: str, number: int) -> None:
        node = self.forest.node(number)
        if node is None or not node.cells:
            return
        rows = self.forest.rows(number)
        if name in self.shapes:
            for row in rows:
                self._keep(self.shapes[name], row)
        elif name == FOUND.table:
            self._show(rows)
        elif name == "sqlite_sequence":
            self.done.numbers |= {str(row.values[0]): _whole_number(row.values) for row in rows}
        elif name == "_sqlite_migrations":
            self.done.migrations |= {str(row.values[2]) for row in rows if row.values[1:2] == ("store",)}
        elif kind == "index":
            self.done.entries.setdefault(name, []).extend(row.values for row in rows if row.whole)

    def _stray(self, number: int) -> None:
        node = self.forest.node(number)
        if node is None or not node.cells:
            return
        for row in self.forest.rows(number):
            fitting = next((one for one in self.shapes.values() if one.fits(row)), None)
            if fitting is not None and fitting.table not in self.done.complete:
                self._keep(fitting, row)
            elif fitting is None and node.kind in TABLE and FOUND.fits(row):
                self._show([row])
            elif fitting is None and node.kind not in TABLE and row.whole:
                self.done.entries.setdefault("", []).append(row.values)

    def _keep(self, shape: Shape, row: Row) -> None:
        fields = shape.fields(row)
        if not row.whole:
            self.done.cut[shape.table].append(fields)
            return
        key = tuple(fields.get(name) for name in shape.key)
        held = self.done.rows[shape.table].get(key)
        if held is None or _age(fields) > _age(held):
            self.done.rows[shape.table][key] = fields

    def _show(self, rows: Iterable[Row]) -> None:
        for fields in (FOUND.fields(row) for row in rows if row.whole):
            self.done.found[str(fields["record"])] = fields


def page_count(first: bytes) -> int:
    """How many pages the file has, as its first page says."""
    return int.from_bytes(first[28:32], "big")


def _of_schema(row: Row) -> bool:
    values = row.values
    return (
        row.rowid is not None
        and len(values) == 5
        and values[0] in SCHEMA_KINDS
        and isinstance(values[1], str)
        and isinstance(values[3], int)
    )


def _age(fields: Fields) -> tuple[int, str]:
    """A later copy of a row is more: by the county's number, its receipt, or when it was saved."""
    number = fields.get("revision") or fields.get("seq") or 0
    return (number if isinstance(number, int) else 0), str(fields.get("saved_at") or "")


def _whole_number(values: Values) -> int:
    return values[1] if len(values) > 1 and isinstance(values[1], int) else 0
