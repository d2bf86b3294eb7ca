"""Everything the program keeps lies in one folder, which a test or a technician may move."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.paths import HOME_VARIABLE, Paths, default_paths


def test_every_place_lies_under_the_one_folder(tmp_path: Path) -> None:
    paths = Paths(tmp_path)
    named = [name for name, value in vars(Paths).items() if isinstance(value, property)]
    places = [getattr(paths, name) for name in named]
    assert len(set(places)) == len(places) > 4
    assert all(place.is_relative_to(tmp_path) and place != tmp_path for place in places)


def test_the_folder_may_be_named_from_outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "盘 D"))
    assert default_paths() == Paths(tmp_path / "盘 D")


def test_else_it_is_the_users_own_and_is_not_made_by_asking(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(HOME_VARIABLE, raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    root = default_paths().root
    assert root.name == "shoufangtong"
    assert not (tmp_path / "shoufangtong").exists()
