"""Backing up and restoring without a window: one thing each, said in words, exit 0, 1 or 2."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.__main__ import main
from tests.unit.actions.backing import PASSPHRASE, Laptop, laptop


@pytest.fixture
def box(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Laptop:
    monkeypatch.setattr("getpass.getpass", lambda _prompt: PASSPHRASE)
    return laptop(tmp_path)


def run(box: Laptop, *arguments: str) -> int:
    return main([*arguments, "--home", str(box.paths.root)])


def test_a_backup_is_made_where_it_is_asked_for(
    box: Laptop, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(box, "backup") == 0
    assert "备份好了，打开查过：" in capsys.readouterr().out
    assert run(box, "backup", "--to", str(tmp_path)) == 0
    assert len(list(box.paths.backups.iterdir())) == 1
    assert len(list((tmp_path / "首访通备份").iterdir())) == 1


def test_a_stick_that_is_not_there_is_said(
    box: Laptop, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(box, "backup", "--to", str(tmp_path / "no stick")) == 1
    assert "没看到 U 盘，插紧再试。" in capsys.readouterr().err
