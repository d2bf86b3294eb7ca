"""A file stays with its record: once, sealed, and noticed when anything happens to it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.actions import attachments
from app.actions.desk import Desk
from app.domain.problem import StorageFault, UserError
from app.domain.roles import Role
from app.store import Store
from app.vault.files import Damaged
from tests.conftest import KEY
from tests.desks import Clock, desk_on
from tests.facts import HOME

PHOTO = b"\xff\xd8 a picture of a house " * 9000


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    store = Store(tmp_path / "store.db", KEY, create=True)
    yield replace(desk_on(store, Clock()), files=tmp_path / "attachments")
    store.close()


def photo(desk: Desk, data: bytes = PHOTO, **more: str) -> str:
    return attachments.add(desk, HOME, data, kind="photo", media="image/jpeg", **more).id


def file_of(desk: Desk, attachment: str) -> Path:
    assert desk.files is not None
    return next(desk.files.glob(f"*/{attachment}.bin"))


def test_what_was_added_is_read_and_lies_sealed(desk: Desk) -> None:
    made = photo(desk)
    assert attachments.read(desk, made) == PHOTO
    assert PHOTO[:20] not in file_of(desk, made).read_bytes()
    assert [one.id for one in desk.store.attachments.of_record(HOME)] == [made]
    assert desk.store.audit.lines()[-1].verb == "add attachment"


def test_the_same_picture_is_kept_once(desk: Desk) -> None:
    assert photo(desk) == photo(desk)
    assert desk.files is not None
    assert len(list(desk.files.glob("*/*"))) == 1


def test_a_small_picture_goes_with_its_large_one(desk: Desk) -> None:
    large = photo(desk)
    small = photo(desk, b"small", thumb_of=large)
    assert [one.id for one in desk.store.attachments.of_record(HOME)] == [large]
    found = desk.store.attachments.thumb(large)
    assert found is not None
    assert found.id == small
    attachments.drop(desk, large)
    assert desk.files is not None
    assert not list(desk.files.glob("*/*.bin"))
    with pytest.raises(UserError, match="已经去掉"):
        attachments.read(desk, large)


def test_damage_is_noticed_and_named(desk: Desk) -> None:
    ids = [photo(desk, PHOTO + bytes([number])) for number in range(4)]
    assert list(attachments.damaged(desk)) == []
    first, second, third, whole = ids
    raw = bytearray(file_of(desk, first).read_bytes())
    raw[len(raw) // 2] ^= 1
    file_of(desk, first).write_bytes(raw)
    os.truncate(file_of(desk, second), 70_000)
    file_of(desk, third).unlink()
    assert [one.id for one, _ in attachments.damaged(desk)] == [first, second, third]
    for one in (first, second, third):
        with pytest.raises(Damaged):
            attachments.read(desk, one)
    assert attachments.read(desk, whole).startswith(PHOTO)


def test_two_files_cannot_change_places(desk: Desk) -> None:
    one, other = photo(desk, b"one"), photo(desk, b"other")
    shutil.copy(file_of(desk, other), file_of(desk, one))
    with pytest.raises(Damaged):
        attachments.read(desk, one)


def test_a_file_without_its_row_is_swept_when_it_is_old(desk: Desk) -> None:
    kept = photo(desk)
    stray = file_of(desk, kept).with_name("stray.bin")
    stray.write_bytes(b"left by a power cut")
    os.utime(stray, (desk.now.timestamp(), desk.now.timestamp()))
    assert attachments.sweep(desk) == 0
    old = (desk.now - timedelta(days=2)).timestamp()
    os.utime(stray, (old, old))
    assert attachments.sweep(desk) == 1
    assert attachments.read(desk, kept) == PHOTO


def test_a_refused_row_leaves_no_file_and_a_refused_file_no_row(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: object) -> None:
        raise StorageFault("电脑满了")

    monkeypatch.setattr(desk.store.attachments, "put", refuse)
    with pytest.raises(StorageFault):
        photo(desk)
    assert desk.files is not None
    assert not list(desk.files.glob("*/*.bin"))
    monkeypatch.undo()
    shutil.rmtree(desk.files)
    desk.files.write_bytes(b"")  # a file where the folder should be
    with pytest.raises(StorageFault):
        photo(desk)
    assert desk.store.attachments.of_record(HOME) == ()


def test_nothing_empty_huge_or_from_an_auditor_is_kept(desk: Desk) -> None:
    for data in (b"", bytes(attachments.MOST_BYTES + 1)):
        with pytest.raises(UserError, match="附件"):
            photo(desk, data)
    with pytest.raises(UserError, match="只能看"):
        photo(replace(desk, role=Role.AUDITOR))
