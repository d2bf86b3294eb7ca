"""What the search index is told of a transaction, held back until its records are written."""

from __future__ import annotations

from app.domain.record import Body
from app.store.finder import Finder


class Later:
    """One for each transaction; what is undone with it is simply never told.

    Writing a record runs the triggers of `app.store.counted`, and a statement with triggers is given a
    savepoint: at each the search index would write out what it holds in memory, so that an import of
    thousands took twice as long. And a record saved twice is indexed once.
    """

    def __init__(self, finder: Finder) -> None:
        self._finder = finder
        self._told: dict[str, tuple[str, Body] | None] = {}

    def index(self, kind: str, record: str, body: Body) -> None:
        """The record is to be found by what its body says now."""
        self._told.pop(record, None)
        self._told[record] = (kind, body)

    def forget(self, record: str) -> None:
        """The record is not to be found any more."""
        self._told.pop(record, None)
        self._told[record] = None

    def flush(self) -> None:
        """Tell it all, in the order of saving, and have it written."""
        for record, told in self._told.items():
            if told is None:
                self._finder.forget(record)
            else:
                self._finder.index(told[0], record, told[1])
        self._told.clear()
        self._finder.flush()
