"""Files are looked for in the worker's own folders, never in the program's, and through one door."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from ui.widgets import file_dialogs

ROOT = Path(__file__).resolve().parents[2]


class Dialogs:
    """Stands in for the system's dialogs: notes where each begins, and points at `answer`."""

    def __init__(self) -> None:
        self.began: list[Path] = []
        self.answer = ""

    def ask(self, _parent: QWidget, _title: str, begins: str, _kinds: str) -> tuple[str, str]:
        self.began.append(Path(begins))
        return self.answer, ""


@pytest.fixture
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "文档"
    folder.mkdir()
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _kind: str(folder))
    return folder


@pytest.fixture
def dialogs(monkeypatch: pytest.MonkeyPatch, look: QApplication) -> Iterator[Dialogs]:
    made = Dialogs()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", made.ask)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", made.ask)
    file_dialogs.forget()
    yield made
    file_dialogs.forget()


def save(parent: QWidget, name: str = "单子.pdf") -> Path | None:
    return file_dialogs.ask_save(parent, "存到哪里", name, "PDF 文件 (*.pdf)")


def test_the_first_dialog_begins_in_her_documents(
    qtbot: QtBot, dialogs: Dialogs, documents: Path, window: QWidget
) -> None:
    assert save(window) is None
    file_dialogs.ask_open(window, "选花名册", "表格 (*.xlsx)")
    assert dialogs.began == [documents / "单子.pdf", documents]


def test_the_next_begins_where_she_was_last_whatever_it_is_for(
    dialogs: Dialogs, documents: Path, tmp_path: Path, window: QWidget
) -> None:
    stick = tmp_path / "U 盘"
    stick.mkdir()
    dialogs.answer = str(stick / "单子.pdf")
    assert save(window) == stick / "单子.pdf"
    dialogs.answer = ""
    file_dialogs.ask_open(window, "选花名册", "表格 (*.xlsx)")
    save(window)
    assert dialogs.began[1:] == [stick, stick / "单子.pdf"]


def test_a_folder_that_is_gone_is_not_begun_in(
    dialogs: Dialogs, documents: Path, tmp_path: Path, window: QWidget
) -> None:
    dialogs.answer = str(tmp_path / "拔掉的 U 盘" / "单子.pdf")
    save(window)
    assert file_dialogs.folder() == documents
    documents.rmdir()
    assert file_dialogs.folder() == Path.home()


def test_a_name_holds_nothing_a_disk_refuses_and_gets_its_suffix(
    dialogs: Dialogs, documents: Path, window: QWidget
) -> None:
    dialogs.answer = str(documents / "给李奶奶")
    assert save(window, "李奶奶 低保/特困: 申请.pdf") == documents / "给李奶奶.pdf"
    assert dialogs.began == [documents / "李奶奶 低保-特困- 申请.pdf"]


def test_no_other_place_opens_a_file_dialog() -> None:
    found = [path.name for path in (ROOT / "ui").rglob("*.py") if "QFileDialog" in path.read_text("utf-8")]
    assert found == ["file_dialogs.py"]


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made
