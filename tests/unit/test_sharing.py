"""The runs of `python3 dev.py test` share the files of tests: each is run once and whole, by one of them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import __main__ as all_tests

ROOT = Path(__file__).resolve().parents[2]
FILES, EACH = 5, 3
STORY = """
import os
from pathlib import Path

import pytest


@pytest.mark.parametrize("number", range({each}))
def test_it(number):
    with Path(os.environ["TOLD"]).open("a") as told:
        told.write(f"{{os.getpid()}} {name} {{number}}\\n")
"""


def begun(folder: Path) -> subprocess.Popen[bytes]:
    """A run over the tests in `folder` that shares them with the others."""
    words = [sys.executable, "-m", "pytest", "-p", "tests.sharing", f"--shared={folder / 'shared'}"]
    words += ["-p", "no:cacheprovider", "--rootdir", folder, folder]
    around = {**os.environ, "PYTHONPATH": str(ROOT), "TOLD": str(folder / "told")}
    return subprocess.Popen(words, env=around, stdout=subprocess.DEVNULL)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "shared").mkdir()
    return tmp_path


def test_every_test_is_run_once_and_a_file_by_one_run(folder: Path) -> None:
    names = [f"test_{number}" for number in range(FILES)]
    for name in names:
        (folder / f"{name}.py").write_text(STORY.format(each=EACH, name=name), encoding="utf-8")
    runs = [begun(folder) for _ in range(2)]
    assert [run.wait() for run in runs] == [0, 0]
    lines = [line.split() for line in (folder / "told").read_text(encoding="utf-8").splitlines()]
    wanted = [(name, number) for name in names for number in range(EACH)]
    assert sorted((name, int(number)) for _, name, number in lines) == wanted
    assert len({(run, name) for run, name, _ in lines}) == FILES


def test_what_fails_is_told_by_the_run_that_took_it(folder: Path) -> None:
    (folder / "test_bad.py").write_text("def test_bad():\n    assert not 1\n", encoding="utf-8")
    assert [begun(folder).wait() for _ in range(2)] == [1, 0], "nobody runs it a second time"


def test_compiled_files_are_kept_though_not_beside_the_source(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    around = all_tests._surroundings(tmp_path)
    assert "PYTHONDONTWRITEBYTECODE" not in around
    assert Path(around["PYTHONPYCACHEPREFIX"]).is_relative_to(sys.prefix)
    assert around["TMPDIR"] == str(tmp_path)
