"""What the worker set stays set; a broken file gives the defaults and never an error."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app import settings
from app.settings import Settings


def test_settings_come_back_as_they_were(tmp_path: Path) -> None:
    mine = Settings(
        size="largest", high_contrast=True, save_toner=True, lock_after_minutes=12, profile="guomi"
    )
    settings.save(tmp_path / "s.json", mine)
    assert settings.load(tmp_path / "s.json") == mine


@pytest.mark.parametrize(
    "raw", [b"", b"[]", b"null", b"{", b"\xff\xfe", b"[" * 200_000, b'{"size": 3, "high_contrast": "yes"}']
)
def test_a_damaged_file_gives_the_defaults(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "s.json").write_bytes(raw)
    assert settings.load(tmp_path / "s.json") == Settings()


def test_a_missing_file_gives_the_defaults(tmp_path: Path) -> None:
    assert settings.load(tmp_path / "none.json") == Settings()


def test_good_settings_survive_beside_bad_and_unknown_ones(tmp_path: Path) -> None:
    found = {"size": "huge", "profile": "rot13", "save_toner": True, "of_a_newer_release": [1]}
    (tmp_path / "s.json").write_text(json.dumps(found), encoding="utf-8")
    assert settings.load(tmp_path / "s.json") == Settings(save_toner=True)


@pytest.mark.parametrize(("minutes", "kept"), [(0, 1), (-5, 1), (7, 7), (100_000, 60)])
def test_the_screen_always_locks_some_time(tmp_path: Path, minutes: int, kept: int) -> None:
    (tmp_path / "s.json").write_text(json.dumps({"lock_after_minutes": minutes}), encoding="utf-8")
    assert settings.load(tmp_path / "s.json").lock_after_minutes == kept


def test_true_is_no_number_of_minutes(tmp_path: Path) -> None:
    (tmp_path / "s.json").write_text('{"lock_after_minutes": true}', encoding="utf-8")
    assert settings.load(tmp_path / "s.json") == Settings()
