"""The roster can be written from the command line, whole or not at all."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.tables.roster import read
from demo.village.__main__ import main


def test_the_roster_is_written_and_can_be_imported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "roster.xlsx"
    assert main([str(out)]) == 0
    assert "562 户 2010 人" in capsys.readouterr().out
    assert len(read(out, today=date(2026, 11, 20)).good_households()) == 562


def test_an_empty_template_can_be_written(tmp_path: Path) -> None:
    assert main([str(tmp_path / "blank.xlsx"), "--template"]) == 0
    assert read(tmp_path / "blank.xlsx", today=date(2026, 11, 20)).unusable


def test_a_place_that_cannot_be_written_is_said_calmly(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("x")
    assert main([str(tmp_path / "file" / "roster.xlsx"), "--template"]) == 1
    assert capsys.readouterr().err.strip().endswith("。")
