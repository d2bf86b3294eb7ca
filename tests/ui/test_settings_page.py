"""Settings take effect at once, stay after a restart, and keep no secret in sight."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.actions.checklists import checklists
from tests.facts import GRANNY
from tests.ui.laptop import PASSPHRASE, asked, enrolled, go, running, unlock
from ui import notices
from ui.bootstrap import Program
from ui.pages.settings import SettingsPage

NEW = "lidong zhengle baozi"


@pytest.fixture
def program(look: QApplication, tmp_path: Path) -> Iterator[Program]:
    with running(look, enrolled(tmp_path)) as made:
        unlock(made)
        yield made


@pytest.fixture
def page(program: Program) -> SettingsPage:
    go(program, "settings")
    assert program.window.workspace is not None
    found = program.window.workspace.page()
    assert isinstance(found, SettingsPage)
    return found


def test_the_phone_is_on_the_next_paper_and_stays(program: Program, page: SettingsPage) -> None:
    assert page.phone.text() == "15400001108"
    page.phone.setText("154 0000 7777")
    with notices.recorded() as heard:
        page.keep_button.click()
        assert program.tasks.wait_idle()
    assert [one.words for one in heard] == ["记下了，马上就用。"]
    made = asked(program, lambda desk: checklists.begin(desk, "DB", applicant=GRANNY))
    assert made.worker_phone == "15400007777"
    program.lock()
    unlock(program)
    assert asked(program, lambda desk: desk.worker_phone) == "15400007777"


def test_what_is_no_phone_is_refused_beside_it(program: Program, page: SettingsPage) -> None:
    page.phone.setText("12")
    page.keep_button.click()
    assert program.tasks.wait_idle()
    assert page.phone_field.error == "电话不像：手机 11 位，座机带区号。"
    assert asked(program, lambda desk: desk.worker_phone) == "15400001108"


def test_the_passphrase_is_changed_by_who_knows_the_old_one(program: Program, page: SettingsPage) -> None:
    card = page.passphrase
    card.old.setText("不是这个口令呀")
    card.first.setText(NEW)
    card.second.setText(NEW)
    card.button.click()
    assert program.tasks.wait_idle()
    assert "口令不对" in card.old_field.error
    card.old.setText(PASSPHRASE)
    card.button.click()
    assert program.tasks.wait_idle()
    assert card.first.text() == ""
    program.lock()
    unlock(program, PASSPHRASE)
    assert program.window.workspace is None
    unlock(program, NEW)
    assert program.window.workspace is not None


@pytest.mark.parametrize(
    ("old", "first", "second", "field", "said"),
    [
        ("", NEW, NEW, "old", "先打现在的口令。"),
        (PASSPHRASE, "", "", "passphrase", "还没打新口令。"),
        (PASSPHRASE, NEW, NEW + "x", "again", "两遍打得不一样，再打一遍。"),
        (PASSPHRASE, "duan", "duan", "passphrase", "口令太短"),
    ],
)
def test_a_bad_new_passphrase_is_told_in_its_box(
    program: Program, page: SettingsPage, old: str, first: str, second: str, field: str, said: str
) -> None:
    card = page.passphrase
    for box, text in ((card.old, old), (card.first, first), (card.second, second)):
        box.setText(text)
    card.button.click()
    assert program.tasks.wait_idle()
    fields = {one.name: one for one in (card.old_field, card.first_field, card.second_field)}
    assert fields[field].error.startswith(said)


def test_the_recovery_code_leaves_the_sight_with_the_page(program: Program, page: SettingsPage) -> None:
    page.recovery.make_button.click()
    assert program.tasks.wait_idle()
    code = page.recovery.code.code()
    assert len(code.split()) == 8
    assert page.recovery.print_button.isVisible()
    go(program, "today")
    assert page.recovery.code.code() == ""
    assert program.gate.recover("w-xiang", code).worker == "w-xiang"


def test_each_size_shows_itself(page: SettingsPage) -> None:
    sheets = [button.styleSheet() for button in page.letters.buttons]
    assert sheets == [f"font-size: {points}pt;" for points in (16, 19, 23)]


def test_about_tells_village_and_policy(page: SettingsPage) -> None:
    assert page.place.text().startswith("青石垭村 · 政策包：")
