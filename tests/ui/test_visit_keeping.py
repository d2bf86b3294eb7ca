"""Every field of a visit is kept as it is given, and every step can be taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.actions.visits import visits
from app.domain.visits.visit import Met
from app.store import Store
from tests.desks import Clock, desk_on
from tests.facts import GRANNY, HOME
from tests.ui.conftest import compose
from tests.ui.village import KEY, asked
from tests.ui.visiting import begin, choose, editor, kept, opened_page
from ui import notices
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


def test_a_lock_in_mid_word_loses_nothing(
    page: VisitsPage, form: VisitForm, tasks: Tasks, tmp_path: Path
) -> None:
    choose(form, "met", "refused")
    compose(editor(form, "door_words").box, "", "隔着门说改天来")
    draft = form.session.visit.id
    page.leave()
    tasks.close(lambda desk: desk.store.close())
    tasks.open(page, lambda: desk_on(Store(tmp_path / "store.db", KEY), Clock()))
    again = asked(tasks, page, lambda desk: visits.resume(desk, draft))
    assert again.answers["door_words"] == "隔着门说改天来"


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
    form.session.take_typed()
    last = form.session.visit
    for _ in range(30):
        form.session.undo()
    assert form.session.visit.met is None
    shown: Any = form.page.rows["met"].control
    assert shown.value() is None
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
