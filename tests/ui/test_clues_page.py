"""The page of clues: written by pointing, followed by one button, at every letter size."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.actions import form_drafts
from app.actions.registers import clues
from app.actions.registers.clues import Noted
from tests.facts import GRANNY, HOME, NOW
from tests.ui import village
from tests.ui.conftest import shown
from tests.ui.fitting import cut
from ui import theme
from ui.forms.registers.clue_form import DRAFT
from ui.forms.registers.who_pick import Who
from ui.pages.clues import CluesPage
from ui.tasks import Tasks

RAILS = {theme.Size.STANDARD: 176, theme.Size.LARGE: 190, theme.Size.EXTRA: 212}
SAID = Noted(NOW.date(), "neighbour", "illness", "女儿住院花了好几万。", person=GRANNY, people=2)


@pytest.fixture
def page(qtbot: QtBot, tasks: Tasks, tmp_path: Path) -> CluesPage:
    page = CluesPage(tasks)
    shown(qtbot, page).resize(1190, 640)
    village.open_village(tasks, page, tmp_path)
    return page


def settle(page: CluesPage) -> None:
    for _ in range(3):
        assert page.tasks.wait_idle()
        QApplication.processEvents()


def fill(page: CluesPage) -> None:
    assert page.form is not None
    page.form.who.set_value(Who("蒋桂英", GRANNY, HOME, "茶园组 3号").told)
    page.form.source.set_value("neighbour")
    page.form.signal.set_value("illness")
    page.form.words.set_value("女儿住院花了好几万。")


def test_an_empty_list_says_what_to_do_first(page: CluesPage) -> None:
    page.open()
    settle(page)
    assert page.list.stack.currentWidget() is page.list.empty
    assert page.primary is page.begin


def test_a_clue_is_written_and_leads_to_its_visit(page: CluesPage) -> None:
    gone: list[tuple[str, dict[str, str]]] = []
    page.navigate.connect(lambda name, params: gone.append((name, params)))
    page.open(new=True)
    settle(page)
    fill(page)
    assert page.form is not None
    page.form.save.click()
    settle(page)
    assert page.view is not None
    assert page.view.primary is not None
    assert page.view.primary.text() == "去看一趟"
    page.view.primary.click()
    settle(page)
    assert gone[0][0] == "visits"
    assert gone[0][1]["draft"]


def test_what_is_missing_is_said_beside_its_field(page: CluesPage) -> None:
    page.open(new=True)
    settle(page)
    assert page.form is not None
    page.form.save.click()
    settle(page)
    wrong = {field.name for field in page.form.fields if field.error}
    assert wrong == {"who", "source", "signal", "words"}


def test_a_form_that_is_left_is_there_again(page: CluesPage) -> None:
    page.open(new=True)
    settle(page)
    fill(page)
    page.open()
    settle(page)
    assert village.asked(page.tasks, page, lambda desk: form_drafts.begun(desk, DRAFT))
    page.open(new=True)
    settle(page)
    assert page.form is not None
    assert page.form.words.value() == "女儿住院花了好几万。"
    assert page.form.signal.value() == "illness"


@pytest.mark.parametrize("sized", list(theme.Size), indirect=True)
def test_every_face_fits_the_smallest_screen(
    sized: theme.Size, qtbot: QtBot, tasks: Tasks, tmp_path: Path
) -> None:
    page = CluesPage(tasks)
    shown(qtbot, page)
    village.open_village(tasks, page, tmp_path)
    page.window().resize(1366 - RAILS[sized], 628)
    page.open()
    settle(page)
    assert not cut(page)
    page.open(new=True)
    settle(page)
    assert not cut(page)
    clue = village.asked(tasks, page, lambda desk: clues.note(desk, SAID))
    stranger = village.asked(
        tasks,
        page,
        lambda desk: clues.note(desk, Noted(NOW.date(), "grid", "elder", "没人管。", name="老王")),
    )
    for one in (clue, stranger):
        page.open(clue=one.id)
        settle(page)
        assert not cut(page)
    page.open()
    settle(page)
    assert len(page.list.list.rows()) == 2
    assert not cut(page)
