"""What the disk refused stays on the screen: neither the lock nor the window's end takes it away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.actions.visits import visits
from tests.facts import HOME
from tests.ui.conftest import compose
from tests.ui.laptop import asked, enrolled, go, running, unlock
from tests.ui.visiting import choose, editor
from ui.bootstrap import Program
from ui.pages.unlock import UnlockPage
from ui.pages.visits import VisitsPage

LONG = "隔着门说改天来。" * 2_000
ROOM = 1_000_000  # pages


@pytest.fixture
def paths(tmp_path: Path) -> Any:
    return enrolled(tmp_path)


@pytest.fixture
def program(qtbot: QtBot, look: QApplication, paths: Any) -> Iterator[Program]:
    with running(look, paths) as made:
        yield made
        if made.inside is not None:
            disk_holds(made, ROOM)


def disk_holds(program: Program, pages: int) -> None:
    """SQLite's own limit stands for the size of the disk; less than the file means no page more."""
    asked(program, lambda desk: desk.store._db.execute(f"PRAGMA max_page_count = {pages}").fetchall())


@pytest.fixture
def page(program: Program) -> VisitsPage:
    """A visit whose last words did not fit on the disk."""
    unlock(program)
    go(program, "visits", household=HOME)
    assert program.window.workspace is not None
    page = program.window.workspace.page()
    assert isinstance(page, VisitsPage)
    assert page.writing is not None
    choose(page.writing.form, "met", "refused")
    assert program.tasks.wait_idle()
    disk_holds(program, 1)
    compose(editor(page.writing.form, "door_words").box, "", LONG)
    return page


def words_kept(program: Program) -> list[Any]:
    drafts = asked(program, visits.drafts)
    return [draft.visit.answers.get("door_words") for draft in drafts]


def said(program: Program) -> str:
    assert program.window.workspace is not None
    return program.window.workspace.banner.lead.text()


def test_the_lock_waits_until_there_is_room(program: Program, page: VisitsPage) -> None:
    program.lock()
    assert program.window.workspace is not None
    assert "只在屏幕上" in said(program)
    disk_holds(program, ROOM)
    program.lock()
    assert isinstance(program.window.centralWidget(), UnlockPage)
    unlock(program)
    assert LONG in words_kept(program)


def test_the_window_does_not_close_over_it(program: Program, page: VisitsPage) -> None:
    assert not program.window.close()
    assert not program.tasks.stopped
    assert page.writing is not None
    assert page.writing.form.session.value("door_words") == LONG


def test_whoever_gives_it_up_can_go(program: Program, page: VisitsPage) -> None:
    program.lock()
    assert program.window.workspace is not None
    program.window.workspace.banner.action.click()
    program.lock()
    assert isinstance(program.window.centralWidget(), UnlockPage)


def test_another_visit_does_not_push_it_out(program: Program, page: VisitsPage) -> None:
    page.leave()
    assert program.tasks.wait_idle()
    go(program, "visits")
    assert page.writing is not None
    assert "没存上" in said(program)
    disk_holds(program, ROOM)
    page.leave()
    assert program.tasks.wait_idle()
    go(program, "visits")
    assert page.writing is None
    assert LONG in words_kept(program)
