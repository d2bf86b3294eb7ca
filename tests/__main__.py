"""Every test, by as many runs of pytest side by side as the computer has processors.

They share the files of tests (`tests.sharing`). What tests write goes to memory where there is room: a disk
that is asked to be certain takes most of the time of a short test, and none cuts the power of the computer.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import IO

MEMORY = Path("/dev/shm")  # noqa: S108  # a folder of our own is made in it
ROOM_BYTES = 2 << 30  # free for each run; all of them together leave some hundred megabytes at a time
MOST_RUNS = 8


def main() -> int:
    """Exit status: 0 when every run passed, else that of the first that did not."""
    count = min(os.cpu_count() or 1, MOST_RUNS)
    with ExitStack() as open_files:
        folder = Path(open_files.enter_context(tempfile.TemporaryDirectory("", "sft-tests-", _roomy(count))))
        folder.chmod(0o711)  # PostgreSQL is run by another user
        # The others tell what they did when the first has ended: stories told at once are none.
        told = [open_files.enter_context(tempfile.TemporaryFile()) for _ in range(count - 1)]
        runs = [_begin(folder, number, out) for number, out in enumerate((None, *told), 1)]
        ended = [run.wait() for run in runs]
        sys.stdout.flush()
        for out in told:
            out.seek(0)
            shutil.copyfileobj(out, sys.stdout.buffer)
    print(
        "==", "; ".join(f"run {number} {_said(status)}" for number, status in enumerate(ended, 1)), flush=True
    )
    return next(filter(None, ended), 0)


def _begin(folder: Path, number: int, out: IO[bytes] | None) -> subprocess.Popen[bytes]:
    shared, place = folder / "shared", folder / str(number)
    for made in (shared, place):
        made.mkdir(exist_ok=True)
        made.chmod(0o711)
    words = [
        "-m",
        "pytest",
        "-p",
        "tests.sharing",
        "--shared",
        str(shared),
        "--basetemp",
        str(place / "each"),
    ]
    words += ["-o", "tmp_path_retention_policy=failed", "-o", f"cache_dir=.pytest_cache/{number}"]
    said_to = subprocess.STDOUT if out else None
    return subprocess.Popen(
        [sys.executable, "-P", *words], env=_surroundings(place), stdout=out, stderr=said_to
    )


def _surroundings(place: Path) -> dict[str, str]:
    around = {**os.environ, "TMPDIR": str(place)}
    if around.pop("PYTHONDONTWRITEBYTECODE", ""):
        # Hundreds of programs are started. Whoever wants nothing compiled beside the source has it elsewhere.
        around["PYTHONPYCACHEPREFIX"] = str(Path(sys.prefix) / "compiled")
    return around


def _roomy(count: int) -> Path | None:
    if os.environ.get("TMPDIR"):
        return None  # whoever says where it goes is heeded
    try:
        return MEMORY if shutil.disk_usage(MEMORY).free > count * ROOM_BYTES else None
    except OSError:
        return None


def _said(status: int) -> str:
    return "passed" if status == 0 else f"did not pass ({status})"


if __name__ == "__main__":
    sys.exit(main())
