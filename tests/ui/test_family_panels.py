"""A member, a grant and an end are written down over the family's page, by pointing, and kept over a lock."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.actions.desk import Desk
from app.actions.village import benefits
from app.domain.people.household import Household
from app.domain.people.person import Person
from tests.facts import HOME
from tests.ui.conftest import compose
from tests.ui.village import GRANDSON, asked, open_village
from ui import theme
from ui.forms.households.grant_panel import EndPanel, GrantPanel
from ui.forms.households.member_form import MemberForm
from ui.pages.households import HouseholdsPage
from ui.tasks import Tasks
from ui.widgets.field import Field
from ui.widgets.words import Button


@pytest.fixture
def page(qtbot: QtBot, tasks: Tasks, tmp_path: Path) -> Iterator[HouseholdsPage]:
    made = HouseholdsPage(tasks)
    qtbot.addWidget(made)
    made.resize(1190, 628)
    open_village(tasks, made, tmp_path)
    made.show()
    made.open(household=HOME)
    settle(made)
    yield made
    tasks.close(lambda desk: desk.store.close())


def settle(page: HouseholdsPage) -> None:
    for _ in range(3):
        assert page.tasks.wait_idle()


def press(page: HouseholdsPage, said: str) -> None:
    button = next(one for one in page.findChildren(Button) if one.text() == said and one.isVisible())
    button.click()
    settle(page)


def at_home(desk: Desk) -> tuple[Person, ...]:
    return desk.store.reading.where(Person, household=HOME)


def do(page: HouseholdsPage, work: Any) -> Any:
    found = asked(page.tasks, page, work)
    settle(page)
    return found


def words(page: HouseholdsPage) -> str:
    return "\n".join(one.text() for one in page.findChildren(QLabel) if one.isVisible())


def test_a_newborn_is_added_in_the_kitchen(page: HouseholdsPage) -> None:
    press(page, "家里添一个人")
    form = page.panels.panel
    assert isinstance(form, MemberForm)
    compose(form.name, "", "何子豪")
    form.sex.buttons[1].click()
    for box, text in ((form.birth.year, "2026"), (form.birth.month, "11"), (form.birth.day, "2")):
        box.setText(text)
    next(one for one in form.relation.buttons if one.text() == "孙子").click()
    assert page.primary is form.main
    page.primary.click()
    settle(page)
    assert {one.name for one in do(page, at_home)} == {"蒋桂英", "何子航", "何子豪"}
    assert "何子豪" in words(page)


def test_what_is_missing_is_said_where_it_is_missing(page: HouseholdsPage) -> None:
    press(page, "家里添一个人")
    press(page, "添上")
    form = page.panels.panel
    assert isinstance(form, MemberForm)
    wrong = {one.name for one in form.findChildren(Field) if one.error}
    assert {"name", "sex", "birth", "relation"} <= wrong
    assert len(do(page, at_home)) == 2


def test_whoever_is_here_already_can_be_opened_instead(page: HouseholdsPage) -> None:
    press(page, "家里添一个人")
    form = page.panels.panel
    assert isinstance(form, MemberForm)
    compose(form.name, "", "何子航")
    form.number.set_value("")
    form.sex.buttons[1].click()
    for box, text in ((form.birth.year, "2017"), (form.birth.month, "9"), (form.birth.day, "2")):
        box.setText(text)
    form.relation.set_value("41")
    press(page, "添上")
    assert form.question.isVisible()
    form.yes.click()
    settle(page)
    assert page.side.currentWidget() is page.view


def test_a_known_number_stays_covered_while_facts_are_put_right(page: HouseholdsPage) -> None:
    page.view.cards[GRANDSON].edit_button.click()
    settle(page)
    form = page.panels.panel
    assert isinstance(form, MemberForm)
    boy = next(one for one in do(page, at_home) if one.id == GRANDSON)
    assert form.number.value() == ""
    assert boy.id_number not in words(page)
    form.illness.buttons[2].click()
    form.father.state.set_value("dead")
    press(page, "改好了")
    after = next(one for one in do(page, at_home) if one.id == GRANDSON)
    assert (after.severe_illness, after.id_number) == (True, boy.id_number)
    assert [one.state.value for one in after.parents] == ["dead"]


def test_what_was_typed_is_there_again_after_going_elsewhere(page: HouseholdsPage) -> None:
    press(page, "家里添一个人")
    form = page.panels.panel
    assert isinstance(form, MemberForm)
    compose(form.name, "", "何子豪")
    press(page, "先不填")
    press(page, "家里添一个人")
    again = page.panels.panel
    assert isinstance(again, MemberForm)
    assert again.name.value() == "何子豪"


def test_a_grant_for_the_whole_family_and_its_end(page: HouseholdsPage) -> None:
    press(page, "批下来了，记一笔")
    panel = page.panels.panel
    assert isinstance(panel, GrantPanel)
    panel.choose("DB")
    assert not panel.who_field.isVisible()
    panel.month.buttons[0].click()
    press(page, "记到户上")
    assert do(page, lambda desk: desk.store.reading.get(Household, HOME)).classes == ("DB",)
    assert "最低生活保障" in words(page)
    press(page, "停了")
    end = page.panels.panel
    assert isinstance(end, EndPanel)
    end.month.buttons[0].click()
    end.why.buttons[0].click()
    press(page, "记成停了")
    assert do(page, lambda desk: desk.store.reading.get(Household, HOME)).classes == ()
    assert len(do(page, lambda desk: benefits.of_household(desk, HOME))) == 2


def test_a_grant_to_one_child_tells_its_ticket(page: HouseholdsPage) -> None:
    press(page, "批下来了，记一笔")
    panel = page.panels.panel
    assert isinstance(panel, GrantPanel)
    panel.choose("GE")
    assert "上也记一笔" in panel.item_field.line.text()
    panel.who.buttons[1].click()
    panel.month.buttons[0].click()
    panel.money.box.setText("1100")
    press(page, "记到户上")
    (made,) = do(page, lambda desk: benefits.of_household(desk, HOME))
    assert (made.people, made.monthly_fen) == ((GRANDSON,), 110_000)
    assert made.ticket


@pytest.mark.parametrize("sized", [23], indirect=True)
def test_no_panel_scrolls_sideways_at_the_largest_letters(sized: theme.Size, page: HouseholdsPage) -> None:
    from PySide6.QtWidgets import QScrollArea

    for said in ("家里添一个人", "批下来了，记一笔"):
        press(page, said)
        panel = page.panels.panel
        assert panel is not None
        for area in panel.findChildren(QScrollArea):
            assert area.horizontalScrollBar().maximum() == 0, said
        press(page, "先不填")
