"""Pictures of what is plugged in: the newest first, in the folders cameras use, and no others."""

from __future__ import annotations

import os
from pathlib import Path

from app import drives
from app.actions.visits import phone_pictures


def put(folder: Path, name: str, at: int) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(b"x")
    os.utime(path, (at, at))
    return path


def test_the_newest_come_first_from_every_folder_below(tmp_path: Path) -> None:
    old = put(tmp_path / "100APPLE", "IMG_1.JPG", 1_700_000_000)
    new = put(tmp_path / "Camera" / "2026" / "11", "IMG_2.heic", 1_700_000_900)
    put(tmp_path / "Camera", "film.mp4", 1_700_001_000)
    put(tmp_path / ".thumbnails", "3.jpg", 1_700_001_000)
    put(tmp_path / "Camera", ".hidden.jpg", 1_700_001_000)
    put(tmp_path / "a" / "b" / "c" / "d" / "e", "deep.jpg", 1_700_001_000)
    found = phone_pictures.newest(tmp_path)
    assert [one.path for one in found] == [new, old]
    assert found[0].taken.utcoffset() is not None


def test_a_folder_that_is_gone_has_none(tmp_path: Path) -> None:
    assert phone_pictures.newest(tmp_path / "pulled out") == ()


def test_many_are_cut_to_what_can_be_looked_through(tmp_path: Path) -> None:
    for number in range(phone_pictures.MOST_SHOWN + 5):
        put(tmp_path, f"{number}.jpg", 1_700_000_000 + number)
    found = phone_pictures.newest(tmp_path)
    assert len(found) == phone_pictures.MOST_SHOWN
    assert found[0].path.name == f"{phone_pictures.MOST_SHOWN + 4}.jpg"


def test_a_telephone_the_desktop_shows_as_a_folder_is_found(tmp_path: Path) -> None:
    shown = tmp_path / "gvfs"
    (shown / "mtp:host=Old_Phone" / "内部存储" / "DCIM").mkdir(parents=True)
    (shown / "mtp:host=Old_Phone" / "内部存储" / "Music").mkdir()
    (shown / "gphoto2:host=Camera" / "DCIM").mkdir(parents=True)
    (shown / "smb-share:server=office" / "DCIM").mkdir(parents=True)
    found = drives.camera_folders((tmp_path / "media",), telephones=shown)
    assert sorted(one.parent.name for one in found) == ["gphoto2:host=Camera", "内部存储"]
