"""The toast stands in nobody's way: never over what can be pressed."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import shown
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


def test_it_steps_aside_when_a_button_comes_after_it(qtbot: QtBot) -> None:
    page, button = _page()
    shown(qtbot, page)
    button.hide()
    toast = Toast(page)
    toast.say("已存好。")
    button.show()
    qtbot.waitUntil(lambda: not _over(toast, button), timeout=LOOK_MS * 5)
