"""Every test, in two halves side by side: pages and journeys wait for the screen, the rest for the disk."""

from __future__ import annotations

import subprocess
import sys
import tempfile

PAGES = ("tests/ui", "tests/journeys")
HALVES = (list(PAGES), ["tests", *(f"--ignore={folder}" for folder in PAGES)])


def main() -> int:
    """Exit status: 0 when both halves passed, else that of the first that did not."""
    with tempfile.TemporaryFile() as kept:
        # The second half tells what it did when the first has ended: two stories told at once are none.
        beside = subprocess.Popen(_pytest(HALVES[1]), stdout=kept, stderr=subprocess.STDOUT)
        first = subprocess.run(_pytest(HALVES[0]), check=False).returncode
        second = beside.wait()
        kept.seek(0)
        sys.stdout.flush()
        sys.stdout.buffer.write(kept.read())
    print(f"== {' '.join(PAGES)}: {_said(first)}; the rest: {_said(second)}", flush=True)
    return first or second


def _pytest(words: list[str]) -> list[str]:
    return [sys.executable, "-P", "-m", "pytest", *words]


def _said(status: int) -> str:
    return "passed" if status == 0 else f"not passed ({status})"


if __name__ == "__main__":
    sys.exit(main())
