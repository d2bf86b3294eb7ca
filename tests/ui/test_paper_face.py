"""Every paper has the same face: its keys hold wherever the focus is, one button is filled in every state."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.conftest import shown
from tests.ui.fitting import cut
from ui import theme
from ui.forms.papers.other_face import OtherFace
from ui.widgets.paper_view import PaperView
from ui.widgets.words import Button

Key = Qt.Key
PAGE = (210, 297, bytes([255]) * (210 * 297 * 4))
RED = (210, 297, bytes([200, 0, 0, 255]) * (210 * 297))


@pytest.fixture
def face(qtbot: QtBot, look: QApplication) -> OtherFace:
    made = OtherFace()
    shown(qtbot, made).resize(1150, 560)
    made.say("正在排版…")
    made.offer(["村部打印机", "HP LaserJet 1020"])
    made.start()
    return made


def test_the_focus_waits_for_the_paper_and_then_stands_on_printing(face: OtherFace) -> None:
    assert face.back_button.hasFocus()
    assert not face.print_button.isEnabled()
    face.show_pages([PAGE])
    assert face.print_button.hasFocus()


def test_a_hand_that_went_elsewhere_meanwhile_is_left_there(face: OtherFace) -> None:
    face.options.printers.buttons[0].setFocus()
    face.show_pages([PAGE])
    assert face.options.printers.buttons[0].hasFocus()


def test_keys_turn_and_zoom_the_paper_wherever_the_focus_is(qtbot: QtBot, face: OtherFace) -> None:
    face.show_pages([PAGE, PAGE, PAGE], 0)
    for at in (face.print_button, face.options.printers.buttons[0], face.paper):
        at.setFocus()
        face.paper.zoom(0)
        face.paper.turn_to(0)
        qtbot.keyClick(at, Key.Key_PageDown)
        assert face.pane.number.text() == "第 2 张，共 3 张"
        qtbot.keyClick(at, Key.Key_PageUp)
        qtbot.keyClick(at, Key.Key_Plus)
        qtbot.keyClick(at, Key.Key_Equal)
        assert face.paper._zoom == 2
        qtbot.keyClick(at, Key.Key_Minus)
        assert face.paper._zoom == 1
        qtbot.keyClick(at, Key.Key_0)
        assert face.paper._zoom == 0
    assert not face.pane.smaller.isEnabled(), "a whole page goes no farther"


def test_a_near_page_is_read_to_its_foot_before_the_next(qtbot: QtBot, face: OtherFace) -> None:
    face.show_pages([PAGE, PAGE], 0)
    bar = face.paper.verticalScrollBar()
    assert bar.maximum() > 0, "it begins as wide as there is room"
    qtbot.keyClick(face.paper, Key.Key_PageDown)
    assert (face.paper.page, bar.value() > 0) == (0, True)
    while bar.value() < bar.maximum():
        qtbot.keyClick(face.paper, Key.Key_PageDown)
    qtbot.keyClick(face.paper, Key.Key_PageDown)
    assert (face.paper.page, bar.value()) == (1, 0)
    qtbot.keyClick(face.paper, Key.Key_PageUp)
    assert (face.paper.page, bar.value()) == (0, bar.maximum()), "back at the foot of the page before"


def test_saving_and_going_back_have_their_keys(qtbot: QtBot, face: OtherFace) -> None:
    heard: list[str] = []
    face.save_asked.connect(lambda: heard.append("save"))
    face.back.connect(lambda: heard.append("back"))
    qtbot.keyClick(face.back_button, Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert heard == [], "there is nothing to save yet"
    face.show_pages([PAGE])
    qtbot.keyClick(face.print_button, Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(face.print_button, Key.Key_Escape)
    assert heard == ["save", "back"]


def test_exactly_one_button_is_filled_in_every_state(face: OtherFace) -> None:
    face.show_pages([PAGE])
    for printers in ((), ("村部打印机",)):
        face.offer(printers)
        for act in (lambda: None, face.ask, face.silent):
            act()
            main = [b for b in face.findChildren(Button) if b.isVisible() and b.property("role") == "main"]
            assert main == [face.primary]


@pytest.mark.parametrize("sized", list(theme.Size), indirect=True)
def test_every_word_is_shown_and_narrow_rooms_have_one_pane(sized: theme.Size, face: OtherFace) -> None:
    face.posted = True
    for room in ((1150, 560), (877, 470), (650, 440)):
        face.window().setMinimumSize(*room)
        face.window().resize(*room)
        face.show_pages([PAGE, RED])
        for act in (lambda: None, face.ask, face.silent, lambda: face.look.setChecked(not face.pane.wide)):
            act()
            for _ in range(3):  # a scroll bar that came in takes its room
                QApplication.processEvents()
            assert not cut(face), (sized.word, room)
        assert face.paper.isVisible()
        face.look.setChecked(False)
        assert face.machine.isVisible()


def test_pages_of_black_on_white_take_a_fourth_of_the_room(look: QApplication) -> None:
    paper = PaperView("单子")
    paper.show_pages([PAGE, RED])
    assert [one.depth() for one in paper._pages] == [8, 32]
