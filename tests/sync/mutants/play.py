"""Histories until the first broken promise, in the copy of the program this is started in."""

from __future__ import annotations

import logging
import sys
import tempfile
from pathlib import Path

from tests.sync.model.campaign import campaign, fresh_database, scratch_cluster, swift


def main(histories: int, seed: str, seconds: int) -> int:
    """Exit status 1 when a promise was broken; the last line says in which history, and which."""
    logging.disable(logging.CRITICAL)
    laptops = tempfile.TemporaryDirectory(prefix="sft-laptops-", dir=swift())
    with scratch_cluster() as cluster, laptops as name:
        url = fresh_database(cluster, "model")
        try:
            with campaign(url, Path(name)) as run:
                run.run(histories, seed, seconds / 60, stop_at=1)
                failures, done = run.failures, run.done
        except Exception as error:  # it does not even begin
            print(f"before the first history: {type(error).__name__}")
            return 1
    if not failures:
        print(f"{done} histories")
        return 0
    print(f"history {done}: {failures[0].words.splitlines()[0][:90]}")
    return 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), sys.argv[2], int(sys.argv[3])))
