"""`python3 dev.py bench`: the speed table, every promise with what was measured beside it in this run."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Callable

from bench.measure import Row


def main() -> int:
    """Exit status: 0 when every promise is kept."""
    from bench import paper, start, storing

    parts: tuple[Callable[[], list[Row]], ...] = (start.rows, storing.rows, paper.rows)
    table = [row for part in parts for row in part()]
    for row in table:
        mark = "✓" if row.kept else "✗"
        print(f"{mark} {_wide(row.name, 28)}{_wide(row.shown, 40)}{row.beside}")
    return 0 if all(row.kept for row in table) else 1


def _wide(text: str, columns: int) -> str:
    width = sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)
    return text + " " * max(1, columns - width)


if __name__ == "__main__":
    sys.exit(main())
