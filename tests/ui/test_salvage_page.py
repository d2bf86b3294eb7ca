"""A worker whose store is damaged saves what is whole by herself, and the damaged file is kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QScrollArea

from app import settings
from app.domain.people.household import Household
from app.domain.people.person import Person
from app.paths import Paths
from app.settings import Settings
from tests.facts import HOME
from tests.ui.laptop import PASSPHRASE, asked, enrolled, running, unlock
from ui.bootstrap import Program
from ui.pages.restore import RestorePage
from ui.pages.salvage import SalvagePage
from ui.pages.trouble import TroublePage
from ui.pages.unlock import UnlockPage

PAGE = 4096


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """A laptop whose store has lost its first page, and with it the list of its tables."""
    made = enrolled(tmp_path)
    with made.store.open("r+b") as file:
        file.seek(16)
        file.write(b"\x5a" * (PAGE - 16))
    return made


def salvage_page(program: Program) -> SalvagePage:
    """From the lock over what is wrong to the page."""
    unlock(program)
    page = program.window.centralWidget()
    assert isinstance(page, TroublePage)
    page.salvage_button.click()
    page = program.window.centralWidget()
    assert isinstance(page, SalvagePage)
    return page


def save(program: Program, page: SalvagePage, passphrase: str = PASSPHRASE) -> None:
    page.row.box.setText(passphrase)
    page.go_button.click()
    assert program.tasks.wait_idle(30_000)


def test_it_says_what_came_back_and_goes_on_with_it(look: QApplication, paths: Paths) -> None:
    damaged = paths.store.read_bytes()
    with running(look, paths) as program:
        page = salvage_page(program)
        save(program, page)
        said = page.report.text().splitlines()
        assert said[0].endswith("坏了 1 页。")
        assert "住户 4 条，人 5 条" in said[1]
        assert page.row.box.text() == ""
        assert paths.store.read_bytes() == damaged
        page.go_button.click()
        assert program.tasks.wait_idle(30_000)
        (aside,) = paths.root.glob("replaced-*")
        assert str(aside) in page.note.text.text()
        assert page.note.isVisible()
        assert Paths(aside).store.read_bytes() == damaged
        page.go_button.click()
        assert isinstance(program.window.centralWidget(), UnlockPage)
        unlock(program)
        assert asked(program, lambda desk: desk.store.reading.get(Household, HOME).id) == HOME
        assert asked(program, lambda desk: len(list(desk.store.reading.each(Person)))) == 5
        assert asked(program, lambda desk: desk.store.integrity()) == ()


def test_not_using_it_changes_nothing(look: QApplication, paths: Paths) -> None:
    before = {path.name: path.read_bytes() for path in paths.root.iterdir() if path.is_file()}
    with running(look, paths) as program:
        page = salvage_page(program)
        save(program, page)
        page.back_button.click()
        assert program.tasks.wait_idle()
        assert isinstance(program.window.centralWidget(), UnlockPage)
    after = {path.name: path.read_bytes() for path in paths.root.iterdir() if path.is_file()}
    assert {name: after[name] for name in before} == before
    assert not (paths.root / "restoring").exists()


def test_a_wrong_passphrase_is_said_where_it_was_typed(look: QApplication, paths: Paths) -> None:
    with running(look, paths) as program:
        page = salvage_page(program)
        save(program, page, "")
        assert page.note.lead.text() == "还没写口令。"
        save(program, page, "bushi zhege kouling")
        assert page.note.lead.text() == "口令不对，资料没有动。"
        assert page.go_button.isEnabled()
        save(program, page)
        assert page.report.isVisible()


def test_one_without_a_backup_finds_it_from_the_list_of_backups(look: QApplication, tmp_path: Path) -> None:
    with running(look, enrolled(tmp_path)) as program:
        gate = program.window.centralWidget()
        assert isinstance(gate, UnlockPage)
        gate.restore_button.click()
        page = program.window.centralWidget()
        assert isinstance(page, RestorePage)
        assert program.tasks.wait_idle()
        page.pick.salvage_button.click()
        found = program.window.centralWidget()
        assert isinstance(found, SalvagePage)
        save(program, found)
        assert found.title.text() == "都救回来了"


def test_without_keys_it_says_so(look: QApplication, paths: Paths) -> None:
    for copy in paths.root.glob("keys.json*"):
        copy.write_bytes(b"{}")
    with running(look, paths) as program:
        page = program.window.centralWidget()
        assert isinstance(page, TroublePage)
        page.salvage_button.click()
        found = program.window.centralWidget()
        assert isinstance(found, SalvagePage)
        assert found.note.lead.text() == "钥匙文件也坏了，这里救不了。"
        assert not found.go_button.isVisible()


def test_the_buttons_are_in_sight_at_the_largest_letters(look: QApplication, paths: Paths) -> None:
    settings.save(paths.settings, Settings(size="largest"))
    with running(look, paths) as program:
        program.window.resize(1366, 696)
        page = salvage_page(program)
        save(program, page)
        QApplication.processEvents()
        area = page.findChild(QScrollArea)
        assert area is not None
        place = page.go_button.mapTo(area.viewport(), page.go_button.rect().bottomLeft())
        assert place.y() <= area.viewport().height()
