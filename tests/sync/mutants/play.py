"""Histories until the first broken promise, in the copy of the program this is started in.

Started with one JSON: `url` of a database, `stories` that are known, `steps` that bring the bug about, and
how many `histories` from which `seed` within so many `seconds`. Ends with status 1 when a promise was broken,
and with a JSON that says by what; `shortest` tells it in as few steps as are soon found.
"""

from __future__ import annotations

import json
import logging
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from tests.sync.model.campaign import Campaign, Failure, campaign, swift


def main(wanted: dict[str, Any]) -> int:
    """See above."""
    logging.disable(logging.CRITICAL)
    with tempfile.TemporaryDirectory(prefix="sft-laptops-", dir=swift()) as name:
        try:
            with campaign(wanted["url"], Path(name)) as run:
                found = _known(run, wanted) or _short(run, wanted) or _long(run, wanted)
        except Exception as error:  # it does not even begin
            found = {"by": "before the first history", "broke": type(error).__name__}
    print(json.dumps(found or {}))
    return 1 if found else 0


def _known(run: Campaign, wanted: dict[str, Any]) -> dict[str, Any] | None:
    for story in wanted["stories"]:
        failure = run.play(story["seed"], story["steps"], Counter())
        if failure:
            return _told(f"story {failure.seed}", failure)
    return None


def _short(run: Campaign, wanted: dict[str, Any]) -> dict[str, Any] | None:
    began = time.monotonic()
    for number in range(wanted["histories"] if wanted["steps"] else 0):
        if time.monotonic() - began > wanted["seconds"] / 2:
            break
        seed = f"{wanted['seed']}.{number}"
        drawn = random.Random(seed)  # the same each time
        names = drawn.choices(wanted["steps"], k=drawn.randint(6, 14))
        failure = run.play(seed, [f"{n} {name}" for n, name in enumerate(names)], Counter())
        if failure:
            return _told(f"short history {failure.seed}", run.shrink(failure, wanted["shortest"]))
    return None


def _long(run: Campaign, wanted: dict[str, Any]) -> dict[str, Any] | None:
    run.run(wanted["histories"], wanted["seed"], wanted["seconds"] / 60, stop_at=1)
    if not run.failures:
        return None
    failure = run.failures[0]
    return _told(f"history {failure.seed}", run.shrink(failure, wanted["shortest"]))


def _told(by: str, failure: Failure) -> dict[str, Any]:
    words = failure.words.splitlines()[0]
    return {"by": by, "broke": words, "seed": failure.seed, "steps": failure.told}


if __name__ == "__main__":
    sys.exit(main(json.loads(sys.argv[1])))
