"""The page of questionnaires: asked by pointing, kept as it goes, counted, printed, at every letter size."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.actions.surveys import counting, filling
from app.domain.reports.period import year_of
from app.domain.surveys.response import SurveyAsked, SurveyResponse
from tests.facts import GRANNY, HOME
from tests.ui import village
from tests.ui.conftest import shown
from tests.ui.fitting import cut
from ui import notices, theme
from ui.forms.registers.sheet_view import SheetView
from ui.forms.registers.who_pick import Who
from ui.forms.surveys.survey_begin import NAMED, NAMELESS
from ui.forms.surveys.survey_form import SurveyForm
from ui.forms.surveys.survey_read import SurveyRead
from ui.forms.surveys.survey_view import ASKED, BLANK, TOTALS
from ui.pages.surveys import SurveysPage
from ui.tasks import Tasks

RAILS = {theme.Size.STANDARD: 176, theme.Size.LARGE: 190, theme.Size.EXTRA: 212}
ME = Who("蒋桂英", GRANNY, HOME, "茶园组 3号")


@pytest.fixture
def page(qtbot: QtBot, tasks: Tasks, tmp_path: Path) -> SurveysPage:
    page = SurveysPage(tasks)
    shown(qtbot, page).resize(1190, 640)
    village.open_village(tasks, page, tmp_path)
    return page


def settle(page: SurveysPage) -> None:
    for _ in range(4):
        assert page.tasks.wait_idle()
        QApplication.processEvents()


def at_desk(page: SurveysPage, work: Any) -> Any:
    found: list[Any] = []
    page.tasks.run(page, work, found.append)
    settle(page)
    return found[0]


def begin(page: SurveysPage, survey: str, naming: str = NAMED, **params: object) -> SurveyForm:
    known = {"household": HOME, "person": GRANNY, **params}
    page.open(new=True, survey=survey, **known)
    settle(page)
    face = page.asking.face
    assert face is not None
    assert face.who.who.person == known["person"]
    face.naming.set_value(naming)
    face._fit()
    face.go_on.click()
    settle(page)
    assert page.writing is not None
    return page.writing.form


def answer(page: SurveysPage, form: SurveyForm, **answers: object) -> None:
    """Point at these; whatever else is asked gets its last choice, or the least number."""
    for name, value in answers.items():
        point(form, name, value)
    for _round in range(40):
        missing = form.session.missing()
        if not missing:
            return
        question = form.survey.question(missing[0].field)
        assert question is not None
        given: object = max(question.least, 1)
        if question.choices:
            code = question.choices[-1].code if question.id != "safe" else "fine"
            given = [code] if question.kind.value == "multi" else code
        point(form, question.id, given)
    raise AssertionError(form.session.missing())


def point(form: SurveyForm, name: str, value: object) -> None:
    card = form.cards[name]
    card.editor.set_value(value)
    card.editor.changed.emit()


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
    (line,) = at_desk(page, lambda desk: counting.who_was_asked(desk, "home", year_of(desk.today)))
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
    lines = lambda desk: counting.who_was_asked(desk, "home", year_of(desk.today))  # noqa: E731
    assert len(at_desk(page, lines)) == 1
    heard[0].act()
    settle(page)
    assert at_desk(page, lines) == ()


def test_a_named_answer_is_read_and_put_right_by_another(page: SurveysPage) -> None:
    form = begin(page, "home")
    answer(page, form, mouths=3)
    form.next.click()
    settle(page)
    (line,) = at_desk(page, lambda desk: counting.who_was_asked(desk, "home", year_of(desk.today)))
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


def test_papers_stand_on_the_screen_before_they_are_printed(page: SurveysPage) -> None:
    for what in (BLANK, TOTALS, ASKED):
        page.open(survey="done")
        settle(page)
        page.view.printing.emit(what)
        settle(page)
        sheet = page.stack.currentWidget()
        assert isinstance(sheet, SheetView)
        assert sheet._pages


def test_totals_and_names_are_saved_as_workbooks(page: SurveysPage, tmp_path: Path) -> None:
    form = begin(page, "home")
    answer(page, form)
    form.next.click()
    settle(page)
    page.open(survey="home")
    settle(page)
    for what in (TOTALS, ASKED):
        page.out.save_to(what, tmp_path / f"{what}.xlsx")
        settle(page)
        assert (tmp_path / f"{what}.xlsx").stat().st_size > 2_000


def test_it_goes_back_to_where_the_worker_came_from(page: SurveysPage) -> None:
    gone: list[tuple[str, dict[str, str]]] = []
    page.navigate.connect(lambda name, params: gone.append((name, params)))
    form = begin(page, "home", back=("visits", {"draft": "v-1"}))
    form.later.click()
    settle(page)
    assert gone == [("visits", {"draft": "v-1"})]


@pytest.mark.parametrize("sized", list(theme.Size), indirect=True)
def test_every_word_can_be_read_at_every_letter_size(
    sized: theme.Size, qtbot: QtBot, tasks: Tasks, tmp_path: Path
) -> None:
    page = SurveysPage(tasks)
    shown(qtbot, page).resize(1366 - RAILS[sized], 696 - 68)
    village.open_village(tasks, page, tmp_path)
    form = begin(page, "home")
    answer(page, form, income="less", needs=["ill"])
    QApplication.processEvents()
    assert cut(page) == []
    form.next.click()
    settle(page)
    assert cut(page) == []
    page.open(survey="home")
    settle(page)
    assert cut(page) == []
    page.open(new=True, survey="home")
    settle(page)
    assert cut(page) == []
