"""The visit form asks what has its place, doubts what is odd, and shows where something is missing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.facts import GRANNY, HOME, NOW
from tests.ui.conftest import compose
from tests.ui.village import GRANDSON
from tests.ui.visiting import begin, choose, earn, editor, kept, opened_page, visited
from ui import theme
from ui.forms.visits.visit_form import VisitForm
from ui.pages.visits import VisitsPage
from ui.tasks import Tasks


@pytest.fixture
def page(qtbot: QtBot, tasks: Tasks, tmp_path: Path) -> Iterator[VisitsPage]:
    yield from opened_page(qtbot, tasks, tmp_path)


@pytest.fixture
def form(page: VisitsPage) -> VisitForm:
    """A new visit at 蒋桂英's door."""
    return begin(page, household=HOME)


def test_an_odd_sum_is_asked_about_and_repaired_with_one_press(page: VisitsPage, tasks: Tasks) -> None:
    form = begin(page, household=visited(page))
    choose(form, "met", "home")
    earn(form, "farm_crop", "860000", 3)
    row = form.page.rows["farm_crop"]
    assert row.error == "八十六万元？是上次的 100 倍。"
    assert "先核对「种地」" in [label.text() for label in form.aside.findChildren(QLabel)]
    fix, stand = row.buttons
    assert (fix.text(), stand.text()) == ("改成 8600", "没有错")
    fix.click()
    assert row.error == ""
    assert kept(page, form).answers["farm_crop"] == {"fen": 860_000, "kind": "estimate"}


def test_an_odd_sum_that_is_right_is_not_asked_about_again(page: VisitsPage) -> None:
    form = begin(page, household=visited(page))
    choose(form, "met", "home")
    earn(form, "farm_crop", "860000", 3)
    form.page.rows["farm_crop"].buttons[1].click()
    again = begin(page, draft=form.session.visit.id)
    assert editor(again, "farm_crop").money.value() == 86_000_000
    assert again.page.rows["farm_crop"].error == ""


def test_the_rest_is_nothing_with_one_press_and_one_step_back(page: VisitsPage, form: VisitForm) -> None:
    choose(form, "met", "home")
    earn(form, "wage", "1.2万")
    sums = form.page._sums[0][1]
    sums.rest.click()
    answers = kept(page, form).answers
    assert answers["wage"] == {"fen": 1_200_000, "kind": "told"}
    assert {answers[name]["fen"] for name in form.form.sums("wage") if name != "wage"} == {0}
    assert sums.buttons["farm_livestock"].text() == "养殖 0"
    form.session.undo()
    assert "farm_livestock" not in form.session.visit.answers


def test_last_time_is_taken_over_but_not_its_source(page: VisitsPage) -> None:
    form = begin(page, household=visited(page))
    choose(form, "met", "home")
    form.go_to_field("wage")
    form.aside.take.click()
    answers = kept(page, form).answers
    assert answers["farm_crop"] == {"fen": 860_000, "kind": "told"}
    assert editor(form, "farm_crop").money.value() == 860_000


def test_a_finding_without_its_way_cannot_be_left(page: VisitsPage, form: VisitForm) -> None:
    choose(form, "met", "home")
    card = editor(form, "findings").begin()
    compose(card.said.box, "", "屋顶漏雨")
    form.forward()
    assert card.rows["disposition"].error == "这个问题怎么办？选一个，别让它落空。"
    assert form.form.steps[form.steps[form.place]].id == "needs"
    next(button for button in card.how.group.buttons if button.option.key == "instant").click()
    form.forward()
    assert form.form.steps[form.steps[form.place]].id == "sign"


def test_what_is_missing_leads_to_its_field(page: VisitsPage, form: VisitForm) -> None:
    choose(form, "met", "home")
    form.go(5)
    lines = {button.text(): button for button in form.lacks.buttons}
    assert "第 1 步：还没选见到的是谁" in lines
    form.next.click()
    assert page.writing is not None
    lines["第 1 步：还没选见到的是谁"].click()
    assert form.place == 0
    assert form.page.rows["respondent"].isVisible()


