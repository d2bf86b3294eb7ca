"""A whole day through the window leaves no word of the village on the disk, not even for a moment."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from app.scratch import in_memory
from demo import job, stage
from demo.hand import Hand
from demo.village import story
from tests.printers import Printers, needs_printers
from tests.watching import Trace, Watch, deleted_but_open, spellings

COMPILED = ".pyc."
PLANTED = (
    story.GRANDMOTHER, story.GRANDSON, story.GRANDMOTHER_CALLED, story.GRANDMOTHER_PHONE, story.WORDS,
    story.WAITS_FOR, "jiangguiying", story.PASSPHRASE,
)  # fmt: skip
# What the program may make in its own folder; everything else it makes anywhere is one file too many.
OWN = {
    "shoufangtong.db-wal", "shoufangtong.db-journal", "keys.json.new", "keys.json.copy.new", "attempts.json",
    "attempts.json.new", "settings.json", "settings.json.new", "keys.json", "keys.json.copy", "log",
    "attachments", "backups",
}  # fmt: skip


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Watch]]:
    """Home, temporary and working folder of the day, watched."""
    places = [tmp_path / name for name in ("home", "tmp", "cwd")]
    for place in places:
        place.mkdir()
    for name in ("HOME", "USERPROFILE", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(places[0]))
    for name in ("TMPDIR", "TEMP", "TMP", "SQLITE_TMPDIR"):
        monkeypatch.setenv(name, str(places[1]))
    monkeypatch.setattr(tempfile, "tempdir", str(places[1]))
    monkeypatch.chdir(places[2])
    watches = [Watch(place) for place in places]
    yield watches
    for watch in watches:
        watch.close()


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel of Linux tells of every file that is made")
@needs_printers
def test_the_day_is_nowhere_in_the_clear(
    play: stage.Stage,
    elsewhere: list[Watch],
    hand: Hand,
    printers: Printers,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    own, trace, before = Watch(play.paths.root), Trace(tmp_path / "trace"), len(printers.taken)
    file = _stick(tmp_path, monkeypatch)
    stick = Watch(file.parent)
    job.unlock(hand)
    job.find_family(hand)
    job.visit(hand)
    job.ticket(hand)
    job.checklist(hand)
    job.paper(hand)
    job.take_away(hand)
    job.send(hand)
    hand.program.lock()
    job.unlock(hand)
    assert len(printers.taken) == before + 1
    assert own.seen() <= OWN
    assert [name for watch in elsewhere for name in watch.seen()] == []
    assert stick.seen() == {file.name, f"{file.name}.new"}
    assert [path for path in deleted_but_open() if str(play.paths.root) in path] == []
    if trace.works:
        _look_at(trace.end(), file.with_name(f"{file.name}.new"), play.paths.root)
    for watch in (own, stick):
        watch.close()
    assert _read_in(play.paths.root) == []


def _stick(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where she saves the paper that is to be printed in the township."""
    target = folder / "stick" / "paper.pdf"
    target.parent.mkdir()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(target), ""))
    return target


def _look_at(written: set[Path], where_she_chose: Path, own: Path) -> None:
    """Whatever was written anywhere lies in memory, is hers, or holds no planted word."""
    assert len(written) > 4
    assert where_she_chose in written, "the tracer sees what the program writes"
    for path in written - {where_she_chose}:
        if in_memory(path.parent) or str(path).startswith(("/dev/", "/proc/")):
            continue
        if COMPILED in path.name:
            continue  # the interpreter keeps what it has compiled of our source, under another name at first
        if path.is_file():
            assert _planted(path) == [], path
        else:
            assert own in path.parents, f"{path} was written and taken away again"


def _read_in(folder: Path) -> list[tuple[str, str]]:
    """Every file of the folder in which a planted word stands, with the word."""
    files = [Path(place) / name for place, _, names in os.walk(folder) for name in names]
    assert len(files) > 4
    return [(path.name, word) for path in files for word in _planted(path)]


def _planted(path: Path) -> list[str]:
    data = path.read_bytes()
    return [word for word in PLANTED if any(spelling in data for spelling in spellings(word))]
