"""One bug in a copy of the program, and whether anything notices it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psycopg

from sync.server.embedded import EmbeddedDatabase
from tests.sync.model.campaign import fresh_database, swift
from tests.sync.mutants.known import Story
from tests.sync.mutants.listed import Mutant

ROOT = Path(__file__).resolve().parents[3]
ROOMS = ("app", "sync", "tests")
HANGING_SECONDS = 180  # beyond what the histories themselves may take


@dataclass(frozen=True)
class Tries:
    """How hard it is tried: so many `histories` from `seed`, within `seconds`, on databases of `cluster`.

    `shortest` is how many more may go into leaving steps out of the one that noticed.
    """

    cluster: EmbeddedDatabase
    histories: int
    seed: int
    seconds: int
    shortest: int = 0


@dataclass(frozen=True)
class Caught:
    """`by` what, and which promise `broke`; `story` is enough to notice it again."""

    by: str
    broke: str
    story: Story | None = None


def attempt(mutant: Mutant, tries: Tries, stories: Sequence[Story] = ()) -> Caught | None:
    """What noticed the bug: one of `stories`, a history or one of its tests."""
    folder = Path(tempfile.mkdtemp(prefix="sft-mutant-", dir=swift()))
    try:
        lay_out(mutant, folder)
        return tested(mutant, folder, tries.seconds) or _played(mutant, folder, tries, stories)
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


def tested(mutant: Mutant, folder: Path, seconds: int) -> Caught | None:
    """Which of its own tests fails in `folder`."""
    if not mutant.tests:
        return None
    said = _said(["-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *mutant.tests], folder, seconds)
    if said is None or said.returncode != 1:  # 1: tests failed; anything else proves nothing
        return _why(said)
    failed = [line for line in said.stdout.splitlines() if line.startswith("FAILED")]
    if not failed:
        return None
    name, _, why = failed[0].removeprefix("FAILED ").partition(" - ")
    return Caught(name, why)


def _played(mutant: Mutant, folder: Path, tries: Tries, stories: Sequence[Story]) -> Caught | None:
    if mutant.tests:
        return None
    with _database(tries.cluster) as url:
        wanted = {
            "url": url,
            "stories": [{"seed": story.seed, "steps": story.steps} for story in stories],
            "steps": mutant.steps,
            "histories": tries.histories,
            "seed": str(tries.seed),
            "seconds": tries.seconds,
            "shortest": tries.shortest,
        }
        said = _said(["-m", "tests.sync.mutants.play", json.dumps(wanted)], folder, tries.seconds)
    if said is None or said.returncode != 1:
        return _why(said)
    told = json.loads(said.stdout.strip().splitlines()[-1])
    story = Story(told["seed"], tuple(told["steps"]), told["broke"]) if "seed" in told else None
    return Caught(told["by"], told["broke"], story)


@contextmanager
def _database(cluster: EmbeddedDatabase) -> Iterator[str]:
    name = f"mutant_{uuid4().hex[:12]}"
    try:
        yield fresh_database(cluster, name)
    finally:
        with psycopg.connect(cluster.url_of("postgres"), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())


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


def _why(said: subprocess.CompletedProcess[str] | None) -> Caught | None:
    if said is None:
        return Caught("the clock", "it never ends")
    if said.returncode not in (0, 1):
        raise RuntimeError(said.stdout + said.stderr)
    return None