def test_a_step_is_ticked_only_when_nothing_is_missing_in_it(page: VisitsPage, form: VisitForm) -> None:
    choose(form, "met", "home")
    choose(form, "purpose", "VP12")
    form.go(1)
    door, family, later = form.bar.buttons[0], form.bar.buttons[1], form.bar.buttons[5]
    assert (door.state, door.accessibleName()) == ("short", "第 1 步 到门口，还差 1 处")
    assert family.accessibleName() == "第 2 步 家里人，正在做，还差 1 处"
    assert (later.state, later.accessibleName()) == ("later", "第 6 步 照片签字，还没到")
    choose(form, "respondent", GRANNY)
    form.go(2)
    assert (door.state, door.accessibleName()) == ("done", "第 1 步 到门口，做好了")
    assert (family.state, family.isEnabled()) == ("short", True)
    for one in (GRANNY, GRANDSON):
        choose(form, "members", "same", person=one)
    form.go(2)
    assert family.state == "done"


def test_a_tick_goes_when_an_answer_elsewhere_asks_for_more(page: VisitsPage, form: VisitForm) -> None:
    choose(form, "met", "home")
    choose(form, "purpose", "VP12")
    form.go(3)
    assert form.bar.buttons[2].state == "done", "a visit to a child does not ask for income"
    choose(form, "purpose", "VP04")
    income = form.bar.buttons[2]
    assert income.state == "short"
    assert income.accessibleName() == "第 3 步 收入，还差 19 处"
    form.session.undo()
    assert form.bar.buttons[2].state == "done"


def test_a_day_to_come_is_refused_beside_the_date(page: VisitsPage, form: VisitForm) -> None:
    edit = editor(form, "started_at").edit
    edit.set_value((NOW + timedelta(days=40)).date())
    edit.changed.emit()
    edit.doubted.emit(edit.problem())
    assert form.page.rows["started_at"].error == "这一天还没到，看看年和月。"
    assert "started_at" in {problem.field for problem in form.session.missing()}


def test_no_change_and_a_change_exclude_each_other(form: VisitForm) -> None:
    choose(form, "met", "home")
    choose(form, "members", "same", person=GRANDSON)
    choose(form, "members", "school", "illness", person=GRANDSON)
    assert form.session.value("members") == {GRANDSON: ["school", "illness"]}
    choose(form, "members", "same", person=GRANDSON)
    assert form.session.value("members") == {GRANDSON: ["same"]}


def test_the_six_abilities_say_what_they_come_to(form: VisitForm) -> None:
    choose(form, "met", "home")
    choose(form, "abilities_lost", "bath", "walk", person=GRANNY)
    assert editor(form, "abilities_lost").lines[GRANNY].verdict.text() == "部分自理（2 样做不了）"


def test_a_hurt_child_is_telephoned_about_and_not_written_about(form: VisitForm) -> None:
    choose(form, "met", "home")
    choose(form, "child_safety", "danger", person=GRANDSON)
    assert not form.aside.alarm.isVisibleTo(form.aside), "on its own step it is said beside the answer"
    inside = form.page.rows["child_safety"].parentWidget()
    assert inside is not None
    assert not inside.findChildren(QLineEdit)
    form.go(form.place + 1)
    assert form.aside.alarm.isVisibleTo(form.aside)
    assert form.aside.alarm.lead.text().startswith("要马上报告。先打 110 或 12345")


def test_everything_has_a_name_and_nothing_scrolls_sideways(page: VisitsPage, form: VisitForm) -> None:
    choose(form, "met", "home")
    choose(form, "purpose", "VP04")
    for place in range(len(form.steps)):
        form.go(place)
        assert page.tasks.wait_idle()
        for widget in form.page.findChildren(QWidget):
            if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                spoken = widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text())
                assert spoken, f"{widget} in step {place + 1}"
        area = form._areas[form.steps[place]]
        assert form.page.width() <= area.viewport().width()
        assert form.page.minimumSizeHint().width() <= area.viewport().width()


def test_the_largest_letters_fit_an_office_screen(page: VisitsPage, look: QApplication) -> None:
    theme.apply(look, theme.Theme(theme.Size.EXTRA))
    page.resize(1366 - 212, 696 - 82)
    form = begin(page, household=HOME)
    choose(form, "met", "home")
    choose(form, "purpose", "VP04")
    for place in range(len(form.steps)):
        form.go(place)
        viewport = form._areas[form.steps[place]].viewport()
        assert form.page.minimumSizeHint().width() <= viewport.width(), form.form.steps[place].title
    assert page.minimumSizeHint().width() <= page.width()
