"""The diary is chosen by its days, read, and goes back to the visits; from their page in one press."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.fitting import cut
from tests.ui.village import open_village
from ui import theme
from ui.forms.papers import paper_flow
from ui.pages.paper import PaperPage
from ui.tasks import Tasks

PATIENCE_MS = 60_000  # the first paper of a run opens the typefaces


@pytest.fixture
def page(qtbot: QtBot, tasks: Tasks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PaperPage]:
    monkeypatch.setattr(paper_flow, "SHEET_PX", 300)
    made = PaperPage(tasks)
    qtbot.addWidget(made)
    made.resize(1190, 628)
    open_village(tasks, made, tmp_path)
    made.show()
    made.open(document="diary", back=("visits", {}))
    settle(made)
    yield made
    made.leave()
    tasks.close(lambda desk: desk.store.close())


def settle(page: PaperPage) -> None:
    for _ in range(4):
        assert page.tasks.wait_idle(PATIENCE_MS)
        QApplication.processEvents()


def test_it_opens_with_this_week_and_follows_the_choice(page: PaperPage) -> None:
    assert page.title_label.text() == "民情日记 11月16日到11月20日"
    assert page.face.paper.page_count() == 1
    page.span.when.buttons[2].click()
    settle(page)
    assert page.title_label.text() == "民情日记 10月1日到10月31日"


def test_two_days_of_her_own_the_wrong_way_round_are_said_beside_the_later(page: PaperPage) -> None:
    page.span.when.buttons[3].click()
    span = page.span
    span.look.click()
    assert span.first_field.error == "还没写哪一天。"
    span.first.set_value(page.span._today)
    span.last.set_value(page.span._today.replace(day=2))
    span.look.click()
    assert span.last_field.error == "末一天比头一天还早。把两个日子换一下。"
    span.last.set_value(page.span._today)
    span.look.click()
    settle(page)
    assert page.title_label.text() == "民情日记 11月20日"


@pytest.mark.parametrize("sized", list(theme.Size), indirect=True)
def test_every_word_of_the_choice_is_shown(sized: theme.Size, page: PaperPage) -> None:
    for window in ((1190, 628), (917, 546), (712, 532)):
        page.resize(*window)
        for button in (page.span.when.buttons[1], page.span.when.buttons[3]):
            button.click()
            settle(page)
            assert not cut(page), (sized.word, window, button.text())
