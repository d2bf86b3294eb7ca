"""Components do what the design promises, by keyboard alone and with a Chinese input method on."""

from __future__ import annotations

import json
from datetime import date

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.conftest import compose, shown
from ui.widgets.confirm import Confirm
from ui.widgets.deadline import deadline_words
from ui.widgets.five_faces import FiveFaces
from ui.widgets.paper_view import PaperView
from ui.widgets.person_card import PersonCard
from ui.widgets.pick_list import PickList
from ui.widgets.rows import Row
from ui.widgets.search_box import SearchBox
from ui.widgets.signature import Signature
from ui.widgets.step_bar import Room, StepBar
from ui.widgets.three_items import Item, ThreeItems

TODAY = date(2026, 11, 20)
Key = Qt.Key
pytestmark = pytest.mark.usefixtures("look")


def test_search_hears_letters_still_under_composition(qtbot: QtBot) -> None:
    box, asked = SearchBox("找人"), []
    shown(qtbot, box)
    box.asked.connect(asked.append)
    box.setFocus()
    compose(box, "l")
    compose(box, "l'g")
    compose(box, "l'g'y")
    assert asked == ["l", "lg", "lgy"]
    compose(box, "", "李桂英")
    assert box.query() == "李桂英"


def test_search_joins_what_is_typed_with_what_is_composed(qtbot: QtBot) -> None:
    box = SearchBox("找人")
    shown(qtbot, box)
    box.setText("李")
    compose(box, "gui ying")
    assert box.query() == "李guiying"


def test_escape_clears_the_search_and_leaves(qtbot: QtBot) -> None:
    box, left = SearchBox("找人"), []
    shown(qtbot, box)
    box.dismissed.connect(lambda: left.append(True))
    qtbot.keyClicks(box, "lgy")
    qtbot.keyClick(box, Key.Key_Escape)
    assert box.text() == ""
    assert left == [True]


def test_more_than_nine_choices_are_searched(qtbot: QtBot) -> None:
    picks = PickList("找一件事")
    shown(qtbot, picks)
    picks.set_rows([Row(str(n), f"事项{n}") for n in range(20)] + [Row("x", "高龄津贴")], {"x": "gljt"})
    qtbot.keyClicks(picks.box, "glj")
    qtbot.keyClick(picks.box, Key.Key_Return)
    assert picks.value() == "x"


def test_faces_are_chosen_by_the_number_below_them(qtbot: QtBot) -> None:
    faces = FiveFaces()
    shown(qtbot, faces)
    assert faces.value() == 0
    faces.faces[0].setFocus()
    qtbot.keyClick(faces.faces[0], Key.Key_2)
    assert faces.value() == 2


def test_the_harmless_answer_has_the_focus_and_escape_gives_it(qtbot: QtBot) -> None:
    confirm, answers = Confirm(), []
    holder = shown(qtbot, confirm)
    confirm.kept.connect(lambda: answers.append("kept"))
    confirm.agreed.connect(lambda: answers.append("agreed"))
    confirm.ask("作废田国富的这张单？", "作废这张单", "留着")
    assert holder.focusWidget() is confirm.keep
    qtbot.keyClick(confirm.keep, Key.Key_Return)
    confirm.ask("作废田国富的这张单？", "作废这张单", "留着")
    qtbot.keyClick(confirm, Key.Key_Escape)
    assert answers == ["kept", "kept"]


def test_a_locked_box_of_the_three_says_why(qtbot: QtBot) -> None:
    three, said, pressed = ThreeItems(), [], []
    shown(qtbot, three)
    three.refused.connect(said.append)
    three.pressed.connect(pressed.append)
    three.show_items(Item("done", "已取号"), Item("open", "镇里正在办"), Item("locked", "先有结果，才能填"))
    three.boxes[2].click()
    three.boxes[1].click()
    assert said == ["先有结果，才能填"]
    assert pressed == [1]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"left": 9}, ("还剩 9 个工作日", "neutral", "wait")),
        ({"left": 2}, ("还剩 2 个工作日", "warn", "wait")),
        ({"left": 0}, ("今天到期", "bad", "warn")),
        ({"left": -1}, ("超了 1 个工作日", "bad", "warn")),
        ({"left": 5, "natural": True}, ("还剩 5 天", "neutral", "wait")),
        ({"left": 60, "estimated": date(2027, 2, 14)}, ("预计 2027-02-14", "info", "today")),
        ({"left": 3, "paused": "法院"}, ("停表：等法院", "neutral", "lock")),
    ],
)
def test_a_deadline_says_what_is_left(given: dict[str, object], expected: tuple[str, str, str]) -> None:
    left = given.pop("left")
    assert deadline_words(left, **given) == expected  # type: ignore[arg-type]  # values come from the table above


