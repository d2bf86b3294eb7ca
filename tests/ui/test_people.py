"""Who may open this computer, through the real window: colleagues, keys made anew, the county's answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backends import fail
from PySide6.QtWidgets import QApplication, QFileDialog

from app.vault import escrow as papers
from sync.server import escrow, key_files
from sync.server.postgres import connect
from tests.sync.county import AT, COUNTY, County
from tests.ui.laptop import PASSPHRASE, enrolled, go, running, unlock
from tests.unit.vault.test_device_secret import Ring
from ui.bootstrap import Program
from ui.pages.ask_county import AskCounty
from ui.pages.audit import AuditPage
from ui.pages.changing_keys import ChangingKeys
from ui.pages.recover import RecoverPage
from ui.pages.settings import SettingsPage
from ui.pages.unlock import UnlockPage

HERS = "shui kai de lanzhou"


@pytest.fixture
def program(look: QApplication, tmp_path: Path) -> Iterator[Program]:
    with running(look, enrolled(tmp_path)) as made:
        unlock(made)
        yield made


def settings(program: Program) -> SettingsPage:
    go(program, "settings")
    assert program.window.workspace is not None
    found = program.window.workspace.page()
    assert isinstance(found, SettingsPage)
    return found


def let_in(program: Program, name: str, role: str) -> None:
    card = settings(program).people
    card.add_button.click()
    card.new_person.name.setText(name)
    card.new_person.role.set_value(role)
    card.new_person.first.setText(HERS)
    card.new_person.second.setText(HERS)
    card.new_person.button.click()
    assert program.tasks.wait_idle()


def unlock_as(program: Program, place: int, words: str) -> None:
    page = program.window.centralWidget()
    assert isinstance(page, UnlockPage)
    page.who.cards[place].click()  # type: ignore[union-attr]  # two workers are shown as cards
    page.box.setText(words)
    page.open_button.click()
    assert program.tasks.wait_idle()


def test_a_colleague_let_in_opens_with_her_own_words(program: Program) -> None:
    let_in(program, "田干部", "officer")
    card = settings(program).people
    assert card.rows.count() == 2
    assert card.new_person.first.text() == ""
    program.lock()
    unlock_as(program, 1, HERS)
    assert program.window.workspace is not None
    assert program.window.workspace.top.user.text() == "田干部"


def test_passphrases_that_differ_are_said_beside_the_box(program: Program) -> None:
    card = settings(program).people
    card.add_button.click()
    card.new_person.name.setText("田干部")
    card.new_person.first.setText(HERS)
    card.new_person.second.setText(HERS + "x")
    card.new_person.button.click()
    assert "不一样" in card.new_person.second_field.error
    assert card.rows.count() == 1


def test_an_auditor_stands_before_the_log_and_no_other_door_to_write(program: Program) -> None:
    let_in(program, "审计小组", "auditor")
    program.lock()
    unlock_as(program, 1, HERS)
    space = program.window.workspace
    assert space is not None
    page = space.page()
    assert isinstance(page, AuditPage)
    assert program.tasks.wait_idle()
    assert any(row.title.startswith("开锁") for row in page.list.rows())
    assert not {"today", "import", "sync"} & set(space.rail.keys)


def test_the_key_is_changed_behind_the_lock_and_everybody_still_opens(program: Program) -> None:
    let_in(program, "田干部", "officer")
    before = program.keeper.opened
    card = settings(program).people
    card.change_button.click()
    card.confirm.do.click()
    assert program.tasks.wait_idle(20_000)
    page = program.window.centralWidget()
    assert isinstance(page, ChangingKeys)
    assert page.note.lead.text() == "钥匙换好了。"
    page.button.click()
    unlock_as(program, 1, HERS)
    assert program.keeper.opened is not None
    assert before is not None
    assert program.keeper.opened.key != before.key


def test_who_is_taken_out_is_asked_about_first(program: Program) -> None:
    let_in(program, "田干部", "officer")
    card = settings(program).people
    every = card.findChildren(type(card.add_button))
    out = next(one for one in every if one.accessibleName() == "去掉田干部")
    out.click()
    assert not card.confirm.isHidden()
    card.confirm.keep.click()
    assert card.rows.count() == 2
    out.click()
    card.confirm.do.click()
    assert program.tasks.wait_idle()
    assert card.rows.count() == 1
    assert "换一把钥匙" in card.note.text.text()


def ask_page(program: Program) -> AskCounty:
    """From the lock over 忘了口令 to the page that asks the county."""
    lock = program.window.centralWidget()
    assert isinstance(lock, UnlockPage)
    lock.forgot.click()
    sheet = program.window.centralWidget()
    assert isinstance(sheet, RecoverPage)
    sheet.county_button.click()
    page = program.window.centralWidget()
    assert isinstance(page, AskCounty)
    return page


def test_the_county_opens_what_nobody_can_open_any_more(
    look: QApplication, county_server: County, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, question, answer = tmp_path / "county.key", tmp_path / "ask.json", tmp_path / "answer.json"
    with connect(county_server.database) as connection:
        escrow.make_key(connection, COUNTY, key, "xian li de yaoshi", AT)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(question), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(answer), ""))
    with running(look, enrolled(tmp_path, county_server.enrol().identity)) as program:
        unlock(program)
        settings(program).recovery.make_button.click()
        assert program.tasks.wait_idle()
        program.lock()
        page = ask_page(program)
        page.ask_button.click()
        assert "为什么" in page.why_field.error
        page.why.setText("纸淋湿了")
        page.ask_button.click()
        assert program.tasks.wait_idle()
        private = key_files.read_escrow(key, "xian li de yaoshi")
        with connect(county_server.database) as connection:
            asked = papers.question_in(question.read_bytes())
            answer.write_bytes(escrow.answer(connection, asked, private, "田干部", "见了本人", AT))
        page.answer_button.click()
        assert program.tasks.wait_idle()
        assert program.keeper.recovered
        change_passphrase(program, HERS)
        program.lock()
        unlock(program, PASSPHRASE)
        assert program.window.workspace is None
        unlock(program, HERS)
        assert program.window.workspace is not None


def change_passphrase(program: Program, words: str) -> None:
    """She stands before the settings already: a new passphrase comes first."""
    assert program.window.workspace is not None
    found = program.window.workspace.page()
    assert isinstance(found, SettingsPage)
    found.passphrase.first.setText(words)
    found.passphrase.second.setText(words)
    found.passphrase.button.click()
    assert program.tasks.wait_idle()


def test_a_passphrase_bound_to_the_computer_opens_on_no_other(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring = Ring()
    monkeypatch.setattr(keyring, "get_keyring", lambda: ring)
    card = settings(program).passphrase
    assert program.tasks.wait_idle()
    assert not card.bound.isHidden()
    card.old.setText(PASSPHRASE)
    card.first.setText(HERS)
    card.second.setText(HERS)
    card.bound.set_values(["bound"])
    card.button.click()
    assert program.tasks.wait_idle()
    program.lock()
    monkeypatch.setattr(keyring, "get_keyring", fail.Keyring)
    unlock(program, HERS)
    page = program.window.centralWidget()
    assert isinstance(page, UnlockPage)
    assert "绑在另一台电脑" in page.note.lead.text()
    monkeypatch.setattr(keyring, "get_keyring", lambda: ring)
    unlock(program, HERS)
    assert program.window.workspace is not None
