"""Many choices stay few to look at: kinds first, what was chosen always in sight, all of it by keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.policy import county
from tests.ui.conftest import shown
from ui.widgets.choice import MOST
from ui.widgets.grouped_choice import GroupedChoice

pytestmark = pytest.mark.usefixtures("look")
FEW = (("老人", (("GL", "高龄津贴"),)), ("孩子", (("GE", "孤儿"), ("SW", "事实无人抚养"))))


def offered(choice: GroupedChoice) -> list[str]:
    return [button.option.key for button in choice.choices.buttons]


def many(qtbot: QtBot, *, multi: bool = True) -> GroupedChoice:
    choice = GroupedChoice(multi=multi)
    choice.set_label("是哪样事")
    choice.set_groups(county().kinds_of_items())
    shown(qtbot, choice)
    return choice


def look_at(choice: GroupedChoice, kind: str) -> None:
    next(button for button in choice.kinds.buttons if button.text() == kind).click()


def test_few_choices_stand_there_without_kinds(qtbot: QtBot) -> None:
    choice = GroupedChoice()
    choice.set_groups(FEW)
    shown(qtbot, choice)
    assert not choice.kinds.isVisible()
    assert offered(choice) == ["GL", "GE", "SW"]


def test_of_many_only_the_kind_pointed_at_is_offered(qtbot: QtBot) -> None:
    choice = many(qtbot)
    assert len(county().items()) > MOST
    assert offered(choice) == []
    assert choice.kinds.buttons[2].accessibleName() == "是哪样事，孩子"
    look_at(choice, "孩子")
    assert offered(choice)[:2] == ["GE", "SW"]
    assert choice.choices.buttons[0].accessibleName() == "是哪样事，孤儿基本生活费"


def test_what_was_chosen_stays_in_sight_under_another_kind(qtbot: QtBot) -> None:
    choice, heard = many(qtbot), []
    choice.changed.connect(lambda: heard.append(choice.values()))
    look_at(choice, "孩子")
    choice.choices.buttons[0].click()
    look_at(choice, "过日子")
    assert {"GE", "DB"} <= set(offered(choice))
    choice.choices.buttons[0].click()
    assert heard == [("GE",), ("DB", "GE")], "in the order of the kinds; looking about changes nothing"


def test_of_two_answers_to_one_question_the_last_holds(qtbot: QtBot) -> None:
    choice = many(qtbot, multi=False)
    choice.set_value("GE")
    look_at(choice, "老人")
    assert choice.value() == "GE"
    next(button for button in choice.choices.buttons if button.option.key == "GL").click()
    assert choice.value() == "GL"


def test_what_is_known_already_opens_its_kind_in_silence(qtbot: QtBot) -> None:
    choice, heard = many(qtbot), []
    choice.changed.connect(lambda: heard.append(True))
    choice.set_values(["CS", "GL"])
    assert choice.kinds.value() == "残疾"
    assert choice.values() == ("CS", "GL")
    choice.set_values([])
    assert (choice.values(), choice.kinds.value(), heard) == ((), "", [])
    choice.set_value("ZZ")  # a code the county no longer sends
    assert choice.values() == ()


def test_a_kind_and_its_choice_are_reached_by_digits(qtbot: QtBot) -> None:
    choice = many(qtbot)
    choice.setFocus()
    qtbot.keyClick(choice.kinds.buttons[0], Qt.Key.Key_3)
    assert offered(choice)[0] == "GE"
    qtbot.keyClick(choice.choices.buttons[0], Qt.Key.Key_1)
    assert choice.values() == ("GE",)


def test_new_choices_keep_the_answers_still_offered(qtbot: QtBot) -> None:
    choice = many(qtbot)
    choice.set_values(["GE", "DB"])
    choice.set_groups(FEW)
    assert choice.values() == ("GE",)
