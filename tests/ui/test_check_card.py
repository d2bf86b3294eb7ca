"""查一查资料好不好, through the real window: how far it is, all is well, or what is wrong and what to do."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.actions.desk import Desk
from app.actions.entry.gate import Opened
from app.actions.safekeeping import checking
from app.domain.checkup import Checked, Step
from tests.facts import GRANNY
from tests.ui.laptop import asked, enrolled, go, running, unlock
from ui.bootstrap import Program
from ui.forms.safekeeping.check_card import CheckCard
from ui.pages.settings import SettingsPage
from ui.widgets.banner import Note

UNFINISHED = ("info", "没有查完。", "资料没有动，什么时候再查都行。")


@pytest.fixture
def program(look: QApplication, tmp_path: Path) -> Iterator[Program]:
    with running(look, enrolled(tmp_path)) as made:
        unlock(made)
        yield made


def card_of(program: Program) -> CheckCard:
    go(program, "settings")
    assert program.window.workspace is not None
    page = program.window.workspace.page()
    assert isinstance(page, SettingsPage)
    return page.check


def pressed(program: Program) -> list[tuple[str, str, str]]:
    """Tone, first sentence and the rest of every note, once it has been looked over."""
    card = card_of(program)
    card.button.click()
    assert not card.button.isEnabled()
    assert program.tasks.wait_idle(20_000)
    assert card.button.isEnabled()
    assert not card.bar.isVisible()
    return notes(card)


def notes(card: CheckCard) -> list[tuple[str, str, str]]:
    found = (card.notes.itemAt(place).widget() for place in range(card.notes.count()))
    return [
        (str(one.property("note")), one.lead.text(), one.text.text())
        for one in found
        if isinstance(one, Note)
    ]


def damage(program: Program, statement: str) -> None:
    def work(desk: Desk) -> None:
        desk.store._db.execute(statement, [GRANNY])

    asked(program, work)


def test_all_is_well_with_how_much_was_looked_at(program: Program) -> None:
    records = asked(program, lambda desk: desk.store.proof.count("record"))
    ((tone, lead, text),) = pressed(program)
    assert tone == "ok"
    assert lead.startswith(f"都好。查了 {records} 条记录，")
    assert lead.endswith(" 页。")
    assert "校验码" in text


def test_what_is_wrong_is_said_with_what_to_do(program: Program) -> None:
    damage(program, "UPDATE record SET body = json_set(body, '$.relation', '03') WHERE id = ?")
    ((tone, lead, text),) = pressed(program)
    assert (tone, lead) == ("bad", "1 条记录和存的时候不一样：蒋桂英。")
    assert "告诉县里" in text


def test_an_index_made_anew_is_no_bad_news(program: Program) -> None:
    damage(program, "DELETE FROM found WHERE record = ?")
    (first, second) = pressed(program)
    assert first[:2] == ("info", "查找用的目录和资料对不上，已经重做好了。")
    assert second[0] == "ok"
    assert second[1].startswith("别的都好。")
    ((tone, _, _),) = pressed(program)
    assert tone == "ok"


def test_how_far_it_is_moves_one_bar_through_all_parts(program: Program) -> None:
    card = card_of(program)
    card._step(Step(4, 7, "每一条记录", 50))
    assert card.bar.label.text() == "第 4 样，共 7 样：每一条记录 50%"
    assert (card.bar.bar.value(), card.bar.bar.maximum()) == (350, 700)
    card.bar.finish()


@pytest.fixture
def endless(monkeypatch: pytest.MonkeyPatch) -> None:
    """A check that ends only when it is told to."""

    def check(desk: Desk, keys: Path, opened: Opened, progress: Callable[[Step], None]) -> Checked:
        while True:
            progress(Step(1, 8, "每一页"))
            time.sleep(0.01)

    monkeypatch.setattr(checking, "check", check)


def test_what_was_found_leaves_the_sight_with_the_page(program: Program) -> None:
    pressed(program)
    card = card_of(program)
    go(program, "today")
    assert notes(card) == []


def test_locking_in_the_middle_leaves_nothing_behind(program: Program) -> None:
    card_of(program).button.click()
    program.lock()
    unlock(program)
    ((tone, _, _),) = pressed(program)
    assert tone == "ok"


@pytest.mark.usefixtures("endless")
def test_it_can_be_stopped_and_says_that_nothing_was_changed(program: Program) -> None:
    card = card_of(program)
    card.button.click()
    assert card.stop_button.isVisible()
    card.stop_button.click()
    assert program.tasks.wait_idle(20_000)
    assert notes(card) == [UNFINISHED]
    assert not card.stop_button.isVisible()
    assert card.button.isEnabled()


@pytest.mark.usefixtures("endless")
def test_no_other_page_waits_for_it(program: Program) -> None:
    card = card_of(program)
    card.button.click()
    go(program, "today")
    assert card_of(program) is card
    assert notes(card) == [UNFINISHED], "whoever comes back is told"


@pytest.mark.usefixtures("endless")
def test_locking_does_not_wait_for_it(program: Program) -> None:
    card_of(program).button.click()
    program.lock()
    assert program.tasks.idle
