"""Fields take what is typed the way villagers and their papers say it, and mend it in place."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.problem import Problem
from tests.ui.conftest import compose, shown
from ui.widgets.date import DateEdit, distance
from ui.widgets.field import Field
from ui.widgets.id_number import IdEdit
from ui.widgets.money import MoneyEdit
from ui.widgets.stepper import Stepper
from ui.widgets.text import LineBox

TODAY = date(2026, 11, 20)
Key = Qt.Key
pytestmark = pytest.mark.usefixtures("look")


def test_an_odd_sum_is_doubted_beside_it_and_mended_with_one_press(qtbot: QtBot) -> None:
    money = MoneyEdit(last_fen=860_000)
    field = Field("farm", "种地", money)
    shown(qtbot, field, LineBox())
    money.box.setFocus()
    qtbot.keyClicks(money.box, "860000")
    qtbot.keyClick(money.box, Key.Key_Return)
    assert field.error == "八十六万元？是上次的 100 倍。"
    assert [one.text() for one in field.buttons] == ["改成 8600", "没有错"]
    field.buttons[0].click()
    assert money.value() == 860_000
    assert field.error == ""


def test_a_sum_the_worker_stands_by_is_not_doubted_again(qtbot: QtBot) -> None:
    money = MoneyEdit(last_fen=860_000)
    field = Field("farm", "种地", money)
    shown(qtbot, field, LineBox())
    money.box.setText("860000")
    money.box.editingFinished.emit()
    field.buttons[1].click()
    money.box.editingFinished.emit()
    assert field.error == ""
    assert money.value() == 86_000_000


def test_a_sum_said_in_wan_is_read_back_in_words(qtbot: QtBot) -> None:
    money = MoneyEdit(months=12)
    shown(qtbot, money)
    compose(money.box, "", "1.2万")
    assert money.reading.text() == "一万二千元（平均每月 1000 元）"


@pytest.mark.parametrize("typed", [("2030", "1", "1"), ("2026", "2", "30")])
def test_nobody_can_stand_by_a_day_that_cannot_be(qtbot: QtBot, typed: tuple[str, str, str]) -> None:
    day = DateEdit(TODAY)
    field = Field("day", "哪天去的", day)
    shown(qtbot, field)
    for box, text in zip((day.year, day.month, day.day), typed, strict=True):
        box.setText(text)
    day.day.editingFinished.emit()
    assert field.error
    assert not field.buttons


def test_typing_1119_fills_month_and_day(qtbot: QtBot) -> None:
    day = DateEdit(TODAY)
    shown(qtbot, day)
    day.month.setFocus()
    qtbot.keyClicks(day.month, "1119")
    assert day.value() == date(2026, 11, 19)
    assert day.reading.text() == "星期四，昨天"


def test_yesterday_is_one_press(qtbot: QtBot) -> None:
    day = DateEdit(TODAY)
    shown(qtbot, day)
    day.quick[1].click()
    assert day.value() == date(2026, 11, 19)


def test_a_day_that_does_not_exist_or_has_not_come_is_told(qtbot: QtBot) -> None:
    day = DateEdit(TODAY)
    day.set_value(date(2027, 1, 1))
    assert day.problem() == Problem("", "这一天还没到，看看年和月。")
    day.month.setText("2")
    day.day.setText("30")
    assert day.problem() == Problem("", "没有这一天，看看月和日。")


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 20), "今天"),
        (date(2026, 11, 22), "后天"),
        (date(2026, 11, 17), "3 天前"),
        (date(2026, 8, 12), "3 个月前"),
        (date(1951, 12, 3), "75 年前"),
    ],
)
def test_a_day_is_said_by_its_distance(day: date, words: str) -> None:
    assert distance(day, TODAY) == words


def test_an_identity_number_is_grouped_while_typed_and_read_back(qtbot: QtBot) -> None:
    number = IdEdit(TODAY)
    shown(qtbot, number)
    number.box.setFocus()
    qtbot.keyClicks(number.box, "43990119511203")
    assert number.box.text() == "439901 19511203"
    from app.domain.people.identity import check_character

    rest = "302"
    qtbot.keyClicks(number.box, rest + check_character("43990119511203" + rest))
    assert number.identity() is not None
    assert number.reading.text() == "女，74 岁。和证上对一下。"


def test_a_wrong_last_digit_is_told_at_once(qtbot: QtBot) -> None:
    number = IdEdit(TODAY)
    field = Field("number", "身份证号", number)
    shown(qtbot, field)
    from app.domain.people.identity import check_character

    wrong = "1" if check_character("43990119511203302") != "1" else "2"
    qtbot.keyClicks(number.box, "43990119511203302" + wrong)
    assert field.error == "最后一位对不上，再看一眼第 7–14 位（生日）。"


def test_the_stepper_keeps_within_its_limits(qtbot: QtBot) -> None:
    copies = Stepper(1, least=0, most=3, name="复印")
    shown(qtbot, copies)
    for _ in range(5):
        qtbot.keyClick(copies.box, Key.Key_Up)
    assert copies.value() == 3
    assert not copies.more.isEnabled()


@pytest.mark.parametrize("make", [lambda: Stepper(2), lambda: MoneyEdit(), lambda: DateEdit(TODAY)])
def test_the_wheel_never_changes_a_value(qtbot: QtBot, make: type) -> None:
    control = make()
    shown(qtbot, control)
    for box in control.findChildren(LineBox):
        box.setText("2")
    before = control.value()
    for box in control.findChildren(LineBox):
        box.setFocus()
        middle = QPointF(box.rect().center())
        wheel = QWheelEvent(
            middle, box.mapToGlobal(middle), QPoint(0, 0), QPoint(0, 120), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(box, wheel)
    assert control.value() == before


def test_enter_goes_to_the_next_field(qtbot: QtBot) -> None:
    first, second = LineBox(), LineBox()
    holder = shown(qtbot, first, second)
    first.setFocus()
    qtbot.keyClick(first, Key.Key_Return)
    assert holder.focusWidget() is second


def test_a_rare_name_is_kept_whole(qtbot: QtBot) -> None:
    box = LineBox()
    shown(qtbot, box)
    compose(box, "", "𠮷大㛃买买提·阿不都热合曼")
    assert box.value() == "𠮷大㛃买买提·阿不都热合曼"
