"""`python3 dev.py mutate`: each seeded bug in a copy of the program, one after another, and what noticed it.

First the story that is known to notice it, then short histories of the steps that bring it about, then long
ones of every step, all to the first broken promise; a bug they do not concern is given to its own tests. Exit
status: how many survived.
"""

from __future__ import annotations

import argparse
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from tests.sync.model.campaign import scratch_cluster
from tests.sync.mutants import known, table
from tests.sync.mutants.attempt import Caught, Tries, attempt
from tests.sync.mutants.listed import MUTANTS, Mutant

SHORTEST = 40  # histories to leave steps out of a story that is to be kept


def main(arguments: list[str] | None = None) -> int:
    """Play them all, or those whose name has one of `--only` in it; first the program as it is."""
    options, began = _parser().parse_args(arguments), time.monotonic()
    stories = {} if options.anew else known.known()
    chosen = [one for one in MUTANTS if any(part in one.name for part in options.only)]
    with scratch_cluster() as cluster, ThreadPoolExecutor(options.jobs) as hands:
        tries = Tries(
            cluster, options.histories, options.seed, options.seconds, SHORTEST if options.keep else 0
        )
        if found := _as_it_is(tries, stories):
            print(f"The program itself breaks a promise, so nothing can be said of bugs: {found}")
            return len(MUTANTS)
        caught = dict(zip(chosen, hands.map(lambda one: _timed(one, tries, stories), chosen), strict=True))
    survived = [mutant.name for mutant, one in caught.items() if not one]
    if options.keep:
        _keep(caught, stories)
    print(f"{len(survived)} of {len(chosen)} survived, {time.monotonic() - began:.0f} s")
    return len(survived)


def _as_it_is(tries: Tries, stories: dict[str, known.Story]) -> str:
    """What the program breaks without any bug in it, in every story that is kept and a few histories."""
    none = replace(MUTANTS[0], wrong=MUTANTS[0].right)
    found = attempt(none, replace(tries, histories=min(tries.histories, 8)), tuple(stories.values()))
    return f"{found.by}: {found.broke}" if found else ""


def _timed(mutant: Mutant, tries: Tries, stories: dict[str, known.Story]) -> Caught | None:
    started = time.monotonic()
    story = stories.get(mutant.name)
    caught = attempt(mutant, tries, (story,) if story else ())
    took = time.monotonic() - started
    words = f"{caught.by}: {caught.broke[:90]}" if caught else "SURVIVED"
    print(f"{mutant.name:52}{took:5.0f} s  {words}", flush=True)
    return caught


def _keep(caught: dict[Mutant, Caught | None], stories: dict[str, known.Story]) -> None:
    """The stories for the next time, and the table in the docs."""
    found = {one.name: now.story for one, now in caught.items() if now and now.story}
    names = [one.name for one in MUTANTS if not one.tests]
    every = {**stories, **found}
    known.write({name: every[name] for name in names if name in every})
    table.write(MUTANTS, {one.name: now for one, now in caught.items()})


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dev.py mutate", description="bugs put in on purpose")
    parser.add_argument("--only", nargs="+", default=("",), help="those with this in their name")
    parser.add_argument("--histories", type=int, default=400, help="for each, at most (400)")
    parser.add_argument("--seconds", type=int, default=240, help="for each, at most (240)")
    parser.add_argument("--seed", type=int, default=1, help="of the histories (1)")
    parser.add_argument("--jobs", type=int, default=2, help="bugs at a time (2)")
    parser.add_argument("--anew", action="store_true", help="without the stories that are known")
    parser.add_argument("--keep", action="store_true", help="write down the stories found, and the table")
    return parser


if __name__ == "__main__":
    sys.exit(main())
