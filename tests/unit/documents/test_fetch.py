"""Fetching the complete typefaces is safe to repeat, refuses what was not pinned, and explains itself."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from resources.fonts import fetch
from resources.fonts.fetch import CannotFetch, Wanted


def wanted(content: bytes) -> Wanted:
    return Wanted("face.ttf", "package/face.ttf", hashlib.sha256(content).hexdigest())


def unpacked(folder: Path, content: bytes) -> Path:
    (folder / "package").mkdir(parents=True)
    (folder / "package" / "face.ttf").write_bytes(content)
    return folder


def test_a_file_with_the_pinned_content_is_kept_whole(tmp_path: Path) -> None:
    scratch, full = unpacked(tmp_path / "scratch", b"face"), tmp_path / "full"
    full.mkdir()
    fetch.keep(scratch, full, wanted(b"face"))
    assert fetch.is_complete(full, wanted(b"face"))
    assert [file.name for file in full.iterdir()] == ["face.ttf"]


def test_a_changed_package_is_refused_and_leaves_what_was_there(tmp_path: Path) -> None:
    scratch, full = unpacked(tmp_path / "scratch", b"changed"), tmp_path / "full"
    full.mkdir()
    (full / "face.ttf").write_bytes(b"face")
    with pytest.raises(CannotFetch, match=r"face\.ttf: expected SHA-256"):
        fetch.keep(scratch, full, wanted(b"face"))
    assert (full / "face.ttf").read_bytes() == b"face"


def test_a_package_without_the_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CannotFetch, match="found nothing"):
        fetch.keep(tmp_path, tmp_path, wanted(b"face"))


def test_an_absent_tool_is_named_with_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(CannotFetch, match="no-such-tool is not installed: install it"):
        fetch.run("no-such-tool", where=tmp_path, hint="install it")


def test_a_failing_tool_says_its_last_words(tmp_path: Path) -> None:
    with pytest.raises(CannotFetch, match="python3 -c failed: the mirror is down"):
        fetch.run("python3", "-c", "raise SystemExit('the mirror is down')", where=tmp_path, hint="")
