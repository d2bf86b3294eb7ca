"""A backup is good only when it opens; a bad one costs nothing; old ones are thinned out, never others'."""

from __future__ import annotations

import errno
import os
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app import container
from app.actions.desk import Desk
from app.actions.safekeeping import backup_places, backups
from app.domain.manifest import Reason
from app.domain.problem import StorageFault
from app.store.backup import Original, proven
from tests.desks import DEVICE
from tests.facts import NOW, household, person
from tests.store.errand import PLANTED
from tests.unit.actions.backing import Laptop, laptop


@pytest.fixture
def box(tmp_path: Path) -> Laptop:
    return laptop(tmp_path)


@pytest.fixture
def desk(box: Laptop) -> Iterator[Desk]:
    opened = box.open()
    yield opened
    opened.store.close()


@pytest.fixture
def stick(tmp_path: Path, box: Laptop) -> Path:
    """A drive that is plugged in and chosen."""
    folder = tmp_path / "stick"
    folder.mkdir()
    box.choose(folder)
    return folder


def make(box: Laptop, desk: Desk, reason: Reason = Reason.ASKED) -> backups.Made:
    return backups.make(desk, box.opened.key, box.paths, reason)


def lying(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_a_backup_holds_the_store_the_keys_and_every_attachment(box: Laptop, desk: Desk) -> None:
    (box.paths.attachments / "ab").mkdir(parents=True)
    (box.paths.attachments / "ab" / "photo").write_bytes(os.urandom(70_000))
    made = make(box, desk)
    (file,) = [one.file for one in made.placed]
    assert file is not None
    assert lying(box.paths.backups) == ["首访通-青石垭村-20261120-143200.sftbak"]
    outside = container.outside(file)
    assert backups.is_genuine(outside, box.opened.key)
    assert {one.name for one in outside.manifest.parts} == {"store.db", "keys.json", "attachments/ab/photo"}
    assert outside.manifest.counts == {"household": 1, "person": 1}
    assert (outside.manifest.village, outside.manifest.reason) == ("青石垭村", "asked")
    container.check_parts(file, outside.manifest)
    assert not (box.paths.root / backups.SCRATCH).exists()


def test_what_it_holds_opens_with_the_same_key_and_no_other(box: Laptop, desk: Desk, tmp_path: Path) -> None:
    file = make(box, desk).placed[0].file
    assert file is not None
    part = next(one for one in container.outside(file).manifest.parts if one.name == container.STORE)
    container.take_out(file, part, tmp_path / "out.db")
    assert proven(tmp_path / "out.db", box.opened.key).counts == {"household": 1, "person": 1}
    with pytest.raises(StorageFault):
        proven(tmp_path / "out.db", bytes(32))
    assert not backups.is_genuine(container.outside(file), bytes(32))


def test_no_planted_word_is_in_any_byte_of_it(box: Laptop, desk: Desk) -> None:
    with desk.unit("words") as unit:
        unit.save(household(note=" ".join(PLANTED)))
        unit.save(person(phone="15400003013", note=" ".join(PLANTED)))
    file = make(box, desk).placed[0].file
    assert file is not None
    data = file.read_bytes() + file.name.encode()
    for word in (*PLANTED, box.opened.key.hex(), box.code.replace(" ", "")):
        for spelling in (word.encode(), word.encode("gb18030"), word.encode("utf-16-le")):
            assert spelling not in data, word
    assert box.opened.key not in data


def test_it_is_remembered_and_due_again_after_twenty_hours(box: Laptop, desk: Desk) -> None:
    assert backups.last_good(desk, box.paths).due(desk.now)
    make(box, desk)
    assert backups.last_good(desk, box.paths).at == NOW
    assert not backups.last_good(desk, box.paths).due(desk.now)
    box.clock.forward(hours=19, minutes=59)
    assert not backups.last_good(desk, box.paths).due(desk.now)
    box.clock.forward(minutes=1)
    assert backups.last_good(desk, box.paths).due(desk.now)
    box.clock.forward(days=-900)
    assert backups.last_good(desk, box.paths).due(desk.now), "a clock set back must not end the backups"
    assert "backup" in [line.verb for line in desk.store.audit.lines()]


def test_a_week_without_one_is_told(box: Laptop, desk: Desk) -> None:
    assert not backups.last_good(desk, box.paths).too_old(desk.now)
    box.clock.forward(days=8)
    last = backups.last_good(desk, box.paths)
    assert (last.at, last.too_old(desk.now)) == (None, True), "since the store began"
    make(box, desk)
    assert not backups.last_good(desk, box.paths).too_old(desk.now)


def test_the_stick_gets_its_own_and_missing_it_costs_nothing(box: Laptop, desk: Desk, stick: Path) -> None:
    assert [one.words for one in make(box, desk).placed] == ["", ""]
    assert len(lying(stick / "首访通备份")) == len(lying(box.paths.backups)) == 1
    shutil.rmtree(stick)
    box.clock.forward(hours=1)
    made = make(box, desk)
    assert made.good
    assert made.words == "没看到 U 盘，插紧再试。"
    assert not stick.exists(), "no folder is made up where a stick should be"
    last = backups.last_good(desk, box.paths)
    assert last.at == NOW + timedelta(hours=1)
    assert last.chosen_at == NOW


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "U 盘满了，这份没放进去。上面原来的备份都没动。"),
        (errno.EROFS, "这个 U 盘不让写。上面原来的备份都没动。"),
        (errno.EIO, "备份没写成。已存好的、原来的备份都在。"),
    ],
)
def test_a_stick_that_refuses_says_so_and_keeps_what_it_had(
    box: Laptop, desk: Desk, stick: Path, monkeypatch: pytest.MonkeyPatch, number: int, said: str
) -> None:
    make(box, desk)
    before = {path: path.read_bytes() for path in (stick / "首访通备份").iterdir()}
    whole = container.copy_whole

    def refuse(source: Path, target: Path) -> None:
        if stick in target.parents:
            target.write_bytes(b"half")
            raise OSError(number, "the disk says")
        whole(source, target)

    monkeypatch.setattr(container, "copy_whole", refuse)
    box.clock.forward(days=1)
    made = make(box, desk)
    assert made.good
    assert made.words.startswith(said)
    assert {path: path.read_bytes() for path in (stick / "首访通备份").iterdir()} == before
    assert len(lying(box.paths.backups)) == 2


