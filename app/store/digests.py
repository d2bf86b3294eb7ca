"""What the county's copy of each village adds up to here, kept as rows come in.

Reading ten years of records to add them up takes seconds; a sum kept row by row costs nothing. A village
whose cursor stands at the start has no sum yet, so whatever puts a store back or mends it begins anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlite_utils import Database

from app.domain import mark
from app.store.meta import Meta

KEY = "digest "  # in meta, before the village; hexadecimal, for JSON elsewhere may not hold 64 bits


class Digests:
    """The sums, by village. Every write belongs into the transaction that writes the rows."""

    def __init__(self, db: Database, meta: Meta) -> None:
        self._db = db
        self._meta = meta

    def begin(self) -> None:
        """Forget the sum of every village that is heard from the start, before rows are taken in."""
        self._db.execute(
            "DELETE FROM meta WHERE substr(key, 1, ?) = ? AND substr(key, ?) NOT IN"
            " (SELECT village FROM cursor WHERE seq > 0)",
            [len(KEY), KEY, len(KEY) + 1],
        )

    def add(self, parts: Mapping[str, int]) -> None:
        """Take in what came and what went, as signed parts by village; those without a sum wait for one."""
        for village, part in parts.items():
            known = self._meta.get(KEY + village)
            if known is not None:
                self._set(village, int(known, 16) + part)

    def of(self, village: str) -> int:
        """The sum of one village, added up now when it is not known."""
        known = self._meta.get(KEY + village)
        return int(known, 16) if known is not None else self.counted(village)

    def counted(self, village: str) -> int:
        """The sum of one village, added up anew whatever was known."""
        total = sum(part_of(*row) for row in self._rows(village))
        self._set(village, total)
        return total % mark.SPAN

    def held(self, village: str) -> frozenset[str]:
        """The records that make up the sum of one village."""
        return frozenset(str(record) for record, _, _ in self._rows(village))

    def _rows(self, village: str) -> Iterable[tuple[str, int, int | None]]:
        return self._db.execute(
            "SELECT id, revision, county_deleted FROM record"
            " WHERE county_village = ? AND county_body IS NOT NULL AND revision > 0",
            [village],
        )

    def _set(self, village: str, total: int) -> None:
        self._meta.set(KEY + village, f"{total % mark.SPAN:x}")


def part_of(record: str, revision: int, deleted: int | None) -> int:
    """The part of one row of the store; nothing while it stands as in a life the county has lost."""
    return mark.standing(record, revision, deleted=bool(deleted)) if revision > 0 else 0
