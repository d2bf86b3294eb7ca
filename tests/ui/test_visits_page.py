"""The visit form keeps every field as it is given, asks what has its place, and locks what was signed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from app.actions import ticket_views, visits
from app.actions.desk import Desk
from app.domain.visit import Met, Visit
from tests.facts import GRANNY, HOME, NOW
from tests.ui.conftest import compose
from tests.ui.village import GRANDSON, OTHER_HOME, asked, open_village
from ui import notices
from ui.forms.visit_form import VisitForm
from ui.forms.visit_read import VisitRead
from ui.pages.visits import VisitsPage
from ui.tasks import Tasks


@pytest.fixture
def page(qtbot: QtBot, tasks: Tasks, tmp_path: Path) -> Iterator[VisitsPage]:
    made = VisitsPage(tasks)
    qtbot.addWidget(made)
    made.resize(1190, 628)
    open_village(tasks, made, tmp_path)
    made.show()
    yield made
    made.leave()
    tasks.close(lambda desk: desk.store.close())


@pytest.fixture
def form(page: VisitsPage) -> VisitForm:
    """A new visit at 蒋桂英's door."""
    return begin(page, household=HOME)


def begin(page: VisitsPage, **params: Any) -> VisitForm:
    page.open(**params)
    assert page.tasks.wait_idle()
    assert page.writing is not None
    return page.writing.form


def kept(page: VisitsPage, form: VisitForm) -> Visit:
    """The draft as it is on disk."""
    assert page.tasks.wait_idle()
    return asked(page.tasks, page, lambda desk: visits.resume(desk, form.session.visit.id))


def editor(form: VisitForm, name: str) -> Any:
    form.go_to_field(name)
    return form.page.rows[name].control


def choose(form: VisitForm, name: str, *codes: str, person: str = "") -> None:
    control = editor(form, name)
    choices = control.lines[person].choices if person else control
    for code in codes:
        buttons = {button.option.key: button for button in choices.group.buttons}
        if code not in buttons:
            buttons["…"].click()
            buttons = {button.option.key: button for button in choices.group.buttons}
        buttons[code].click()


def earn(form: VisitForm, name: str, yuan: str, proof: int = 0) -> None:
    control = editor(form, name)
    control.money.box.clear()
    compose(control.money.box, "", yuan)
    QTest.keyClick(control.money.box, Qt.Key.Key_Return)
    control.proof.buttons[proof].click()


def at_home(form: VisitForm) -> None:
    """What every visit at home must have, up to the signatures."""
    choose(form, "met", "home")
    choose(form, "purpose", "VP12")
    choose(form, "respondent", GRANNY)
    for one in (GRANNY, GRANDSON):
        choose(form, "members", "same", person=one)
    choose(form, "child_safety", "fine", person=GRANDSON)
    choose(form, "alive", "met", person=GRANNY)


def sign(form: VisitForm) -> None:
    """The worker with the pen on the screen, the old woman with her thumb on paper."""
    pad = editor(form, "signatures")._pad.pad
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=pad.rect().center())
    QTest.mouseMove(pad, pad.rect().center() / 2)
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton)
    signing = editor(form, "signatures")
    signing.group.buttons[1].click()
    signing._pad.thumb.click()


def test_a_choice_is_on_disk_before_the_next_is_asked(page: VisitsPage, form: VisitForm) -> None:
    choose(form, "met", "home")
    assert kept(page, form).met is Met.HOME
    assert page.writing is not None
    assert page.writing.chip.text == "已存好 14:32"


def test_typing_is_kept_after_a_pause(page: VisitsPage, form: VisitForm, qtbot: QtBot) -> None:
    choose(form, "met", "home")
    form.session._pause.setInterval(1)
    compose(editor(form, "phone").box, "", "15400003013")
    qtbot.waitUntil(lambda: form.session.visit.answers.get("phone") == "15400003013")
    assert kept(page, form).answers["phone"] == "15400003013"