def test_a_stick_that_lies_about_what_it_wrote_is_found_out(
    box: Laptop, desk: Desk, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = container.copy_whole

    def rot(source: Path, target: Path) -> None:
        whole(source, target)
        with target.open("r+b") as file:
            file.seek(5_000)
            file.write(b"\0\0")

    monkeypatch.setattr(container, "copy_whole", rot)
    made = make(box, desk)
    assert made.words.startswith("写到 U 盘上的和原来的对不上")
    assert lying(stick / "首访通备份") == []


def test_a_full_computer_backs_up_to_the_stick_alone(
    box: Laptop, desk: Desk, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        backups.drives, "free_bytes", lambda folder: 10**9 if stick in folder.parents else 1_000
    )
    real = backup_places.container.copy_whole

    def full(source: Path, target: Path) -> None:
        if box.paths.root in target.parents:
            raise OSError(errno.ENOSPC, "full")
        real(source, target)

    monkeypatch.setattr(backup_places.container, "copy_whole", full)
    monkeypatch.setattr(
        backup_places.os, "replace", lambda a, b: (_ for _ in ()).throw(OSError(errno.ENOSPC, "full"))
        if box.paths.root in Path(b).parents else os.rename(a, b),
    )  # fmt: skip
    made = make(box, desk)
    assert made.good
    assert made.words.startswith("电脑满了，新的备份放不下。")
    assert len(lying(stick / "首访通备份")) == 1


def test_nowhere_any_room_is_said_and_changes_nothing(
    box: Laptop, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backups.drives, "free_bytes", lambda folder: 1_000)
    with pytest.raises(StorageFault, match="电脑满了，新的备份放不下。已存好的都在。"):
        make(box, desk)
    assert lying(box.paths.backups) == []
    assert backups.last_good(desk, box.paths).at is None


def test_a_copy_that_does_not_agree_is_never_called_good(
    box: Laptop, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Original.copy_to

    def short(self: Original, path: Path, key: bytes, progress: object = None) -> None:
        whole(self, path, key)
        with path.open("r+b") as file:
            file.seek(9_000)
            file.write(b"rotten")

    monkeypatch.setattr(Original, "copy_to", short)
    with pytest.raises(StorageFault):
        make(box, desk)
    assert lying(box.paths.backups) == []
    assert not (box.paths.root / backups.SCRATCH).exists()


def test_damaged_keys_are_taken_from_their_copy_or_no_backup_is_called_good(box: Laptop, desk: Desk) -> None:
    whole = box.paths.keys.read_bytes()
    box.paths.keys.write_bytes(whole[:40])
    file = make(box, desk).placed[0].file
    assert file is not None
    assert container.small_part(file, container.KEYS) == whole
    box.paths.keys.with_name("keys.json.copy").write_bytes(b"{}")
    with pytest.raises(StorageFault, match="钥匙文件坏了，这时做的备份打不开"):
        make(box, desk)


def test_pruning_leaves_another_villages_backups_alone(
    box: Laptop, desk: Desk, stick: Path, tmp_path: Path
) -> None:
    other = laptop(tmp_path / "other", replace(DEVICE, device="d-2"))
    other.choose(stick)
    theirs = other.open()
    for _ in range(2):
        make(other, theirs)
        other.clock.forward(minutes=5)
    theirs.store.close()
    for _ in range(4):
        make(box, desk)
        box.clock.forward(minutes=10)
    lines = [one.manifest.line for one in backup_places.found_in(stick / "首访通备份")]
    mine = desk.store.original.line()
    assert lines.count(mine) == 1, "one a day is kept"
    assert len(lines) == 2, "theirs was thinned out by them alone"
    assert [one.manifest.generation for one in backup_places.found_in(box.paths.backups)] == [4]


def test_the_one_just_made_stays_also_in_the_same_second(box: Laptop, desk: Desk) -> None:
    for number in range(1, 4):
        (placed,) = make(box, desk).placed
        assert placed.file is not None
        assert placed.file.exists()
        assert container.outside(placed.file).manifest.generation == number


def test_what_is_no_backup_is_passed_over(box: Laptop, desk: Desk) -> None:
    file = make(box, desk).placed[0].file
    assert file is not None
    (box.paths.backups / "半截.sftbak").write_bytes(file.read_bytes()[:3_000])
    (box.paths.backups / "假的.sftbak").write_bytes(b"PK\5\6" + bytes(18))
    with zipfile.ZipFile(box.paths.backups / "坏心.sftbak", "w") as bad:
        raw = container.outside(file).raw.replace(b'"keys.json"', b'"../../keys.json"')
        bad.writestr(container.MANIFEST, raw)
        bad.writestr(container.STAMP, "0" * 64)
    assert [one.file for one in backup_places.found_in(box.paths.backups)] == [file]
