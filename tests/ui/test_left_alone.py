"""A laptop left alone tells nothing, and nothing half typed is lost: at the lock and in a power cut."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QToolTip, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import getCppPointer

from app.actions import form_drafts
from app.domain.people.person import Person
from tests.ui.begun import PLACES, SAID, begin, page, settle, stands
from tests.ui.laptop import asked, enrolled, go, running, unlock
from ui import theme
from ui.bootstrap import Program
from ui.pages.unlock import UnlockPage

ROOT = Path(__file__).resolve().parents[2]
# How widgets of Qt hold words.
HOLD = (
    "text", "toPlainText", "title", "placeholderText", "windowTitle", "toolTip", "accessibleName",
    "accessibleDescription", "currentText", "statusTip", "whatsThis",
)  # fmt: skip


@pytest.fixture
def program(qtbot: QtBot, look: QApplication, tmp_path: Path) -> Iterator[Program]:
    with running(look, enrolled(tmp_path)) as made:
        yield made
    look.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def let_go() -> None:
    for _ in range(3):  # what is destroyed may take another along
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()


def words_in(widget: QWidget) -> str:
    said = [getattr(widget, name)() for name in HOLD if callable(getattr(widget, name, None))]
    return "\n".join(one for one in said if isinstance(one, str))


@pytest.mark.qt_log_ignore("This plugin does not support raise")  # the tip is a window of its own
def test_behind_the_lock_nothing_of_the_village_exists(program: Program, tmp_path: Path) -> None:
    others = {getCppPointer(one)[0] for one in QApplication.allWidgets()}  # of tests before this one
    unlock(program)
    people = asked(program, lambda desk: desk.store.reading.where(Person))
    planted = {one.name for one in people} | {one.phone for one in people if one.phone}
    planted |= {one.id_number for one in people if one.id_number} | {*SAID.values()}
    planted |= {form for one in people for form in (one.phone[-4:],) if one.phone}
    for place in PLACES:
        begin(program, place)
    go(program, "tickets", ticket=_resolved(program))
    page(program).view.open_panel("reply")
    page(program).view.panel.turn()  # the faces, over the whole window
    QToolTip.showText(program.window.pos(), "蒋桂英", program.window)
    program.lock()
    let_go()
    gate = program.window.centralWidget()
    assert isinstance(gate, UnlockPage)
    ours = [one for one in QApplication.allWidgets() if getCppPointer(one)[0] not in others]
    alive = [one for one in ours if one is not gate and not gate.isAncestorOf(one)]
    assert {type(one).__name__ for one in alive} <= {"MainWindow", "FocusRing"}
    told = "\n".join(words_in(one) for one in ours)
    assert not [word for word in planted if word in told]
    assert program.window.windowTitle() == "首访通"
    assert program.keeper.opened is None
    assert program.keeper.desk is None
    assert program.tasks._worker.desk is None
    assert program.inside is None
    for file in program.paths.root.rglob("*"):
        if file.is_file():
            data = file.read_bytes()
            assert not [word for word in planted if len(word) > 1 and word.encode() in data], file


def _resolved(program: Program) -> str:
    from tests.ui.begun import _ticket

    return asked(program, lambda desk: _ticket(desk, "问残疾证", resolved=True))


def test_the_file_is_closed_behind_the_lock(program: Program) -> None:
    if not Path("/proc/self/fd").exists():
        pytest.skip("open files are told by Linux")
    unlock(program)
    store = str(program.paths.store)
    assert any(one.startswith(store) for one in _open_files())
    program.lock()
    assert not any(one.startswith(store) for one in _open_files())


def _open_files() -> list[str]:
    found = []
    for one in Path("/proc/self/fd").iterdir():
        try:
            found.append(os.readlink(one))
        except OSError:
            continue  # the listing's own
    return found


def test_what_was_half_typed_anywhere_is_there_after_the_lock(program: Program) -> None:
    unlock(program)
    for place in ("visit", "new ticket", "result", "place", "new household", "call"):  # each in sight once
        begin(program, place)
        program.lock()
        let_go()
        unlock(program)
        assert stands(program, place) == SAID[place], place


def test_a_power_cut_takes_nothing_that_rested_two_seconds(
    qtbot: QtBot, look: QApplication, tmp_path: Path
) -> None:
    paths = enrolled(tmp_path)
    typing = subprocess.Popen(
        [sys.executable, "-m", "tests.ui.begun", str(paths.root), *theme.STYLE_ARGUMENTS],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert typing.stdout is not None
    try:
        assert [typing.stdout.readline().strip() for _ in PLACES] == [*PLACES]
    finally:
        typing.kill()
        typing.wait()
        typing.stdout.close()
    with running(look, paths) as program:
        unlock(program)
        for place in PLACES:
            assert stands(program, place) == SAID[place], place


def test_leaving_a_field_keeps_it(program: Program) -> None:
    unlock(program)
    box = begin(program, "new household")
    page(program).form.door.setFocus()
    settle(program)
    assert not box.hasFocus()
    kept = asked(program, lambda desk: form_drafts.begun(desk, form_drafts.HOUSEHOLD))
    assert [one.answers["name"] for one in kept] == [SAID["new household"]]


def test_a_household_that_is_made_or_not_wanted_leaves_no_words_behind(program: Program) -> None:
    def kept() -> int:
        return len(asked(program, lambda desk: form_drafts.begun(desk, form_drafts.HOUSEHOLD)))

    unlock(program)
    begin(program, "new household")
    page(program).leave()
    settle(program)
    assert kept() == 1
    page(program).form.cancel.click()
    settle(program)
    assert kept() == 0
    begin(program, "new household")
    form = page(program).form
    form.group.set_value("老屋组")
    form.door.set_value("9号")
    form.sex.set_value("1")
    form.done.click()
    form.door.setFocus()
    settle(program)
    assert page(program).view.family is not None
    assert kept() == 0
    assert stands(program, "new household") == ""


def test_two_households_begun_do_not_cover_each_other(program: Program) -> None:
    unlock(program)
    begin(program, "new household")
    page(program)._begin_new("田小满")
    settle(program)
    page(program).form.door.set_value("3号")
    page(program).leave()
    settle(program)
    kept = asked(program, lambda desk: form_drafts.begun(desk, form_drafts.HOUSEHOLD))
    assert {one.answers["name"] for one in kept} == {"田小满", SAID["new household"]}
    page(program)._begin_new(SAID["new household"])
    settle(program)
    assert page(program).form.door.value() == ""


def test_a_call_that_is_noted_leaves_no_words_behind(program: Program) -> None:
    unlock(program)
    begin(program, "call")
    page(program).leave()
    settle(program)
    assert len(asked(program, lambda desk: form_drafts.begun(desk, form_drafts.CALL))) == 1
    page(program).call.done.click()
    settle(program)
    assert asked(program, lambda desk: form_drafts.begun(desk, form_drafts.CALL)) == ()


def test_a_call_that_could_not_be_noted_is_still_kept(program: Program) -> None:
    unlock(program)
    box = begin(program, "call")
    box.set_value("")  # type: ignore[attr-defined]  # a ParagraphBox
    page(program).call.done.click()
    settle(program)
    begin(program, "call")
    page(program).leave()
    settle(program)
    kept = asked(program, lambda desk: form_drafts.begun(desk, form_drafts.CALL))
    assert [one.answers["outcome"] for one in kept] == [SAID["call"]]
