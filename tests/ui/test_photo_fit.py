"""Photos and signing on paper show all their words, at every letter size, down to the smallest window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.actions.visits import phone_pictures
from tests.facts import GRANNY, HOME
from tests.ui.fitting import cut
from tests.ui.photographing import add, picture, strip_of
from tests.ui.test_visit_fit import WINDOWS, everywhere
from tests.ui.visiting import begin, choose, editor, opened_page
from ui import theme
from ui.forms.visits.visit_form import VisitForm
from ui.pages.visits import VisitsPage
from ui.tasks import Tasks
from ui.workspace import Workspace


@pytest.fixture
def page(qtbot: QtBot, tasks: Tasks, tmp_path: Path) -> Iterator[VisitsPage]:
    yield from opened_page(qtbot, tasks, tmp_path)


@pytest.fixture
def space(qtbot: QtBot, page: VisitsPage) -> Workspace:
    made = Workspace({"visits": lambda: page}, village="枫香村", worker="向海燕")
    qtbot.addWidget(made)
    made.setMinimumSize(*WINDOWS[-1])
    made.show()
    made.go("visits")
    return made


def fits(page: VisitsPage, space: Workspace, what: str) -> None:
    for window in WINDOWS:
        space.resize(*window)
        assert page.tasks.wait_idle()
        for _ in range(12):  # what stands deep inside is given its place last
            QApplication.processEvents()
        assert not cut(page), (window, what)


@everywhere
def test_every_way_in_and_every_look_fits(
    sized: theme.Size, page: VisitsPage, space: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = begin(page, household=HOME)
    choose(form, "met", "home")
    choose(form, "purpose", "VP04")
    choose(form, "respondent", GRANNY)
    form.go_to_field("photos")
    control = strip_of(form)
    control.add.click()
    fits(page, space, "ways in")
    monkeypatch.setattr(phone_pictures.drives, "camera_folders", lambda: ())
    control.sources.phone.click()
    fits(page, space, "no telephone")
    monkeypatch.setattr(phone_pictures.drives, "camera_folders", lambda: (tmp_path,))
    for number in range(3):
        picture(tmp_path, f"{number}.jpg", 300 + number)
    control.sources.pick.again.click()
    assert page.tasks.wait_idle()
    control.sources.pick.tiles[0].click()
    fits(page, space, "a telephone")
    add(page, form, tmp_path / "0.jpg")
    control.shown.strip.tiles[0].click()
    fits(page, space, "one shown large")
    control.drop.click()
    fits(page, space, "one taken out")
    _sign_on_paper(form)
    fits(page, space, "signing on paper")


def _sign_on_paper(form: VisitForm) -> None:
    signing = editor(form, "signatures")
    signing.paper.click()
    signing.sheet.one.click()
