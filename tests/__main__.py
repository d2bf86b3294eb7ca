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

ROOT = Path(__file__).resolve().parents[1]
CACHE = ".pytest_cache"
MEMORY = Path("/dev/shm")  # noqa: S108  # a folder of our own is made in it
ROOM_BYTES = 2 << 30  # free for each run; all of them together leave some hundred megabytes at a time
MOST_RUNS = 8


def main() -> int:
    """Exit status: 0 when every run passed, else that of the first that did not."""
    # One more than there are processors: a quarter of its time a test waits for a child, a line, a database.
    count = min((os.cpu_count() or 1) + 1, MOST_RUNS)
    with ExitStack() as open_files:
        made = tempfile.TemporaryDirectory("", "sft-tests-", _roomy(count), ignore_cleanup_errors=True)
        folder = Path(open_files.enter_context(made))
        folder.chmod(0o711)  # PostgreSQL is run by another user
        # The others tell what they did when the first has ended: stories told at once are none.
        told = [open_files.enter_context(tempfile.TemporaryFile()) for _ in range(count - 1)]
        runs = [_begin(folder, number, out) for number, out in enumerate((None, *told), 1)]
        try:
            ended = [run.wait() for run in runs]
        except KeyboardInterrupt:  # they were told too, and put away what they made
            ended = [run.wait() for run in runs]
        sys.stdout.flush()
        for out in told:
            out.seek(0)
            shutil.copyfileobj(out, sys.stdout.buffer)
    said = [f"run {number} {_said(status)}" for number, status in enumerate(ended, 1)]
    print("==", "; ".join(said), flush=True)
    return next(filter(None, ended), 0)


def _begin(folder: Path, number: int, out: IO[bytes] | None) -> subprocess.Popen[bytes]:
    shared, place = folder / "shared", folder / str(number)
    for made in (shared, place):
        made.mkdir(exist_ok=True)
        made.chmod(0o711)
    words = [sys.executable, "-P", "-m", "pytest", "-p", "tests.sharing", f"--rootdir={ROOT}"]
    # With "=": a folder that stands alone is taken for one of tests, and the settings are looked for there.
    words += [f"--shared={shared}", f"--basetemp={place / 'each'}"]
    words += [f"--override-ini=cache_dir={CACHE}/{number}", "--override-ini=tmp_path_retention_policy=failed"]
    told = subprocess.STDOUT if out else None
    return subprocess.Popen(words, cwd=ROOT, env=_surroundings(place), stdout=out, stderr=told)


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
