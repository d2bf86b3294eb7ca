"""`python3 dev.py mutate`: each seeded bug in a copy of the program, one after another, and what noticed it.

Histories are the same for each bug and stop at the first broken promise; a bug they do not concern is given
to its own tests. Exit status: how many survived.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from tests.sync.model.campaign import swift
from tests.sync.mutants.listed import MUTANTS, Mutant

ROOT = Path(__file__).resolve().parents[3]
ROOMS = ("app", "sync", "tests")
HANGING_SECONDS = 120  # beyond what the histories themselves may take


def main(arguments: list[str] | None = None) -> int:
    """Play them all, or those whose name has `--only` in it; first the program as it is."""
    options = _parser().parse_args(arguments)
    survived, began = [], time.monotonic()
    none = replace(MUTANTS[0], wrong=MUTANTS[0].right)
    if found := attempt(none, options.histories, options.seed, options.seconds):
        print(f"The program itself breaks a promise, so nothing can be said of bugs: {found}")
        return len(MUTANTS)
    for mutant in (one for one in MUTANTS if options.only in one.name):
        started = time.monotonic()
        caught = attempt(mutant, options.histories, options.seed, options.seconds)
        took = time.monotonic() - started
        print(f"{mutant.name:52}{took:5.0f} s  {caught or 'SURVIVED'}", flush=True)
        survived += [] if caught else [mutant.name]
    print(f"{len(survived)} survived, {time.monotonic() - began:.0f} s")
    return len(survived)


def attempt(mutant: Mutant, histories: int, seed: int, seconds: int) -> str:
    """What noticed the bug, or ""."""
    folder = Path(tempfile.mkdtemp(prefix="sft-mutant-", dir=swift()))
    try:
        lay_out(mutant, folder)
        if mutant.tests:
            return _tested(mutant, folder, seconds)
        words = ["-m", "tests.sync.mutants.play", str(histories), str(seed), str(seconds)]
        said = _said(words, folder, seconds)
        return said.stdout.strip().splitlines()[-1] if said and said.returncode else _why(said)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def lay_out(mutant: Mutant, folder: Path) -> None:
    """A copy of the program in `folder`, wrong in one place. Raises ValueError where that place is gone."""
    for room in ROOMS:
        shutil.copytree(ROOT / room, folder / room, ignore=shutil.ignore_patterns("__pycache__"))
    for beside in ROOT.iterdir():
        if beside.name not in (*ROOMS, ".venv", ".git") and not beside.name.startswith("."):
            (folder / beside.name).symlink_to(beside)
    path = folder / mutant.file
    path.write_text(broken(mutant, path.read_text(encoding="utf-8")), encoding="utf-8")


def broken(mutant: Mutant, text: str) -> str:
    """The file with the bug in it. Raises ValueError where what it breaks is not there exactly once."""
    if text.count(mutant.right) != 1:
        raise ValueError(f"{mutant.name}: {mutant.file} has its line {text.count(mutant.right)} times")
    return text.replace(mutant.right, mutant.wrong)


def _tested(mutant: Mutant, folder: Path, seconds: int) -> str:
    said = _said(["-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *mutant.tests], folder, seconds)
    if said is None or said.returncode != 1:  # 1: tests failed; anything else proves nothing
        return _why(said)
    failed = [line for line in said.stdout.splitlines() if line.startswith("FAILED")]
    return failed[0].removeprefix("FAILED ").split(" - ")[0] if failed else ""


def _said(words: list[str], folder: Path, seconds: int) -> subprocess.CompletedProcess[str] | None:
    """The program in `folder` to its end; None when it has none."""
    try:
        return subprocess.run(
            [sys.executable, "-B", *words],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(folder)},
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=seconds + HANGING_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None


def _why(said: subprocess.CompletedProcess[str] | None) -> str:
    if said is None:
        return "it never ends"
    if said.returncode not in (0, 1):
        raise RuntimeError(said.stdout + said.stderr)
    return ""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dev.py mutate", description="bugs put in on purpose")
    parser.add_argument("--only", default="", help="those with this in their name")
    parser.add_argument("--histories", type=int, default=400, help="for each, at most (400)")
    parser.add_argument("--seconds", type=int, default=240, help="for each, at most (240)")
    parser.add_argument("--seed", type=int, default=1, help="of the histories (1)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
