"""The play of two laptops and their county goes to its end, and the three then hold the same."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from demo.pair.play import CHAPTERS
from demo.pair.watch import play_headless
from tests.journeys.conftest import small


def test_every_chapter_is_played_and_nothing_is_lost(
    look: QApplication, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert play_headless(tmp_path / "out", small) == 0
    # PostgreSQL is killed in the middle of it: whoever was asking it just then says so.
    assert {record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING} <= {
        "database error None"
    }
    caplog.clear()
    chapters = {picture.name.partition("_")[0] for picture in (tmp_path / "out").glob("*.png")}
    assert chapters == {str(number) for number in range(1, len(CHAPTERS) + 1)}
