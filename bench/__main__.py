"""`python3 dev.py bench [PART …]`: every promise of speed with what was measured beside it in this run."""

from __future__ import annotations

import argparse
import sys
import unicodedata
from functools import partial

PARTS = ("start", "store", "paper", "years")
ASKED_FOR = ("county", "line", "peers")  # want both processors and minutes


def main() -> int:
    """Exit status: 0 when every promise is kept."""
    parser = argparse.ArgumentParser(prog="dev.py bench")
    parser.add_argument(
        "parts",
        nargs="*",
        metavar="PART",
        help=f"{', '.join((*PARTS, *ASKED_FOR))}; without any, the first {len(PARTS)}",
    )
    parser.add_argument("--full", action="store_true", help="also what needs a store of a gigabyte")
    parser.add_argument("--write", action="store_true", help="peers: its table goes into docs/performance.md")
    options = parser.parse_args()
    chosen = options.parts
    if unknown := set(chosen) - {*PARTS, *ASKED_FOR}:
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    from bench import line, paper, start, storing, sync_load, village_years
    from bench.peers import compare

    rows = {"start": start.rows, "store": storing.rows, "paper": paper.rows, "years": village_years.rows}
    rows |= {"county": sync_load.rows, "line": line.rows, "peers": partial(compare.rows, write=options.write)}
    if options.full:
        rows["full"] = storing.full
        chosen = [*(chosen or PARTS), "full"]
    kept = True
    for name in chosen or PARTS:
        for row in rows[name]():
            print(f"{row.mark} {_wide(row.name, 32)}{_wide(row.shown, 40)}{row.beside}", flush=True)
            kept = kept and row.kept
    return 0 if kept else 1


def _wide(text: str, columns: int) -> str:
    width = sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)
    return text + " " * max(1, columns - width)


if __name__ == "__main__":
    sys.exit(main())
