"""Restoring takes three clicks, shows what is inside first, and leaves a way back at every step."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QScrollArea

from app import drives, settings
from app.actions.entry.gate import Gate
from app.actions.entry.opening import open_desk
from app.actions.safekeeping import backups
from app.domain.manifest import Reason
from app.domain.people.household import Household
from app.paths import Paths
from app.settings import Settings
from tests.desks import Clock
from tests.facts import HOME, household
from tests.ui.laptop import PASSPHRASE, QUICK, asked, enrolled, running, unlock
from ui.bootstrap import Program
from ui.pages.first_start import FirstStart
from ui.pages.restore import KEY, LOOK, PICK, RestorePage
from ui.pages.trouble import TroublePage
from ui.pages.unlock import UnlockPage


@pytest.fixture
def paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Paths:
    """A laptop with one backup, made on 20 November at 14:32; nothing is plugged in."""
    monkeypatch.setattr(drives, "_roots", lambda _mounts: [])
    made = enrolled(tmp_path)
    desk = open_desk(Gate(made, Clock(), cost=QUICK).unlock("w-xiang", PASSPHRASE), made, Clock())
    opened = Gate(made, Clock(), cost=QUICK).unlock("w-xiang", PASSPHRASE)
    backups.make(desk, opened.key, made, Reason.ASKED)
    desk.store.close()
    return made


@pytest.fixture
def program(look: QApplication, paths: Paths) -> Iterator[Program]:
    with running(look, paths) as made:
        yield made


def restore_page(program: Program) -> RestorePage:
    """Press the button of the page in sight and wait until the list is there."""
    gate = program.window.centralWidget()
    assert isinstance(gate, UnlockPage | FirstStart | TroublePage)
    gate.restore_button.click()
    QApplication.processEvents()
    assert program.tasks.wait_idle()
    page = program.window.centralWidget()
    assert isinstance(page, RestorePage)
    return page


def choose(program: Program, page: RestorePage) -> None:
    page.pick.list.opened.emit(page.pick.list.rows()[0].key)
    assert program.tasks.wait_idle()


def give(program: Program, page: RestorePage, passphrase: str = PASSPHRASE) -> None:
    page.key.row.box.setText(passphrase)
    page.key.open_button.click()
    assert program.tasks.wait_idle(10_000)


def use(program: Program, page: RestorePage) -> None:
    page.look.use_button.click()
    assert program.tasks.wait_idle(10_000)


def test_three_clicks_bring_it_back_and_nothing_unsent_is_lost(program: Program) -> None:
    unlock(program)

    def edit(desk):  # type: ignore[no-untyped-def]  # a desk
        with desk.unit("edit") as unit:
            unit.save(household(door="9号"))

    asked(program, edit)
    waiting = asked(program, lambda desk: desk.store.ledger.waiting())
    program.lock()
    page = restore_page(program)
    (row,) = page.pick.list.rows()
    assert row.title == "青石垭村 2026年11月20日 14:32"
    assert row.note == "这台电脑上 · 4 户 5 人"
    choose(program, page)
    give(program, page)
    assert page.look.inside.text().splitlines()[:2] == [
        "青石垭村，向海燕的资料",
        "备份是 2026年11月20日 14:32 做的",
    ]
    assert "条会带过去，不丢" in page.look.note.text.text()
    use(program, page)
    assert page.look.title.text() == "恢复好了"
    assert "没上传的都带过来了" in page.look.note.text.text()
    page.look.use_button.click()
    unlock(program)
    assert asked(program, lambda desk: desk.store.ledger.waiting()) == waiting
    assert asked(program, lambda desk: desk.store.reading.get(Household, HOME).door) == "9号"


def test_a_new_computer_begins_with_a_backup_from_a_stick(
    look: QApplication, paths: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "KINGSTON"
    shutil.copytree(paths.backups, stick / "首访通备份")
    monkeypatch.setattr(drives, "_roots", lambda _mounts: [stick])
    with running(look, Paths(tmp_path / "new")) as program:
        page = restore_page(program)
        assert [row.note for row in page.pick.list.rows()] == ["U 盘上 · 4 户 5 人"]
        choose(program, page)
        give(program, page)
        assert page.look.note.isHidden(), "there is nothing here that would be replaced"
        use(program, page)
        page.look.use_button.click()
        unlock(program)
        assert program.window.workspace is not None


def test_damaged_keys_lead_to_the_backup(look: QApplication, paths: Paths) -> None:
    for file in (paths.keys, paths.keys.with_name("keys.json.copy")):
        file.write_bytes(b"{")
    with running(look, paths) as program:
        assert isinstance(program.window.centralWidget(), TroublePage)
        page = restore_page(program)
        choose(program, page)
        give(program, page)
        use(program, page)
        page.look.use_button.click()
        unlock(program)
        assert program.window.workspace is not None


def test_a_wrong_passphrase_is_said_and_counted_and_the_code_opens_too(program: Program) -> None:
    page = restore_page(program)
    choose(program, page)
    give(program, page, "")
    assert page.key.note.lead.text() == "还没写口令。"
    give(program, page, "bushi zhege kouling")
    assert page.key.note.lead.text() == "口令不对，资料没有动。"
    assert page.key.note.text.text().startswith("还能试 4 次")
    page.key.swap_button.click()
    page.key.boxes.boxes[0].setText("12345")
    page.key.open_button.click()
    assert program.tasks.wait_idle()
    assert page.key.note.lead.text() == "这份资料没有做过恢复码。"
    assert page.pages.currentIndex() == KEY


def test_going_back_throws_away_what_was_taken_out(program: Program) -> None:
    page = restore_page(program)
    choose(program, page)
    give(program, page)
    assert page.pages.currentIndex() == LOOK
    page.look.back_button.click()
    assert program.tasks.wait_idle()
    assert page.pages.currentIndex() == PICK
    page.pick.back_button.click()
    assert program.tasks.wait_idle()
    assert isinstance(program.window.centralWidget(), UnlockPage)
    assert not (program.paths.root / "restoring").exists()
    unlock(program)
    assert program.window.workspace is not None


def test_a_spoilt_backup_is_refused_in_words(program: Program) -> None:
    (file,) = program.paths.backups.iterdir()
    page = restore_page(program)
    raw = bytearray(file.read_bytes())
    raw[len(raw) // 2] ^= 1
    file.write_bytes(bytes(raw))
    choose(program, page)
    give(program, page)
    assert page.key.note.lead.text() == "这份备份坏了，或不是首访通的备份，没有用它。"
    file.unlink()
    page.key.back_button.click()
    assert program.tasks.wait_idle()
    assert page.pick.none.lead.text() == "这台电脑上和 U 盘上都没找到备份。"


def test_the_button_is_in_sight_at_the_largest_letters(look: QApplication, paths: Paths) -> None:
    settings.save(paths.settings, Settings(size="largest"))
    with running(look, paths) as program:
        program.window.resize(1366, 696)
        page = restore_page(program)
        choose(program, page)
        give(program, page)
        QApplication.processEvents()
        area = page.findChild(QScrollArea)
        assert area is not None
        place = page.look.use_button.mapTo(area.viewport(), page.look.use_button.rect().bottomLeft())
        assert place.y() <= area.viewport().height()
