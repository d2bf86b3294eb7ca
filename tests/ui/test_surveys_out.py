"""Questionnaires before they leave the screen: on paper, as workbooks, and at every letter size."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui import village
from tests.ui.conftest import shown
from tests.ui.fitting import cut
from tests.ui.surveying import answer, begin, settle
from ui import theme
from ui.forms.surveys.survey_view import ASKED, BLANK, TOTALS
from ui.pages.paper import PaperPage
from ui.pages.surveys import SurveysPage
from ui.tasks import Tasks

RAILS = {theme.Size.STANDARD: 176, theme.Size.LARGE: 190, theme.Size.EXTRA: 212}


@pytest.fixture
def page(qtbot: QtBot, tasks: Tasks, tmp_path: Path) -> SurveysPage:
    page = SurveysPage(tasks)
    shown(qtbot, page).resize(1190, 640)
    village.open_village(tasks, page, tmp_path)
    return page


def test_papers_stand_on_the_screen_before_they_are_printed(page: SurveysPage, qtbot: QtBot) -> None:
    went: list[tuple[str, dict[str, Any]]] = []
    page.navigate.connect(lambda name, params: went.append((name, params)))
    for what in (BLANK, TOTALS, ASKED):
        page.open(survey="done")
        settle(page)
        page.view.printing.emit(what)
        (name, params), paper = went.pop(), PaperPage(page.tasks)
        qtbot.addWidget(paper)
        assert name == "paper"
        paper.open(**params)
        settle(page)
        assert paper.face.paper.page_count()
        assert paper.face.about.text()
        paper.navigate.connect(lambda name, params: went.append((name, params)))
        paper.face.back_button.click()
        assert went.pop() == ("surveys", {"survey": "done"})


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
