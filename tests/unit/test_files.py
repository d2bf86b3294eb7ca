"""A file is the old one or the new one, whole; whatever the disk says is worded for the worker."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from app.domain.problem import StorageFault
from app.files import disk_fault, write_whole

ROOT = Path(__file__).resolve().parents[2]


def test_a_file_is_replaced_whole_and_nothing_else_is_left(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "keys.json"
    write_whole(path, b"one")
    write_whole(path, b"two, longer")
    assert path.read_bytes() == b"two, longer"
    assert [one.name for one in path.parent.iterdir()] == ["keys.json"]


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps rights in another way")
def test_only_the_owner_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    write_whole(path, b"secret")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_file_left_by_a_crash_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "keys.json.new").write_bytes(b"half of something much longer than the new one")
    write_whole(tmp_path / "keys.json", b"whole")
    assert (tmp_path / "keys.json").read_bytes() == b"whole"
    assert not (tmp_path / "keys.json.new").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no file size limit to set")
def test_a_disk_that_takes_no_more_leaves_the_old_file_and_no_half_one(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    write_whole(path, b"old")
    program = (
        "import resource, signal, sys\n"
        "from pathlib import Path\n"
        "from app.domain.problem import StorageFault\n"
        "from app.files import write_whole\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "try:\n"
        "    write_whole(Path(sys.argv[1]), bytes(5000))\n"
        "except StorageFault as fault:\n"
        "    sys.stdout.buffer.write(fault.words.encode())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)], cwd=ROOT, capture_output=True, check=True, timeout=60
    )
    assert "已存好的都在" in done.stdout.decode()
    assert path.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["keys.json"]


def test_a_target_that_is_a_folder_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "keys.json").mkdir()
    with pytest.raises(StorageFault):
        write_whole(tmp_path / "keys.json", b"x")
    assert [one.name for one in tmp_path.iterdir()] == ["keys.json"]


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.ENOSPC, "电脑满了"), (errno.EDQUOT, "电脑满了"), (errno.EACCES, "不让写"),
     (errno.EROFS, "不让写"), (errno.EIO, "盘没写进去"), (errno.EFBIG, "盘没写进去")],
)  # fmt: skip
def test_every_refusal_of_the_disk_says_what_is_safe(number: int, words: str) -> None:
    said = disk_fault(OSError(number, "")).words
    assert words in said
    assert "已存好的都在" in said
