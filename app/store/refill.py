"""A new store filled row by row with what came back from a damaged one, through this release's schema."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from app.domain.problem import NewerFile, StorageFault
from app.store.cipher import faults, open_file
from app.store.finder import Finder
from app.store.schema import known, migrate
from app.store.shapes import Fields, Shape, shapes


class Refill:
    """The new store at `path` under `key`, open until `close`; raises StorageFault as any store does."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._db = open_file(path, key, create=True)
        try:
            with faults():
                migrate(self._db)
                self.shapes: Mapping[str, Shape] = shapes(self._db)
        except BaseException:
            self._db.close()
            raise

    def check_release(self, migrations: Iterable[str]) -> None:
        """Raises NewerFile when the damaged store was written by a later release than this."""
        if set(migrations) - known():
            raise NewerFile("这份资料是新版写的。请先升级，资料没有动。")

    def write(self, tables: Mapping[str, Iterable[Fields]], numbers: Mapping[str, int]) -> None:
        """Every row of every table, and the last number each table has given; in one transaction."""
        with faults(), self._db.atomic():
            for table, rows in tables.items():
                for fields in rows:
                    names = ", ".join(fields)
                    marks = ", ".join("?" * len(fields))
                    self._db.execute(
                        f"INSERT OR IGNORE INTO {table}({names}) VALUES ({marks})", list(fields.values())
                    )
            for table, number in numbers.items():
                if table in self.shapes:
                    self._count_from(table, number)
            Finder(self._db).rebuild()

    def _count_from(self, table: str, number: int) -> None:
        # A number that was given once is not given again, though its row may be gone.
        (last,) = self._db.execute(f"SELECT coalesce(max(rowid), 0) FROM {table}").fetchone()
        self._db.execute("DELETE FROM main.sqlite_sequence WHERE name = ?", [table])
        self._db.execute(
            "INSERT INTO main.sqlite_sequence(name, seq) VALUES (?, ?)", [table, max(last, number)]
        )

    def prove(self) -> None:
        """Fold the log into the file and look through every page of it. Raises StorageFault."""
        with faults():
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            pages = self._db.execute("PRAGMA cipher_integrity_check").fetchall()
            tables = [str(row[0]) for row in self._db.execute("PRAGMA integrity_check")]
        if pages or tables != ["ok"]:
            raise StorageFault("抢救出来的资料没写好，没有用它。原来的资料没有动。")

    def close(self) -> None:
        self._db.close()
