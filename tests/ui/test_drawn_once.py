"""What is worked out once and kept is worked out again as soon as anything it stands on changes."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import shown
from ui import icons, theme
from ui.theme import Size, Theme
from ui.widgets.choice import ChoiceButton, Option
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.words import Button


def test_an_icon_is_drawn_once_for_each_look(look: QApplication) -> None:
    first = icons.icon("check", 22, "pri")
    assert icons.icon("check", 22, "pri").cacheKey() == first.cacheKey()
    assert icons.icon("check", 22, "bad").cacheKey() != first.cacheKey()
    theme.apply(look, Theme(high_contrast=True))
    assert icons.icon("check", 22, "pri").cacheKey() != first.cacheKey()


def test_a_button_draws_its_icon_anew_in_another_look_and_tone_only(qtbot: QtBot, look: QApplication) -> None:
    button = Button("签好", icon="check")
    drawn = button.icon().cacheKey()
    holder = shown(qtbot, button)
    assert button.icon().cacheKey() == drawn, "a new parent is no reason"
    theme.apply(look, Theme(Size.EXTRA))
    larger = button.icon().cacheKey()
    assert larger != drawn
    assert button.iconSize().height() == theme.em(25)
    button.setProperty("tone", "bad")
    QWidget.setParent(button, None)
    button.setParent(holder)
    assert button.icon().cacheKey() != larger


def test_a_choice_leaves_room_for_bold_words_at_every_size(look: QApplication) -> None:
    button = ChoiceButton(Option("yes", "领到了"), multi=False)
    before = button.sizeHint().width()
    theme.apply(look, Theme(Size.EXTRA))
    assert button.sizeHint().width() > before
    button.setText("领到了，可是少了一个月")
    assert button.sizeHint().width() > theme.bold_width("领到了")


def test_a_flow_asks_again_when_what_is_in_it_grows_or_goes(qtbot: QtBot, look: QApplication) -> None:
    holder = QWidget()
    flow = FlowLayout(holder, 8)
    labels = [QLabel("领到了"), QLabel("没有领到")]
    for label in labels:
        flow.addWidget(label)
    shown(qtbot, holder)
    wide = flow.sizeHint().width()
    one_line = flow.heightForWidth(wide)
    labels[0].setText("领到了，可是少了一个月，她自己也说不清是哪一个月")
    two_lines = flow.heightForWidth(wide)
    assert two_lines > one_line
    labels[0].hide()
    assert flow.heightForWidth(wide) < two_lines
