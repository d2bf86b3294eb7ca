"""What may not be restored is refused in words, and then nothing on the computer has changed."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app import container
from app.actions.entry.gate import Locked
from app.actions.safekeeping import backups, replacing, restoring
from app.domain.manifest import Reason
from app.domain.problem import StorageFault, UserError
from app.store.cipher import BUSY
from tests.unit.actions.backing import Laptop, backed_up, laptop, look, restore

HOLD = """
import sys
from pathlib import Path
from app.store import Store
store = Store(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]))
print("open", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def box(tmp_path: Path) -> Laptop:
    return laptop(tmp_path)


def test_a_wrong_passphrase_counts_as_at_the_lock_page(box: Laptop) -> None:
    file = backed_up(box)
    for left in (4, 3, 2, 1):
        with pytest.raises(Locked) as wrong:
            look(box.paths, file, box.clock, "bushi zhege kouling")
        assert wrong.value.left == left
    with pytest.raises(Locked):
        look(box.paths, file, box.clock, "bushi zhege kouling")
    assert box.gate().wait()
    with pytest.raises(Locked, match="请等"):
        look(box.paths, file, box.clock)
    box.clock.forward(minutes=11)
    restore(box, file)


@pytest.mark.parametrize("where", ["manifest", "store", "keys"])
def test_a_backup_that_was_changed_is_refused_and_nothing_happens(box: Laptop, where: str) -> None:
    file = backed_up(box)
    raw = bytearray(file.read_bytes())
    outside = container.outside(file)
    match where:
        case "manifest":
            place = raw.index(b'"household": 1')
            raw[place : place + 14] = b'"household": 7'
        case "store":
            part = next(one for one in outside.manifest.parts if one.name == container.STORE)
            raw[len(raw) // 2] ^= 1
            assert part.size > len(raw) // 2
        case "keys":
            place = raw.index(b'"passes"')
            raw[place - 3] ^= 1
    # The zip's own checksums would catch a slip of the disk; whoever means harm writes them anew.
    file.write_bytes(bytes(raw))
    before = box.paths.store.read_bytes()
    with pytest.raises((StorageFault, UserError)):
        restore(box, file)
    assert box.paths.store.read_bytes() == before
    assert not list(box.paths.root.glob("replaced-*"))
    box.open().store.close()


def test_a_store_that_another_program_has_open_is_not_replaced(box: Laptop) -> None:
    file = backed_up(box)
    child = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(box.paths.store), box.opened.key.hex()],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert child.stdout is not None
    child.stdout.readline()
    with pytest.raises(StorageFault, match=BUSY):
        restore(box, file)
    child.communicate(b"")
    restore(box, file)


def test_a_full_disk_leaves_everything_as_it_was(box: Laptop, monkeypatch: pytest.MonkeyPatch) -> None:
    file = backed_up(box)
    before = {path.name: path.read_bytes() for path in box.paths.root.iterdir() if path.is_file()}
    with monkeypatch.context() as patch:
        patch.setattr(restoring.drives, "free_bytes", lambda folder: 1_000)
        with pytest.raises(StorageFault, match="电脑满了，备份放不开，没有恢复"):
            restore(box, file)

    def full(paths: Path, data: bytes) -> None:
        raise StorageFault(str(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(replacing, "write_whole", full)
        with pytest.raises(StorageFault):
            restore(box, file)
    assert {path.name: path.read_bytes() for path in box.paths.root.iterdir() if path.is_file()} == before
    box.open().store.close()


def test_a_store_of_a_newer_release_is_not_taken_for_an_older_one(box: Laptop) -> None:
    desk = box.open()
    desk.store._db.execute(
        "INSERT INTO _sqlite_migrations(migration_set, name, applied_at) VALUES ('store', 'm999_later', '')"
    )
    backups.make(desk, box.opened.key, box.paths, Reason.ASKED)
    desk.store.close()
    (file,) = box.paths.backups.iterdir()
    with pytest.raises(StorageFault, match="新版写的"):
        restore(box, file)


def test_a_disk_that_refuses_half_way_lets_her_press_again(
    box: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = backed_up(box)
    candidate = look(box.paths, file, box.clock)
    rename, asked = os.rename, []

    def refuse(source: Path, target: Path) -> None:
        asked.append(source)
        if len(asked) == 3:
            raise OSError(errno.EIO, "the disk says")
        rename(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(replacing.os, "rename", refuse)
        with pytest.raises(StorageFault):
            restoring.use(candidate, box.clock())
    assert box.paths.restoring.exists()
    done = restoring.use(candidate, box.clock())
    assert done.aside is not None
    assert (done.aside / "shoufangtong.db").exists()
    box.open().store.close()


def test_a_file_that_cannot_be_moved_at_all_is_as_if_nothing_was_asked(
    box: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = backed_up(box)

    def refuse(source: Path, target: Path) -> None:
        raise PermissionError(errno.EACCES, "another program holds it")

    with monkeypatch.context() as patch:
        patch.setattr(replacing.os, "rename", refuse)
        with pytest.raises(StorageFault, match="正被另一个程序用着"):
            restore(box, file)
    assert not box.paths.restoring.exists()
    box.open().store.close()
    restore(box, file)
