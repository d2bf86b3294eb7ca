"""What is said when something goes wrong, and what is never said or kept."""

from __future__ import annotations

import logging
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from ui import crash, notices
from ui.tasks import Tasks

NAME, NUMBER = "李桂英", "439901195112033013"


def break_down(_desk: object = None) -> None:
    person = f"{NAME} {NUMBER}"
    raise KeyError(person)


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(crash._Desk, "folder", tmp_path)
    monkeypatch.setattr(
        crash._Desk, "clock", staticmethod(lambda: datetime(2026, 11, 20, 14, 32, tzinfo=UTC))
    )
    monkeypatch.setattr(crash._Desk, "release", "0.1.0")
    return tmp_path


def test_an_unknown_error_is_said_calmly_with_a_number_and_without_names(
    tasks: Tasks, kept: Path, caplog: pytest.LogCaptureFixture
) -> None:
    owner = QObject()
    with notices.recorded() as heard, caplog.at_level(logging.ERROR):
        tasks.run(owner, break_down)
        assert tasks.wait_idle()
    said = heard[0].words
    assert re.fullmatch(r"出了点毛病，已存好的都在。重开就行；编号 [2-9A-HJ-NP-Z]{4}，报给县里。", said)
    assert NAME not in said + caplog.text
    assert NUMBER not in said + caplog.text
    caplog.clear()


def test_the_report_says_where_but_never_what(kept: Path, caplog: pytest.LogCaptureFixture) -> None:
    with notices.recorded(), caplog.at_level(logging.ERROR):
        try:
            break_down()
        except KeyError as error:
            number = notices.bug(error)
    text = (kept / f"{number}.txt").read_text(encoding="utf-8")
    assert "builtins.KeyError" in text
    assert "break_down" in text
    assert "2026-11-20T14:32:00" in text
    assert NAME not in text
    assert NUMBER not in text
    assert str(Path.home()) not in text
    caplog.clear()


def test_the_same_fault_has_the_same_number_whatever_was_typed() -> None:
    def report(value: str) -> str:
        try:
            raise ValueError(value)
        except ValueError as error:
            return crash.number_of(crash.redact(error))

    assert report(NAME) == report("别的")


def test_a_report_that_cannot_be_written_still_has_its_number(
    kept: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (kept / "file").write_text("", encoding="utf-8")
    monkeypatch.setattr(crash._Desk, "folder", kept / "file")
    with caplog.at_level(logging.WARNING):
        assert len(crash.keep(ValueError(NAME))) == 4
    assert NAME not in caplog.text
    caplog.clear()


def test_notices_go_to_the_newest_place_and_back_to_the_one_before() -> None:
    with notices.recorded() as window:
        with notices.recorded() as dialog:
            notices.saved()
        notices.info("政策更新了。")
    assert [one.words for one in dialog] == ["已存好。"]
    assert [one.words for one in window] == ["政策更新了。"]
