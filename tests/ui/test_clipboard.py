"""What is copied in our windows does not stay on the clipboard of a laptop left alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tests.ui.conftest import shown
from tests.ui.laptop import enrolled, running, unlock
from ui.clipboard import CLEAR_AFTER_MS, PASS_BY, CopiedWords
from ui.widgets.text import LineBox, ParagraphBox

NAME, NUMBER = "蒋桂英", "15400003013"


@pytest.fixture
def clipboard(look: QApplication) -> Iterator[QClipboard]:
    yield look.clipboard()
    look.clipboard().clear()


@pytest.fixture
def copied(clipboard: QClipboard) -> Iterator[CopiedWords]:
    made = CopiedWords(clipboard)
    yield made
    made.timer.stop()
    clipboard.changed.disconnect(made._changed)


def test_words_copied_in_any_box_go_after_a_minute(
    qtbot: QtBot, clipboard: QClipboard, copied: CopiedWords
) -> None:
    line, paragraph, label = LineBox(), ParagraphBox(), QLabel(NUMBER)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
    )
    shown(qtbot, line, paragraph, label)
    line.setText(NAME)
    paragraph.set_value(NAME)
    for box in (line, paragraph, label):
        box.setFocus()
        if isinstance(box, QLabel):
            box.setSelection(0, len(NUMBER))
        else:
            box.selectAll()
        qtbot.keyClick(box, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        assert clipboard.text() in (NAME, NUMBER)
        assert copied.timer.isActive()
        assert copied.timer.interval() == CLEAR_AFTER_MS == 60_000
        copied.timer.timeout.emit()
        assert clipboard.text() == ""
        assert not copied.timer.isActive()


def test_no_history_of_the_system_is_asked_to_keep_them(clipboard: QClipboard, copied: CopiedWords) -> None:
    clipboard.setText(NAME)
    mime = clipboard.mimeData()
    assert mime.text() == NAME
    assert all(mime.hasFormat(name) for name in PASS_BY)


def test_what_another_program_put_there_since_stays(
    clipboard: QClipboard, copied: CopiedWords, monkeypatch: pytest.MonkeyPatch
) -> None:
    clipboard.setText(NAME)
    monkeypatch.setattr(copied, "_owned", lambda mode: False)
    clipboard.setText("别的程序的话")
    copied.timer.timeout.emit()
    assert clipboard.text() == "别的程序的话"


def test_a_clipboard_manager_that_takes_our_words_over_does_not_keep_them(
    clipboard: QClipboard, copied: CopiedWords, monkeypatch: pytest.MonkeyPatch
) -> None:
    clipboard.setText(NAME)
    monkeypatch.setattr(copied, "_owned", lambda mode: False)
    clipboard.setText(NAME)
    copied.timer.timeout.emit()
    assert clipboard.text() == ""


def test_the_lock_and_the_end_take_them_back_at_once(
    qtbot: QtBot, look: QApplication, clipboard: QClipboard, tmp_path: Path
) -> None:
    with running(look, enrolled(tmp_path)) as program:
        unlock(program)
        clipboard.setText(NAME)
        program.lock()
        assert clipboard.text() == ""
        clipboard.setText(NUMBER)  # copied at the gate, a recovery code perhaps
        program.stop()
        assert clipboard.text() == ""