def test_leaving_in_mid_word_loses_nothing(page: VisitsPage, form: VisitForm) -> None:
    choose(form, "met", "refused")
    compose(editor(form, "door_words").box, "", "隔着门说改天来")
    page.leave()
    assert kept(page, form).answers["door_words"] == "隔着门说改天来"


def test_saves_wait_for_each_other_and_the_last_one_wins(page: VisitsPage, form: VisitForm) -> None:
    written: list[object] = []
    form.session.saver.saved.connect(written.append)
    for number in range(50):
        form.session.put("house_area", number)
    assert page.tasks.wait_idle()
    assert len(written) == 1, "fifty changes in one breath are two saves, and one word that they are kept"
    assert kept(page, form).answers["house_area"] == 49


def test_what_cannot_be_kept_stays_on_the_screen_and_says_so(page: VisitsPage, form: VisitForm) -> None:
    rename = "ALTER TABLE draft RENAME TO {}"
    asked(page.tasks, page, lambda desk: desk.store._db.execute(rename.format("away")) and None)
    with notices.recorded():
        choose(form, "met", "home")
        assert page.tasks.wait_idle()
    writing = page.writing
    assert writing is not None
    assert writing.note.lead.text() == "这一格没存上，还在屏幕上，别关机。"
    table = "ALTER TABLE away RENAME TO draft"
    asked(page.tasks, page, lambda desk: desk.store._db.execute(table) and None)
    writing.again.click()
    assert kept(page, form).met is Met.HOME
    assert writing.note.isHidden()


def test_thirty_steps_back_across_fields_and_forth_again(page: VisitsPage, form: VisitForm) -> None:
    choose(form, "met", "home")
    for code in ("VP12", "VP17", "VP13") * 9:
        choose(form, "purpose", code)
    choose(form, "respondent", GRANNY)
    compose(editor(form, "phone").box, "", "15400003013")
    last = (form.session.take_typed(), form.session.visit)[1]
    for _ in range(30):
        form.session.undo()
    assert form.session.visit.met is None
    assert form.page.rows["met"].control.value() is None
    for _ in range(30):
        form.session.redo()
    assert replace(form.session.visit, answers={}) == replace(last, answers={})
    assert editor(form, "phone").value() == "15400003013"
    assert kept(page, form).answers["phone"] == "15400003013"


def test_ctrl_z_inside_a_text_box_is_the_forms(page: VisitsPage, form: VisitForm, qtbot: QtBot) -> None:
    choose(form, "met", "home")
    box = editor(form, "phone").box
    page.activateWindow()
    box.setFocus()
    QTest.keyClicks(box, "154")
    QTest.keyClick(box, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: editor(form, "phone").value() is None)
    assert form.session.visit.met is Met.HOME


def test_an_odd_sum_is_asked_about_and_repaired_with_one_press(page: VisitsPage, tasks: Tasks) -> None:
    form = begin(page, household=_visited(page))
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
    form = begin(page, household=_visited(page))
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
    assert {answers[name]["fen"] for name in visits.INCOME_FIELDS if name != "wage"} == {0}
    assert sums.buttons["farm_livestock"].text() == "养殖 0"
    form.session.undo()
    assert "farm_livestock" not in form.session.visit.answers


def test_last_time_is_taken_over_but_not_its_source(page: VisitsPage) -> None:
    form = begin(page, household=_visited(page))
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


def test_nobody_home_is_one_step(page: VisitsPage, form: VisitForm) -> None:
    choose(form, "met", "absent")
    assert (form.steps, form.next.text()) == ((0,), "记好，锁上")
    choose(form, "purpose", "VP12")
    editor(form, "again_on").edit.set_value((NOW + timedelta(days=3)).date())
    editor(form, "again_on").edit.changed.emit()
    form.next.click()
    assert page.tasks.wait_idle()
    assert page.findChild(VisitRead) is not None
    (visit,) = asked(page.tasks, page, lambda desk: visits.of_household(desk, HOME))
    assert (visit.met, visit.again_on) == (Met.ABSENT, "2026-11-23")


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


