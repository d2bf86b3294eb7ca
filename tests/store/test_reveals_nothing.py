"""Whoever takes the computer's files learns nothing of the village from their bytes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from app.store import Store
from tests.store.agreement import assert_agrees
from tests.store.errand import PLANTED
from tests.watching import Watch, spellings

ROOT = Path(__file__).resolve().parents[2]
# Everything that may ever be created in the folder, also for a moment.
EXPECTED = {
    "shoufangtong.db", "shoufangtong.db-wal", "shoufangtong.db-journal", "log", "crash", "attachments",
    *(f"shoufangtong.db.founding{end}" for end in ("", "-wal", "-journal")),
    "shoufangtong.db.next", "shoufangtong.db.next-wal", "shoufangtong.db.next-journal",
    *(f"{name}{end}" for name in ("keys.json", "keys.json.copy", "attempts.json", "settings.json")
      for end in ("", ".new")),
}  # fmt: skip


@dataclass
class Day:
    """What a working day left behind."""

    folder: Path
    key: bytes
    code: str
    in_folder: set[str] = field(default_factory=set)
    in_temporary: set[str] = field(default_factory=set)

    def files(self) -> list[Path]:
        return [path for path in self.folder.rglob("*") if path.is_file()]


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Day]:
    place = tmp_path_factory.mktemp("day")
    folder, temporary = place / "home", place / "tmp"
    folder.mkdir()
    temporary.mkdir()
    watches = [Watch(folder), Watch(temporary)] if sys.platform == "linux" else []
    names = dict.fromkeys(("TMPDIR", "TEMP", "TMP", "SQLITE_TMPDIR"), str(temporary))
    done = subprocess.run(
        [sys.executable, "-m", "tests.store.errand", str(folder)],
        cwd=ROOT, env={**os.environ, **names}, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    key, code = done.stdout.splitlines()
    found = Day(folder, bytes.fromhex(key), code)
    if watches:
        found.in_folder, found.in_temporary = (watch.seen() for watch in watches)
    found.in_temporary |= {path.name for path in temporary.iterdir()}
    yield found
    for watch in watches:
        watch.close()


def test_every_kind_of_file_was_written(day: Day) -> None:
    names = {path.relative_to(day.folder).parts[0] for path in day.files()}
    assert {"shoufangtong.db", "shoufangtong.db-wal", "keys.json", "attempts.json", "settings.json"} <= names
    assert {"log", "crash"} <= names
    assert (day.folder / "shoufangtong.db-wal").stat().st_size > 100_000


def test_no_planted_word_is_in_any_byte_of_any_file(day: Day) -> None:
    for path in day.files():
        data = path.read_bytes()
        for word in PLANTED:
            for spelling in spellings(word):
                assert spelling not in data, (path.name, word)


def test_neither_the_key_nor_the_recovery_code_is_kept(day: Day) -> None:
    digits = day.code.replace(" ", "")
    secrets = {day.key, day.key.hex().encode(), day.code.encode(), digits.encode()}
    for path in day.files():
        data = path.read_bytes()
        assert not [secret for secret in secrets if secret in data], path.name


def test_no_plain_temporary_file_is_ever_made(day: Day) -> None:
    assert day.in_temporary == set()
    assert day.in_folder <= EXPECTED


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps rights in another way")
def test_store_and_keys_are_the_owners_alone(day: Day) -> None:
    for path in day.folder.iterdir():
        if path.is_file():
            assert path.stat().st_mode & 0o077 == 0, path.name


def test_with_the_key_everything_planted_is_there(day: Day) -> None:
    store = Store(day.folder / "shoufangtong.db", day.key)
    assert_agrees(store)
    text = "".join(row[0] for row in store._db.execute("SELECT body FROM record"))
    missing = {word for word in PLANTED if word not in text}
    assert missing == {"fengxiang guihua kaile", "jiangguiying", "guiying"}
    store.close()
