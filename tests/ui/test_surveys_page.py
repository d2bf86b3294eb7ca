"""The page of questionnaires: asked by pointing, kept as it goes, counted, put right."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.actions.surveys import counting, filling
from app.actions.surveys.counting import AskedLine
from app.domain.reports.period import year_of
from app.domain.surveys.response import SurveyAsked, SurveyResponse
from tests.facts import GRANNY, HOME
from tests.ui import village
from tests.ui.conftest import shown
from tests.ui.surveying import answer, at_desk, begin, point, settle
from ui import notices
from ui.forms.surveys.survey_begin import NAMELESS
from ui.forms.surveys.survey_read import SurveyRead
from ui.pages.surveys import SurveysPage
from ui.tasks import Tasks


@pytest.fixture
def page(qtbot: QtBot, tasks: Tasks, tmp_path: Path) -> SurveysPage:
    page = SurveysPage(tasks)
    shown(qtbot, page).resize(1190, 640)
    village.open_village(tasks, page, tmp_path)
    return page


def asked(page: SurveysPage) -> tuple[AskedLine, ...]:
    found: tuple[AskedLine, ...] = at_desk(
        page, lambda desk: counting.who_was_asked(desk, "home", year_of(desk.today))
    )
    return found


def test_a_family_answers_by_name_and_the_totals_count_it(page: SurveysPage) -> None:
    form = begin(page, "home")
    assert page.primary is form.next
    answer(page, form, knows="no", income="same")
    assert form.count.text() == "都问到了"
    with notices.recorded() as heard:
        form.next.click()
        settle(page)
    assert [one.words for one in heard] == ["问卷存好了，等着上传。"]
    assert page.stack.currentWidget() is page.list
    page.list.opened.emit("home")
    settle(page)
    assert page.view.report is not None
    assert page.title_label.text() == "困难家庭情况问卷"
    knows = next(one for one in page.view.report.tables if one.title.endswith("知道政策"))
    assert [line.cells[0].value for line in knows.lines] == [0, 0, 1]
    assert page.view.who.title.text() == "问过谁（1 回）"


def test_a_skipped_question_is_out_of_sight_and_comes_back_with_its_answer(page: SurveysPage) -> None:
    form = begin(page, "home")
    assert form.cards["mouths"].row.label.text() == "1. 现在一个锅里吃饭的有几个人？"
    assert form.cards["why_less"].isHidden()
    point(form, "income", "less")
    assert not form.cards["why_less"].isHidden()
    point(form, "why_less", ["ill"])
    point(form, "income", "more")
    assert form.cards["why_less"].isHidden()
    form.session.undo()
    assert not form.cards["why_less"].isHidden()
    assert form.session.value("why_less") == ["ill"]
    form.session.undo()
    form.session.undo()
    assert form.cards["why_less"].isHidden()
    form.session.redo()
    assert form.cards["income"].editor.value() == "less", "the control shows what was stepped to"


def test_every_answer_is_on_disk_before_the_next(page: SurveysPage) -> None:
    form = begin(page, "home")
    point(form, "mouths", 4)
    settle(page)
    (begun,) = at_desk(page, filling.put_aside)
    assert (begun.who, begun.answered) == ("蒋桂英", 1)
    form.later.click()
    settle(page)
    assert not page.list.begun.isHidden()
    page.list.go_on.click()
    settle(page)
    assert page.writing is not None
    assert page.writing.form.session.value("mouths") == 4


def test_what_is_missing_is_said_beside_its_question(page: SurveysPage) -> None:
    form = begin(page, "home")
    point(form, "mouths", 4)
    form.next.click()
    assert form.cards["who"].row.error == "这一题还没答。"
    assert form.cards["who"].row.isAncestorOf(QApplication.focusWidget() or form)


def test_who_and_naming_are_asked_for_before_the_first_question(page: SurveysPage) -> None:
    page.open(new=True)
    settle(page)
    face = page.asking.face
    assert face is not None
    face.survey.set_value("home")
    face._fit()
    face.go_on.click()
    settle(page)
    assert face.fields["who"].error
    assert face.fields["naming"].error
    face.survey.set_value("child")
    face._fit()
    assert face.fields["naming"].isHidden(), "what must help a child is never nameless"


def test_without_a_name_nothing_on_the_screen_or_in_the_list_leads_to_the_family(page: SurveysPage) -> None:
    form = begin(page, "home", NAMELESS)
    assert page.subtitle_label.text() == "不记名"
    assert not form.box.isHidden()
    answer(page, form, needs=["ill"])
    assert form.matters.isHidden(), "a ticket would name her"
    with notices.recorded() as heard:
        form.next.click()
        settle(page)
    assert [one.words for one in heard] == ["放进票箱了，现在 1 份。"]
    assert at_desk(page, lambda desk: desk.store.reading.count(SurveyResponse)) == 0
    (line,) = asked(page)
    assert (line.who, line.kind) == ("蒋桂英", SurveyAsked.TYPE)


def test_needs_are_one_press_from_a_ticket(page: SurveysPage) -> None:
    form = begin(page, "home")
    answer(page, form, needs=["ill", "talk"])
    assert [one.option.key for one in form.taken.buttons] == ["needs:ill", "needs:talk"]
    form.taken.buttons[0].click()
    with notices.recorded() as heard:
        form.next.click()
        settle(page)
    assert [one.words for one in heard] == ["问卷存好了，开了 1 张首访单。"]


def test_a_child_that_is_hurt_is_reported_first_by_the_way_of_visits(page: SurveysPage) -> None:
    gone: list[tuple[str, dict[str, str]]] = []
    page.navigate.connect(lambda name, params: gone.append((name, params)))
    form = begin(page, "child", person=village.GRANDSON)
    point(form, "safe", "danger")
    note = form.cards["safe"].note
    assert not note.isHidden()
    assert note.lead.text().startswith("要马上报告。先打 110 或 12345")
    form.cards["safe"].report.click()
    settle(page)
    assert gone[0][0] == "visits"
    assert gone[0][1]["draft"]


def test_a_figure_names_who_answered_so(page: SurveysPage) -> None:
    form = begin(page, "home")
    answer(page, form, knows="no")
    form.next.click()
    settle(page)
    page.open(survey="home")
    settle(page)
    assert page.view.view is not None
    place = next(
        at for at, one in enumerate(page.view.view.tables) if one.accessibleName().endswith("知道政策")
    )
    page.view.view.tables[place].opened.emit("2:0")
    settle(page)
    assert page.view.who.title.text() == "没听过 · 份数：1 份"
    assert not page.view.every.isHidden() or len(page.view._asked) == 1


def test_a_grown_up_is_not_asked_as_a_child(page: SurveysPage) -> None:
    page.open(new=True, survey="child", household=HOME, person=GRANNY)
    settle(page)
    assert page.asking.face is not None
    page.asking.face.go_on.click()
    settle(page)
    assert page.asking.face.fields["who"].error == "这份问的是孩子的事，选孩子的名字。"


def test_a_refusal_is_noted_and_can_be_taken_back(page: SurveysPage) -> None:
    page.open(new=True, survey="home", household=HOME, person=GRANNY)
    settle(page)
    assert page.asking.face is not None
    with notices.recorded() as heard:
        page.asking.face.no.click()
        settle(page)
    assert heard[0].act is not None
    assert len(asked(page)) == 1
    heard[0].act()
    settle(page)
    assert asked(page) == ()


def test_a_named_answer_is_read_and_put_right_by_another(page: SurveysPage) -> None:
    form = begin(page, "home")
    answer(page, form, mouths=3)
    form.next.click()
    settle(page)
    (line,) = asked(page)
    page.open(key=line.record)
    settle(page)
    read = page.findChild(SurveyRead)
    assert read is not None
    assert read.button is not None
    read.button.click()
    settle(page)
    assert page.writing is not None
    point(page.writing.form, "mouths", 4)
    page.writing.form.next.click()
    settle(page)
    found = at_desk(page, lambda desk: counting.responses(desk, "home", year_of(desk.today)))
    assert [one.answers["mouths"] for one in found] == [4]


def test_it_goes_back_to_where_the_worker_came_from(page: SurveysPage) -> None:
    gone: list[tuple[str, dict[str, str]]] = []
    page.navigate.connect(lambda name, params: gone.append((name, params)))
    form = begin(page, "home", back=("visits", {"draft": "v-1"}))
    form.later.click()
    settle(page)
    assert gone == [("visits", {"draft": "v-1"})]


def test_what_comes_in_behind_the_page_takes_neither_focus_nor_place(page: SurveysPage) -> None:
    page.open(survey="home")
    settle(page)
    page.open(survey="home")
    settle(page)
    assert page.title_label.text() == "困难家庭情况问卷", "also when it had nothing to show anew"
    page.view.blank.setFocus()
    shown_before = page.view.view
    page.refresh()
    settle(page)
    assert page.view.view is shown_before
    assert QApplication.focusWidget() is page.view.blank
    page.open()
    settle(page)
    page.new.setFocus()
    page.refresh()
    settle(page)
    assert QApplication.focusWidget() is page.new
