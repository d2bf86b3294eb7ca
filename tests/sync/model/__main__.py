"""Histories at length, several at a time: what they met, and what was lost, overwritten or diverged."""

from __future__ import annotations

import logging
import multiprocessing
import os
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from tests.sync.model.campaign import (
    Failure,
    campaign,
    fresh_database,
    scratch_cluster,
    swift,
    table,
)

# A history waits for answers more than it computes.
JOBS = 2 * (os.cpu_count() or 1)
MORE, WIRED = 0.5, 0.1  # the parts of the histories with everything, and over HTTP
Part = tuple[int, int, int, float, int, bool]


def histories(
    number: int, seed: int, minutes: float = 0, *, jobs: int = JOBS, stop_at: int = 0, shrink: bool = True
) -> int:
    """How many of `number` histories broke a promise; prints the table, and a few in their shortest form."""
    began = time.monotonic()
    parts: list[Part] = [
        (seed, job, len(range(job, number, jobs)), minutes, stop_at, shrink)
        for job in range(min(jobs, number))
    ]
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(len(parts), mp_context=spawn) as hands:
        found = list(hands.map(play, parts))
    failures = [failure for _, each, _ in found for failure in each]
    done = sum(each for _, _, each in found)
    print(table(done, sum((seen for seen, _, _ in found), Counter()), failures))
    print(f"{time.monotonic() - began:.0f} s", flush=True)
    for failure in failures[:5]:
        print(f"\n{failure.seed}: {failure.words}\n  steps: {', '.join(failure.told)}", flush=True)
    return len(failures)


def play(part: Part) -> tuple[Counter[str], list[Failure], int]:
    """One job's share, in a program of its own, on a PostgreSQL of its own."""
    seed, job, number, minutes, stop_at, shrink = part
    logging.disable(logging.CRITICAL)
    laptops = tempfile.TemporaryDirectory(prefix="sft-laptops-", dir=swift())
    with (
        laptops as name,
        scratch_cluster() as cluster,
        campaign(fresh_database(cluster, "model"), Path(name), cluster, more=MORE, wired=WIRED) as run,
    ):
        run.run(number, f"{seed}.{job}", minutes, stop_at)
        failures = [run.shrink(each) if shrink and n < 1 else each for n, each in enumerate(run.failures)]
        return run.seen, failures, run.done


if __name__ == "__main__":
    sys.exit(1 if histories(int(sys.argv[1]), int(sys.argv[2])) else 0)
