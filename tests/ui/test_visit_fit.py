"""Every step of the visit form shows all its words, at every letter size, down to the smallest window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.facts import GRANNY, HOME
from tests.ui.conftest import compose
from tests.ui.fitting import cut
from tests.ui.village import GRANDSON
from tests.ui.visiting import begin, choose, earn, editor, opened_page, visited
from ui import theme
from ui.forms.visits.visit_form import VisitForm
from ui.pages.visits import VisitsPage
from ui.tasks import Tasks
from ui.workspace import Workspace

WINDOWS = ((1366, 696), (1093, 614), (900, 600))
everywhere = pytest.mark.parametrize("sized", list(theme.Size), indirect=True)


@pytest.fixture
def page(qtbot: QtBot, tasks: Tasks, tmp_path: Path) -> Iterator[VisitsPage]:
    yield from opened_page(qtbot, tasks, tmp_path)


@pytest.fixture
def space(qtbot: QtBot, page: VisitsPage) -> Workspace:
    """The page where it stands: beside the rail, under the top bar, in a window that may be too small."""
    made = Workspace({"visits": lambda: page}, village="枫香村", worker="向海燕")
    qtbot.addWidget(made)
    made.setMinimumSize(*WINDOWS[-1])
    made.resize(*WINDOWS[0])
    made.show()
    made.go("visits")
    return made


@everywhere
def test_every_step_shows_all_its_words(sized: theme.Size, page: VisitsPage, space: Workspace) -> None:
    form = begin(page, household=HOME)
    _fill(form)
    for window in WINDOWS:
        space.resize(*window)
        for place, step in enumerate(form.steps):
            form.go(place)
            _settle(page)
            assert not cut(page), (sized.word, window, form.form.steps[step].title)
            assert form.foot.geometry().bottom() < form.height()


@everywhere
def test_what_is_asked_on_the_way_shows_all_its_words(
    sized: theme.Size, page: VisitsPage, space: Workspace
) -> None:
    form = begin(page, household=visited(page))
    choose(form, "met", "home")
    earn(form, "farm_crop", "8632109", 3)
    assert form.page.rows["farm_crop"].buttons, "an odd sum is asked about"
    assert page.writing is not None
    for window in WINDOWS:
        space.resize(*window)
        for looks in (False, True):
            form.foot.look.setChecked(looks)
            _settle(page)
            assert not cut(page), (sized.word, window, "last time" if looks else "an odd sum")
        form.foot.look.setChecked(False)
        page.writing.drop.click()
        _settle(page)
        assert not cut(page), (sized.word, window, "throw away?")
        assert form.foot.height() >= form.foot.next.sizeHint().height(), "the foot keeps its room"
        page.writing.confirm.keep.click()


def _fill(form: VisitForm) -> None:
    """What makes the form longest: an investigation, a hurt child, an odd sum, one who signs for her."""
    choose(form, "met", "home")
    choose(form, "purpose", "VP04")
    choose(form, "respondent", GRANNY)
    choose(form, "members", "away", person=GRANNY)
    choose(form, "child_safety", "danger", person=GRANDSON)
    choose(form, "abilities_lost", "bath", "walk", person=GRANNY)
    earn(form, "wage", "8632109", 0)
    card = editor(form, "findings").begin()
    compose(card.said.box, "", "屋顶漏雨")
    card.how.group.buttons[1].click()
    signing = editor(form, "signatures")
    signing.group.buttons[1].click()
    signing.proxy.click()
    for name, words in (("by", "欧阳国富"), ("relation", "邻居"), ("why", "手抖写不了")):
        compose(signing.panel.boxes[name], "", words)
    signing.panel.boxes["why"].editingFinished.emit()


def _settle(page: VisitsPage) -> None:
    assert page.tasks.wait_idle()
    for _ in range(3):  # what is placed anew may place something else anew
        QApplication.processEvents()
