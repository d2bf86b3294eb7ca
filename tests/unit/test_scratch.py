"""Temporary files lie in memory where the system has such a place, and nothing of them is left behind."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.scratch import PREFIX, VARIABLE, Scratch, in_memory

MEMORY = Path("/dev/shm")  # noqa: S108  # its own folder is made in it
pytestmark = pytest.mark.skipif(not in_memory(MEMORY), reason="a system without a folder in memory")


@pytest.fixture
def place() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        yield Path(folder)


def test_every_temporary_file_is_made_in_memory_until_the_end(place: Path) -> None:
    before = (os.environ.get(VARIABLE), tempfile.tempdir)
    scratch = Scratch([place])
    assert scratch.folder is not None
    assert scratch.folder.stat().st_mode & 0o077 == 0, "the owner's alone"
    with tempfile.NamedTemporaryFile(delete=False) as file:
        assert Path(file.name).parent == scratch.folder == Path(os.environ[VARIABLE])
    scratch.end()
    scratch.end()
    assert list(place.iterdir()) == []
    assert (os.environ.get(VARIABLE), tempfile.tempdir) == before


def test_a_folder_on_the_disk_is_not_taken_for_one_in_memory(place: Path, tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    for kind, taken in (("tmpfs", True), ("ext4", False)):
        mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\nnone {place} {kind} rw 0 0\n", encoding="utf-8")
        scratch = Scratch([place / "not there", place], mounts)
        assert (scratch.folder is not None) is taken
        scratch.end()
    assert Scratch([place], tmp_path / "no list of mounts").folder is None
    assert os.environ.get(VARIABLE, "") != str(place)


def test_what_a_killed_program_left_is_swept_and_a_living_one_is_let_be(place: Path) -> None:
    dies = (
        f"from app.scratch import Scratch; import os, pathlib; s = Scratch([pathlib.Path({str(place)!r})]);"
    )
    dies += " (s.folder / 'page').write_text('蒋桂英'); os._exit(9)"
    subprocess.run([sys.executable, "-c", dies], cwd=Path(__file__).parents[2], check=False)
    (left,) = place.iterdir()
    assert left.name.startswith(PREFIX)
    first = Scratch([place])
    assert not left.exists()
    second = Scratch([place])
    assert first.folder is not None
    assert first.folder.exists()
    second.end()
    first.end()
