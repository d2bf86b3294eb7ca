"""Ctrl+L, lid, idle: what she was at is out of sight at once, also while the last of it is being kept."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.actions.visits import photos, visits
from tests.facts import HOME
from tests.ui.laptop import asked, go, unlock
from tests.ui.photographing import strip_of
from tests.ui.visiting import choose
from tests.unit.pictures.shots import from_telephone, house
from ui.bootstrap import Program
from ui.forms.visits.visit_form import VisitForm
from ui.pages.visits import VisitsPage

PICTURES = 3


@pytest.fixture
def form(program: Program) -> VisitForm:
    go(program, "visits", household=HOME)
    assert program.window.workspace is not None
    page = program.window.workspace.page()
    assert isinstance(page, VisitsPage)
    assert page.writing is not None
    made = page.writing.form
    choose(made, "met", "home")
    choose(made, "purpose", "VP04")
    made.go_to_field("photos")
    return made


def in_sight(program: Program) -> list[QWidget]:
    """What of the work can be seen."""
    space = program.window.workspace
    return [one for one in space.findChildren(QWidget) if one.isVisible()] if space is not None else []


def pictures(folder: Path) -> list[Callable[[], bytes]]:
    made = [folder / f"{number}.jpg" for number in range(PICTURES)]
    for number, path in enumerate(made):
        path.write_bytes(from_telephone(house(600 + number, 400)))
    return [lambda path=path: photos.load(path) for path in made]


def test_pictures_on_their_way_are_kept_and_nothing_is_in_sight_meanwhile(
    program: Program, form: VisitForm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, develop = threading.Event(), photos.develop
    seen: list[QWidget] = []

    def slowly(data: bytes, *, mark: str = "") -> object:
        go_on.wait(30)
        return develop(data, mark=mark)

    def look() -> None:
        seen.extend(in_sight(program))
        go_on.set()

    monkeypatch.setattr(photos, "develop", slowly)
    visit = form.session.visit.id
    strip_of(form).take(pictures(tmp_path))
    QTimer.singleShot(200, look)
    program.lock()
    assert go_on.is_set()
    assert seen == []
    unlock(program)
    kept = asked(program, lambda desk: visits.resume(desk, visit)).answers["photos"]
    assert len(kept) == PICTURES


def test_a_lock_that_is_held_back_shows_the_work_again(
    program: Program, form: VisitForm, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert program.inside is not None
    monkeypatch.setattr(type(program.inside), "held_back", lambda _inside: True)
    program.lock()
    QApplication.processEvents()
    assert program.window.workspace is not None
    assert form.isVisible()


def test_the_window_says_what_it_does_while_it_keeps(program: Program, qtbot: QtBot) -> None:
    program.window.cover.draw("正在存好")
    assert in_sight(program) == []
    cover = program.window.grab().toImage()
    program.window.cover.lift()
    qtbot.waitUntil(lambda: bool(in_sight(program)), timeout=5_000)
    assert program.window.grab().toImage() != cover