def test_a_signed_visit_is_all_words_and_can_only_be_corrected(page: VisitsPage, form: VisitForm) -> None:
    at_home(form)
    sign(form)
    with notices.recorded() as heard:
        form.next.click()
        assert page.tasks.wait_idle()
    assert [one.words for one in heard] == ["已存好。等着上传。"]
    read = page.findChild(VisitRead)
    assert read is not None
    assert not read.findChildren(QLineEdit)
    assert not read.findChildren(QPlainTextEdit)
    signed = read.sitting.visit
    assert signed.signatures == ("向海燕", "蒋桂英")
    assert {name: how["how"] for name, how in signed.answers["signing"].items()} == {
        "向海燕": "pad",
        "蒋桂英": "thumb",
    }
    read.button.click()
    assert page.tasks.wait_idle()
    assert page.writing is not None
    assert page.writing.form.session.visit.amends == signed.id
    assert page.subtitle_label.text().startswith("更正")


def test_a_transferred_finding_is_a_ticket_at_the_signature(page: VisitsPage, form: VisitForm) -> None:
    before = len(asked(page.tasks, page, ticket_views.board))
    at_home(form)
    card = editor(form, "findings").begin()
    compose(card.said.box, "", "屋顶漏雨")
    next(button for button in card.how.group.buttons if button.option.key == "transfer").click()
    card.to.choices.group.buttons[0].click()
    sign(form)
    form.next.click()
    assert page.tasks.wait_idle()
    assert len(asked(page.tasks, page, ticket_views.board)) == before + 1


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
    assert form.aside.alarm.lead.text().startswith("要马上报告。先打 110 或 12345")
    inside = form.page.rows["child_safety"].parentWidget()
    assert inside is not None
    assert not inside.findChildren(QLineEdit)


def test_unfinished_visits_stand_on_top_and_are_gone_on_with(page: VisitsPage, form: VisitForm) -> None:
    choose(form, "met", "home")
    form.go(3)
    form.later.click()
    assert page.tasks.wait_idle()
    rows = page.list.list.rows()
    assert rows[0].title == "没写完的 2 份"
    mine = next(row for row in rows if row.key == f"draft:{form.session.visit.id}")
    assert "停在第 4 步" in mine.note
    page.list.list.pressed.emit(mine.key)
    assert page.tasks.wait_idle()
    assert page.writing is not None
    assert page.writing.form.place == 3


def test_a_visit_thrown_away_asks_first_and_is_gone(page: VisitsPage, form: VisitForm) -> None:
    writing = page.writing
    assert writing is not None
    writing.drop.click()
    assert "蒋桂英家" in writing.confirm.question.text()
    writing.confirm.do.click()
    assert page.tasks.wait_idle()
    left = asked(page.tasks, page, visits.drafts)
    assert form.session.visit.id not in {one.visit.id for one in left}


def test_a_door_is_found_by_initials(page: VisitsPage, qtbot: QtBot) -> None:
    page.open(new=True)
    assert page.tasks.wait_idle()
    assert page.start.line.text() == "在册户里这个月还没去的 1 户"
    QTest.keyClicks(page.start.box, "hzh")
    qtbot.waitUntil(lambda: bool(page.start.list.rows()) and page.start.list.rows()[0].key == HOME)
    page.start.list.opened.emit(HOME)
    assert page.tasks.wait_idle()
    assert page.writing is not None
    assert page.title_label.text() == "走访 · 蒋桂英家"


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


def _visited(page: VisitsPage) -> str:
    """A household with a signed visit in which its crops brought 8600 元."""

    def work(desk: Desk) -> str:
        visits.throw_away(desk, visits.drafts(desk)[0].visit.id)
        visit = replace(
            visits.begin(desk, OTHER_HOME, purpose="VP01"),
            met=Met.HOME,
            respondent=GRANNY,
            signatures=("蒋",),
        )
        visits.finish(desk, visit.answered("farm_crop", {"fen": 860_000, "kind": "slip"}))
        return OTHER_HOME

    return asked(page.tasks, page, work)
