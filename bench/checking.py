"""How long looking everything over takes: a village of 2,000 people, and every page of a large file.

`python -m bench.checking [MEGABYTES]`, 300 where nothing is said; in a temporary folder on the working disk.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from contextlib import closing
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path

from app import packs
from app.actions.desk import Desk
from app.actions.entry.gate import FIRST_GENERATION, Opened
from app.actions.safekeeping.checking import check
from app.domain.checkup import Step
from app.domain.workdays import CHINA
from app.store import Store
from app.store.drafts import Draft
from app.vault import keyfile
from app.vault.keyfile import KeyFile
from demo.village.village import generate

NOW = datetime(2026, 11, 20, 14, 32, tzinfo=CHINA)
MEGABYTE = 1_000_000
LIMIT_SECONDS, LIMIT_MB_A_SECOND = 3.0, 100


def main(megabytes: int) -> int:
    """Print what was measured; 1 when a limit was passed."""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        home, key = Path(folder), os.urandom(32)
        with closing(Store(home / "bench.db", key, create=True)) as store:
            village = _village(store, home, key)
            pace = _pages(store, home / "bench.db", megabytes)
    return int(village > LIMIT_SECONDS or pace < LIMIT_MB_A_SECOND)


def _village(store: Store, home: Path, key: bytes) -> float:
    desk = Desk(
        store=store, worker="w", worker_name="向海燕", worker_phone="15400001108", village="439901101201",
        village_name="青石垭村", pack=packs.load(packs.reference()), calendar=packs.calendar(),
        clock=lambda: NOW,
    )  # fmt: skip
    made = generate(1, date(2026, 11, 20))
    with desk.unit("fill") as unit:
        for record in (*made.households, *made.people):
            unit.save(record)
    keyfile.write(home / "keys.json", KeyFile("bench").stamped({FIRST_GENERATION: key}))
    begun: list[tuple[str, float]] = []

    def heard(step: Step) -> None:
        if not step.percent:
            begun.append((step.words, time.perf_counter()))

    checked = check(desk, home / "keys.json", Opened(key, "w", "向海燕"), heard)
    begun.append(("", time.perf_counter()))
    for (words, start), (_, end) in pairwise(begun):
        print(f"  {words:<10} {end - start:6.2f} s")
    taken = begun[-1][1] - begun[0][1]
    print(
        f"a village of {len(made.people):,}: {checked.records:,} records, {taken:.2f} s, {checked.findings}"
    )
    return taken


def _pages(store: Store, path: Path, megabytes: int) -> float:
    for n in range(megabytes):
        body = {"text": os.urandom(MEGABYTE // 2).hex()}
        store.drafts.save(Draft(id=f"d-{n}", kind="bench", subject="", body=body, saved_at=NOW))
    store.proof.pages()  # folds the log in; what follows is the reading alone
    size = path.stat().st_size / MEGABYTE
    start, worked = time.perf_counter(), time.process_time()
    pages = store.proof.pages()
    middle, worked = time.perf_counter(), time.process_time() - worked
    store.proof.tables()
    end = time.perf_counter()
    pace = size / (middle - start)
    print(f"{size:.0f} MB, {pages.count:,} pages: {middle - start:.2f} s, {pace:.0f} MB/s", end=" ")
    print(f"({size / worked:.0f} by the processor's own time);", end=" ")
    print(f"tables {end - middle:.2f} s; both {size / (end - start):.0f} MB/s")
    return pace


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 300))
