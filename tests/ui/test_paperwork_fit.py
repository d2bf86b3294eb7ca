"""Every word about application papers can be read, at every letter size, down to the smallest window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.domain.papers.paperwork import FormKind
from tests.facts import HOME
from tests.ui.fitting import cut
from tests.ui.paperwork import make, papers_page, settle, tick
from ui import theme
from ui.pages.paperwork import PaperworkPage
from ui.tasks import Tasks
from ui.workspace import Workspace

WINDOWS = ((1366, 696), (1093, 614), (900, 600))


@pytest.fixture
def page(tasks: Tasks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PaperworkPage]:
    with papers_page(tasks, tmp_path, monkeypatch) as made:
        yield made


@pytest.mark.parametrize("sized", list(theme.Size), indirect=True)
def test_all_words_can_be_read_in_every_window(qtbot: QtBot, sized: theme.Size, page: PaperworkPage) -> None:
    space = Workspace({"paperwork": lambda: page}, village="枫香村", worker="向海燕")
    qtbot.addWidget(space)
    space.setMinimumSize(*WINDOWS[-1])
    space.show()
    for window in WINDOWS:
        space.resize(*window)
        space.go("paperwork", household=HOME, items=("DB", "CS"))
        settle(page)
        tick(page, FormKind.MANDATE)
        assert not cut(page), (sized.word, window, "choosing")
        make(page)
        assert not cut(page), (sized.word, window, "made")
        page.view.pane.look.setChecked(False)
        page.view.silent()
        settle(page)
        assert not cut(page), (sized.word, window, "silent")
        page.view.ask()
        settle(page)
        assert not cut(page), (sized.word, window, "came out?")
        page.leave()
    page.setParent(None)
