"""A whole day through the window leaves no word of the village on the disk, not even for a moment."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from demo import job, stage
from demo.hand import Hand
from demo.village import story
from tests.watching import Watch, deleted_but_open, spellings

PLANTED = (story.GRANDMOTHER, story.GRANDSON, story.WORDS, story.WAITS_FOR, "jiangguiying", story.PASSPHRASE)
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
def test_the_day_is_nowhere_in_the_clear(play: stage.Stage, elsewhere: list[Watch], hand: Hand) -> None:
    own = Watch(play.paths.root)
    job.unlock(hand)
    job.find_family(hand)
    job.visit(hand)
    job.ticket(hand)
    job.checklist(hand)
    job.send(hand)
    hand.program.lock()
    job.unlock(hand)
    assert own.seen() <= OWN
    assert [name for watch in elsewhere for name in watch.seen()] == []
    assert [path for path in deleted_but_open() if str(play.paths.root) in path] == []
    own.close()
    assert _read_in(play.paths.root) == []


def _read_in(folder: Path) -> list[tuple[str, str]]:
    """Every file of the folder in which a planted word stands, with the word."""
    files = [Path(place) / name for place, _, names in os.walk(folder) for name in names]
    assert len(files) > 4
    return [
        (path.name, word)
        for path in files
        for word in PLANTED
        if any(spelling in path.read_bytes() for spelling in spellings(word))
    ]
