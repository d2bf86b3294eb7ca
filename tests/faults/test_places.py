"""A folder that may not be written, a drive that is pulled out: named, and nothing is lost."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.people.household import Household
from app.domain.problem import StorageFault
from app.files import FULL, NOT_WRITTEN
from app.store import Store
from app.store.cipher import BUSY, DAMAGED, GONE, NO_WRITING, NOT_READ, UNKNOWN, driver, faults
from app.store.drafts import Draft
from tests.facts import HOME, NOW, household
from tests.faults.content import content
from tests.faults.disks import mount, pull_out, small_disk
from tests.faults.full_disk import KEY, village
from tests.store.agreement import assert_agrees

ROOT = Path(__file__).resolve().parents[2]
posix = pytest.mark.skipif(os.name != "posix", reason="Windows lets nobody move or delete an open file")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system, to be taken away."""
    with small_disk(tmp_path / "disk", "size=4m") as place:
        yield place


def note(store: Store, words: str) -> None:
    with store.unit(actor="w", at=NOW) as unit:
        unit.save(household(note=words))


def test_a_read_only_disk_is_named_and_nothing_changes(disk: Path) -> None:
    path = disk / "s.db"
    village(path).store.close()
    before = path.read_bytes()
    assert mount("-o", "remount,ro", str(disk)) == 0
    with pytest.raises(StorageFault, match=NO_WRITING):
        Store(path, KEY)
    with pytest.raises(StorageFault, match=NO_WRITING):
        Store(disk / "new.db", KEY, create=True)
    assert path.read_bytes() == before
    assert mount("-o", "remount,rw", str(disk)) == 0
    Store(path, KEY).close()


TRY = """
import os, sys
from pathlib import Path
from app.domain.problem import StorageFault
from app.store import Store
if os.geteuid() == 0:
    os.setresgid(65534, 65534, 65534)
    os.setresuid(65534, 65534, 65534)
for name, create in (("s.db", False), ("new.db", True)):
    try:
        Store(Path(sys.argv[1]) / name, bytes(range(32)), create=create)
    except StorageFault as fault:
        sys.stdout.buffer.write(fault.words.encode() + b"\\n")
"""


@posix
@pytest.mark.parametrize("locked", ["folder", "file"])
def test_a_folder_or_file_that_may_not_be_written_is_named_and_nothing_changes(locked: str) -> None:
    import tempfile

    folder = Path(tempfile.mkdtemp(prefix="folder"))  # where somebody without rights can come, too
    try:
        path = folder / "s.db"
        village(path).store.close()
        path.chmod(0o444 if locked == "file" else 0o666)
        folder.chmod(0o555)
        before = path.read_bytes()
        words = [sys.executable, "-c", TRY, str(folder)]
        done = subprocess.run(words, cwd=ROOT, capture_output=True, check=True, timeout=60)
        assert done.stdout.decode().splitlines() == [NO_WRITING] * 2
        assert {one.name: one.read_bytes() for one in folder.iterdir()} == {"s.db": before}
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


def refuses(store: Store) -> None:
    """Nothing is called kept that nobody will find again."""
    before = content(store._db)
    with pytest.raises(StorageFault, match=GONE):
        note(store, "存到哪里去了")
    with pytest.raises(StorageFault, match=GONE):
        store.drafts.save(Draft("d", "visit", HOME, {}, NOW))
    with pytest.raises(StorageFault, match=GONE):
        store.ledger.settle([], [], {}, "e-1", NOW)
    assert content(store._db) == before


@posix
def test_a_folder_moved_away_while_open_is_noticed_and_goes_on_when_it_is_back(tmp_path: Path) -> None:
    path = tmp_path / "stick" / "s.db"
    store = village(path).store
    note(store, "还在")
    (tmp_path / "stick").rename(tmp_path / "elsewhere")
    refuses(store)
    with pytest.raises(StorageFault, match="没找到"):
        Store(path, KEY)
    (tmp_path / "elsewhere").rename(tmp_path / "stick")
    note(store, "又在了")
    assert_agrees(store)
    store.close()


@posix
def test_a_folder_moved_away_within_a_unit_is_not_told_as_kept_and_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "stick" / "s.db"
    store = village(path).store
    with pytest.raises(StorageFault, match=GONE), store.unit(actor="w", at=NOW) as unit:
        unit.save(household(note="正在存"))
        (tmp_path / "stick").rename(tmp_path / "elsewhere")
    store.close()
    again = Store(tmp_path / "elsewhere" / "s.db", KEY)
    assert again.reading.get(Household, HOME).note in ("", "正在存")
    assert_agrees(again)
    again.close()


@posix
def test_a_file_deleted_or_put_in_the_place_of_ours_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    store = village(path).store
    copy = path.read_bytes()
    path.unlink()
    refuses(store)
    path.write_bytes(copy)
    refuses(store)
    store.close()


def test_a_drive_pulled_out_while_open_is_noticed_and_its_place_is_not_taken_for_a_new_village(
    disk: Path,
) -> None:
    path = disk / "s.db"
    store = village(path).store
    note(store, "还在")
    pull_out(disk)
    refuses(store)
    with pytest.raises(StorageFault, match="没找到"):
        Store(path, KEY)
    store.close()
    assert list(disk.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("SQLITE_FULL", FULL),
        ("SQLITE_IOERR_WRITE", NOT_WRITTEN),
        ("SQLITE_IOERR_FSYNC", NOT_WRITTEN),
        ("SQLITE_IOERR_TRUNCATE", NOT_WRITTEN),
        ("SQLITE_IOERR_READ", NOT_READ),
        ("SQLITE_READONLY_DBMOVED", NO_WRITING),
        ("SQLITE_CANTOPEN", NO_WRITING),
        ("SQLITE_BUSY", BUSY),
        ("SQLITE_CORRUPT_VTAB", DAMAGED),
        ("SQLITE_ERROR", UNKNOWN),
    ],
)
def test_what_the_driver_says_is_told_apart_by_its_name_for_it(name: str, words: str) -> None:
    error = driver.OperationalError("disk I/O error")
    error.sqlite_errorname = name
    with pytest.raises(StorageFault) as caught, faults():
        raise error
    assert caught.value.words == words
