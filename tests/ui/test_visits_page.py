"""Visits are found, gone on with, signed, and then only read and corrected."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from app.actions.tickets import ticket_views
from app.actions.visits import visits
from app.domain.visits.visit import Met
from tests.facts import HOME, NOW
from tests.ui.conftest import compose
from tests.ui.village import asked
from tests.ui.visiting import at_home, begin, choose, editor, kept, opened_page, sign
from ui import notices
from ui.forms.visits.visit_form import VisitForm
from ui.forms.visits.visit_read import VisitRead
from ui.pages.visits import VisitsPage
from ui.tasks import Tasks


@pytest.fixture
def page(qtbot: QtBot, tasks: Tasks, tmp_path: Path) -> Iterator[VisitsPage]:
    yield from opened_page(qtbot, tasks, tmp_path)


@pytest.fixture
def form(page: VisitsPage) -> VisitForm:
    """A new visit at 蒋桂英's door."""
    return begin(page, household=HOME)


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


def test_a_missing_signature_is_said_where_one_signs(page: VisitsPage, form: VisitForm) -> None:
    at_home(form)
    form.go(5)
    assert form.lacks.isHidden()
    form.next.click()
    assert form.page.rows["signatures"].error == "还差 1 个人签字。"
    sign(form)
    assert form.page.rows["signatures"].error == ""


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
    assert page.start.line.text() == "该去的 2 户，先去的在前"
    QTest.keyClicks(page.start.box, "hzh")
    qtbot.waitUntil(lambda: bool(page.start.list.rows()) and page.start.list.rows()[0].key == HOME)
    page.start.list.opened.emit(HOME)
    assert page.tasks.wait_idle()
    assert page.writing is not None
    assert page.title_label.text() == "走访 · 蒋桂英家"


def test_somebody_signs_for_her_only_when_it_is_told_who(page: VisitsPage, form: VisitForm) -> None:
    at_home(form)
    signing = editor(form, "signatures")
    signing.group.buttons[1].click()
    signing.proxy.click()
    signing._pad.thumb.click()
    assert signing.panel.rows["by"].error == "代签要写清楚这一格。"
    assert form.session.visit.signatures == ()
    for name, words in (("by", "田国富"), ("relation", "邻居"), ("why", "手抖写不了")):
        compose(signing.panel.boxes[name], "", words)
    signing._pad.thumb.click()
    assert form.session.visit.signatures == ("蒋桂英",)
    told = kept(page, form).answers["signing"]["蒋桂英"]
    assert told == {"how": "proxy", "by": "田国富", "relation": "邻居", "why": "手抖写不了"}