def test_a_full_number_is_shown_only_when_given_and_hidden_again(qtbot: QtBot) -> None:
    card, asked = PersonCard("p1", "李桂英", "户主", "4399**********3013"), []
    holder = shown(qtbot, card)
    card.asked.connect(asked.append)
    card.show_button.click()
    assert asked == ["p1"]
    assert card.number.text() == "4399**********3013"
    card.reveal("439901195112033013")
    assert card.number.text() == "439901 19511203 3013"
    assert "1951" not in card.accessibleName()
    holder.hide()
    assert card.number.text() == "4399**********3013"


def test_the_step_bar_tells_its_states_without_colour(qtbot: QtBot) -> None:
    bar = StepBar(["到门口", "家里人", "收入", "核对签字"])
    shown(qtbot, bar)
    bar.show_step(2)
    bar.show_lacks([0, 2, 0, 1])
    assert [button.state for button in bar.buttons] == ["done", "short", "now", "later"]
    discs = []
    for button in bar.buttons:
        grey = button.grab(QRect(0, 0, button.height(), button.height())).toImage()
        discs.append(grey.convertToFormat(QImage.Format.Format_Mono))
    assert len({bytes(one.constBits()) for one in discs}) == 4
    bar.show_lacks([0, 0, 0, 1])
    assert [button.state for button in bar.buttons] == ["done", "done", "now", "later"]


def test_the_step_bar_writes_out_what_it_has_room_for(qtbot: QtBot) -> None:
    bar = StepBar(["到门口", "家里人", "收入", "房子身体", "需要什么", "核对签字"])
    bar.show_step(4)
    bar.show_lacks([2, 0, 17, 0, 0, 1])
    for width, room in ((1150, Room.ALL), (840, Room.WORDS), (640, Room.NUMBERS)):
        bar.resize(width, 52)
        bar.show_step(4)
        assert {button.room for button in bar.buttons} == {room}
        assert sum(button.sizeHint().width() for button in bar.buttons) <= width
    assert bar.minimumSizeHint().width() <= 640


def test_a_signature_is_kept_as_strokes_and_shown_again(qtbot: QtBot) -> None:
    pad = Signature("李桂英")
    shown(qtbot, pad)
    assert pad.strokes_json() == ""
    qtbot.mousePress(pad.pad, Qt.MouseButton.LeftButton, pos=QPoint(50, 60))
    for step in range(1, 6):
        qtbot.mouseMove(pad.pad, QPoint(50 + step * 20, 60 + step * 5))
        QApplication.processEvents()
    qtbot.mouseRelease(pad.pad, Qt.MouseButton.LeftButton, pos=QPoint(150, 85))
    kept = json.loads(pad.strokes_json())
    assert kept["strokes"][0][0] == [50.0, 60.0]
    again = Signature("李桂英")
    again.set_strokes(pad.strokes_json())
    assert again.pad.strokes == pad.pad.strokes
    pad.clear()
    assert pad.strokes_json() == ""


def test_the_signature_pad_is_large_enough_to_turn_round() -> None:
    signature = Signature("李桂英")
    least = signature.pad.minimumSize()
    assert (least.width(), least.height()) >= (540, 220)


def test_paper_turns_its_pages_by_keyboard(qtbot: QtBot) -> None:
    paper = PaperView("单子")
    shown(qtbot, paper)
    paper.show_pages([(21, 30, bytes(21 * 30 * 4)), (21, 30, bytes([255]) * (21 * 30 * 4))])
    qtbot.keyClick(paper, Key.Key_PageDown)
    assert paper.page == 1
    qtbot.keyClick(paper, Key.Key_PageDown)
    assert paper.page == 1
