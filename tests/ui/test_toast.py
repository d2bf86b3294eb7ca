"""The toast stands in nobody's way: never over what can be pressed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import shown
from ui.forms.syncing.where_line import WhereLine
from ui.widgets.rows import Row, RowList
from ui.widgets.toast import LOOK_MS, Toast
from ui.widgets.words import Button


def _page() -> tuple[QWidget, Button]:
    page, button = QWidget(), Button("先不填", "text")
    column, foot = QVBoxLayout(page), QHBoxLayout()
    column.addStretch(1)
    foot.addWidget(button)
    foot.addStretch(1)
    column.addLayout(foot)
    page.setMinimumHeight(300)
    return page, button


def _over(toast: Toast, button: Button) -> bool:
    return toast.geometry().intersects(button.geometry())


def test_it_stands_beside_a_button_and_never_on_it(qtbot: QtBot) -> None:
    page, button = _page()
    shown(qtbot, page)
    toast = Toast(page)
    toast.say("已存好。")
    assert not _over(toast, button)
    assert toast.y() > page.height() // 2


def test_it_never_covers_where_a_record_is(qtbot: QtBot) -> None:
    page, button = _page()
    line = WhereLine(lambda *_: None)
    foot = page.layout()
    assert isinstance(foot, QVBoxLayout)
    foot.addWidget(line)
    shown(qtbot, page)
    line.said.setText("这家：已存本机，还没传到县里")
    line.show()
    toast = Toast(page)
    toast.say("已存好。", "撤回", lambda: None)
    assert line.isVisible()
    assert not toast.geometry().intersects(line.geometry())
    assert not _over(toast, button)


def test_it_steps_aside_when_a_button_comes_after_it(qtbot: QtBot) -> None:
    page, button = _page()
    shown(qtbot, page)
    button.hide()
    toast = Toast(page)
    toast.say("已存好。")
    button.show()
    qtbot.waitUntil(lambda: not _over(toast, button), timeout=LOOK_MS * 5)


def _listed(qtbot: QtBot) -> tuple[RowList, Toast]:
    shown_list = RowList("单子")
    shown_list.set_rows([Row(str(number), f"第 {number} 行") for number in range(30)])
    page = shown(qtbot, shown_list)
    return shown_list, Toast(page)


def test_the_last_row_of_a_list_stands_above_it_and_has_its_room_back_after(qtbot: QtBot) -> None:
    rows, toast = _listed(qtbot)
    rows.choose("29")
    toast.say("已存好。")
    rows.scrollToBottom()
    last = rows.visualRect(rows.model().index(29, 0))
    below = rows.viewport().mapTo(toast.parentWidget(), last.bottomLeft()).y()
    assert below <= toast.y(), "it can be read while the toast is there"
    toast.hide()
    assert rows.viewportMargins().bottom() == 0


def test_ctrl_z_does_what_its_button_does_as_long_as_it_is_there(qtbot: QtBot) -> None:
    rows, toast = _listed(qtbot)
    undone: list[int] = []
    toast.say("记下了。", "撤回", lambda: undone.append(1))
    rows.setFocus()
    qtbot.waitUntil(rows.hasFocus)
    assert toast.accessibleDescription() == "记下了。按 Ctrl+Z 撤回。"
    QTest.keyClick(rows, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == [1]
    assert toast.isHidden()
    QTest.keyClick(rows, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == [1]
