"""Backing up and restoring without a window: one thing each, said in words, exit 0, 1 or 2."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.__main__ import main
from tests.unit.actions.backing import PASSPHRASE, Laptop, laptop


@pytest.fixture
def box(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Laptop:
    made = laptop(tmp_path)
    monkeypatch.setattr("getpass.getpass", lambda prompt: PASSPHRASE if prompt == "向海燕的口令：" else "")
    return made


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


def restored(box: Laptop, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    assert run(box, "backup") == 0
    (file,) = box.paths.backups.iterdir()
    capsys.readouterr()
    code = run(box, "restore", str(file), *arguments)
    return code, capsys.readouterr().out


def test_a_restore_says_what_is_inside_and_asks(
    box: Laptop, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("builtins.input", lambda _question: "不")
    code, said = restored(box, capsys)
    assert code == 1
    assert "青石垭村，向海燕的资料" in said
    assert "1 户，1 人，0 次走访" in said
    assert "没上传的 2 条会带过去" in said
    assert said.splitlines()[-1] == "没有换，什么都没有动。"
    assert not list(box.paths.root.glob("re*"))


def test_a_restore_that_was_agreed_to_is_done(box: Laptop, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = restored(box, capsys, "--yes")
    assert code == 0
    assert "恢复好了" in said
    (aside,) = box.paths.root.glob("replaced-*")
    assert f"没有删，在：{aside}" in said
    assert run(box, "verify") == 0


def test_the_passphrase_is_asked_for_once(box: Laptop, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(box, "backup") == 0
    (file,) = box.paths.backups.iterdir()
    answers = iter([PASSPHRASE])
    monkeypatch.setattr("getpass.getpass", lambda _prompt: next(answers))
    assert run(box, "restore", str(file), "--yes") == 0


def test_what_is_no_backup_is_said(box: Laptop, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x.sftbak").write_bytes(b"no")
    assert run(box, "restore", str(tmp_path / "x.sftbak")) == 1
    assert "这份备份坏了，或不是首访通的备份" in capsys.readouterr().err
