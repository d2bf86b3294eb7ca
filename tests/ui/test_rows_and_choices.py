"""Lists, choices and the rail: read whole, and worked by keyboard alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QPainter, QPixmap
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.conftest import shown
from ui import theme
from ui.widgets.choice import ChoiceGroup
from ui.widgets.grouped_choice import GroupedChoice
from ui.widgets.rail import Rail
from ui.widgets.row_paint import chip_words, paint_chip, row_room, title_lines
from ui.widgets.rows import Row, RowList
from ui.widgets.text import LineBox
from ui.workspace import ENTRIES

Key = Qt.Key
pytestmark = pytest.mark.usefixtures("look")


def test_digits_choose_and_arrows_move(qtbot: QtBot) -> None:
    group = ChoiceGroup([("a", "在家"), ("b", "不在"), ("c", "拒访")])
    holder = shown(qtbot, group)
    group.buttons[0].setFocus()
    qtbot.keyClick(group.buttons[0], Key.Key_2)
    assert group.value() == "b"
    qtbot.keyClick(group.buttons[1], Key.Key_Right)
    assert holder.focusWidget() is group.buttons[2]
    qtbot.keyClick(group.buttons[2], Key.Key_Space)
    assert group.value() == "c"


def test_choosing_the_chosen_one_takes_the_answer_back(qtbot: QtBot) -> None:
    group = ChoiceGroup([("a", "在家"), ("b", "不在")])
    shown(qtbot, group)
    group.buttons[0].click()
    group.buttons[0].click()
    assert group.value() == ""


def test_several_answers_stand_side_by_side(qtbot: QtBot) -> None:
    group = ChoiceGroup([("a", "吃饭"), ("b", "看病"), ("c", "房子")], multi=True)
    shown(qtbot, group)
    group.buttons[0].click()
    group.buttons[2].click()
    assert group.values() == ("a", "c")


def test_enter_leaves_a_question_of_several_answers_for_the_next_one(qtbot: QtBot) -> None:
    group, after = ChoiceGroup([("a", "用火"), ("b", "电线"), ("c", "漏雨")], multi=True), LineBox()
    shown(qtbot, group, after)
    group.buttons[0].setFocus()
    qtbot.keyClick(group.buttons[0], Key.Key_2)
    qtbot.keyClick(group.buttons[1], Key.Key_Return)
    assert group.values() == ("b",)
    assert after.window().focusWidget() is after


def test_choices_offered_anew_are_reached_where_they_stand(qtbot: QtBot) -> None:
    grouped, after = GroupedChoice(multi=True), LineBox()
    shown(qtbot, grouped, after)
    many = [(str(number), f"第 {number} 件") for number in range(12)]
    grouped.set_groups([("过日子", many[:6]), ("孩子", many[6:])])
    QApplication.processEvents()
    grouped.kinds.buttons[0].setFocus()
    qtbot.keyClick(grouped.kinds.buttons[0], Key.Key_2)
    QApplication.processEvents()
    qtbot.keyClick(grouped.kinds.buttons[1], Key.Key_Tab)
    assert grouped.window().focusWidget() is grouped.choices.buttons[0]
    qtbot.keyClick(grouped.choices.buttons[0], Key.Key_Return)
    assert grouped.window().focusWidget() is after
    qtbot.keyClick(after, Key.Key_Backtab)
    assert grouped.window().focusWidget() is grouped.choices.buttons[-1]


def test_only_the_answer_is_in_the_tab_order(qtbot: QtBot) -> None:
    group, after = ChoiceGroup([("a", "在家"), ("b", "不在")]), LineBox()
    shown(qtbot, group, after)
    group.set_value("b")
    tabbed = [one for one in group.buttons if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert tabbed == [group.buttons[1]]


def test_a_row_opens_by_enter_and_its_button_by_space(qtbot: QtBot) -> None:
    rows, opened, pressed = RowList("今天的事"), [], []
    shown(qtbot, rows)
    rows.opened.connect(opened.append)
    rows.pressed.connect(pressed.append)
    rows.set_rows(
        [Row("h", "人", heading=True), Row("1", "给李桂英回话", button="去回话"), Row("2", "田国富")]
    )
    rows.choose_first()
    rows.setFocus()
    qtbot.keyClick(rows, Key.Key_Space)
    qtbot.keyClick(rows, Key.Key_Down)
    qtbot.keyClick(rows, Key.Key_Return)
    assert pressed == ["1"]
    assert opened == ["2"]


def test_a_list_reached_by_key_has_a_row_in_hand(qtbot: QtBot) -> None:
    box, rows, opened = LineBox(), RowList("找到的人"), []
    shown(qtbot, box, rows)
    rows.opened.connect(opened.append)
    rows.set_rows([Row("h", "人", heading=True), Row("1", "李桂英"), Row("2", "田国富")])
    box.setFocus()
    qtbot.keyClick(box, Key.Key_Tab)
    # The window may not be the one in front: then the focus is told of later.
    QApplication.sendEvent(rows, QFocusEvent(QEvent.Type.FocusIn, Qt.FocusReason.TabFocusReason))
    assert rows.current_key() == "1"
    qtbot.keyClick(rows, Key.Key_Return)
    assert opened == ["1"]


@pytest.mark.parametrize("size", list(theme.Size))
def test_a_title_is_read_whole_beside_its_chip_and_button(
    qtbot: QtBot, look: QApplication, size: theme.Size
) -> None:
    theme.apply(look, theme.Theme(size))
    long = "先做这件：问枫香镇民政办收了没有，再打电话给她"
    rows = RowList("今天的事")
    shown(qtbot, rows).resize(theme.em(700), 600)
    short = Row("2", "给李桂英回话", "低保复核的表交了", "李", chip="今天到期", tone="bad", chip_icon="warn")
    rows.set_rows([replace(short, key="1", title=long, button="去看", button_icon="right"), short])
    first, second = rows.rows()
    room = row_room(rows.viewport().width(), first)
    assert "".join(text for _start, text in title_lines(first, room)) == long
    assert len(title_lines(first, room)) == 2
    assert rows.sizeHintForRow(0) > rows.sizeHintForRow(1)
    assert title_lines(second, row_room(rows.viewport().width(), second)) == [(0, second.title)]


@pytest.mark.parametrize("size", list(theme.Size))
@pytest.mark.parametrize("wide", [220, 280, 340, 1200])
def test_a_chip_leaves_half_of_a_narrow_row_to_the_words_and_is_cut_at_its_end(
    look: QApplication, size: theme.Size, wide: int
) -> None:
    theme.apply(look, theme.Theme(size))
    whole = "停表：等李桂英把残疾证拿来"
    row = Row("1", "残疾人两项补贴", "镇里在等材料", "李", chip=whole, tone="neutral", chip_icon="lock")
    said = chip_words(row, wide)
    assert whole.startswith(said.removesuffix("…"))
    picture = QPixmap(wide, 90)
    painter = QPainter(picture)
    left = paint_chip(painter, wide - theme.soft(16), 45, said, row.tone, row.chip_icon)
    painter.end()
    assert left >= wide // 2 - theme.soft(16), "its left end is in sight, and so is the title"
    assert (said == whole) is (wide == 1200)
    assert whole in row.spoken


def test_a_row_is_spoken_line_by_line() -> None:
    assert Row("1", "李桂英", "茶园组 3号", chip="今天到期").spoken == "李桂英，茶园组 3号，今天到期"


def test_the_chosen_row_stays_chosen_when_the_list_is_asked_again(qtbot: QtBot) -> None:
    rows = RowList("住户")
    shown(qtbot, rows)
    rows.set_rows([Row("1", "李桂英"), Row("2", "田国富")])
    rows.choose("2")
    rows.set_rows([Row("3", "彭冬秀"), Row("1", "李桂英"), Row("2", "田国富")])
    assert rows.current_key() == "2"


@pytest.mark.parametrize("size", list(theme.Size))
def test_a_count_in_the_rail_is_as_large_as_any_word_and_covers_none(
    qtbot: QtBot, look: QApplication, size: theme.Size
) -> None:
    theme.apply(look, theme.Theme(size))
    rail = Rail(ENTRIES, "青石垭村")
    shown(qtbot, rail).resize(rail.sizeHint())
    figures = QFontMetricsF(theme.font(bold=True))
    for button in rail.buttons.values():
        for count, said in ((1, "1"), (12, "12"), (120, "99+")):
            button.set_count(count)
            _icon, begin, pill = button.places()
            assert pill is not None
            word = QRectF(begin, 0, figures.horizontalAdvance(button.text()), button.height())
            assert not pill.intersects(word)
            assert QRectF(button.rect()).contains(word.united(pill))
            assert pill.height() > figures.tightBoundingRect(said).height()
            assert pill.width() > figures.tightBoundingRect(said).width()
