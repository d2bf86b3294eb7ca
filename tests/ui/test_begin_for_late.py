"""A list for somebody who has died is begun by the one who goes, and names both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.actions.desk import Desk
from app.domain.people.person import Life, Person
from tests.desks import Clock
from tests.facts import GRANNY
from tests.ui.lists import kept, lists_page, settle
from tests.ui.village import GRANDSON, asked
from ui.pages.checklists import ChecklistsPage
from ui.tasks import Tasks

LATE = "01900000-0000-7000-8000-0000000000aa"


@pytest.fixture
def page(tasks: Tasks, tmp_path: Path) -> Iterator[ChecklistsPage]:
    with lists_page(tasks, tmp_path, Clock()) as page:
        yield page


def bury(desk: Desk) -> None:
    granny = desk.store.reading.get(Person, GRANNY)
    with desk.unit("death") as unit:
        unit.save(replace(granny, id=LATE, name="何国富", life=Life.DEAD, id_number=None, relation="10"))


def test_only_those_who_died_are_offered_and_the_list_is_for_one_of_them(page: ChecklistsPage) -> None:
    asked(page.tasks, page, bury)
    page.open(new=True, person=GRANNY, item="BZ")
    settle(page)
    begin = page.beginning
    assert begin.matters.late_card.isVisible()
    assert [button.option.key for button in begin.matters.late.buttons] == [LATE]
    assert begin.begin_button.isEnabled(), "the only one who died is chosen already"
    begin.begin_button.click()
    settle(page)
    made = kept(page)
    assert (made.person, made.beneficiary, made.item) == (GRANNY, LATE, "BZ")
    names = [paper.name for paper in made.steps[0].papers]
    assert {"逝者身份证", "经办人身份证"} <= set(names)


def test_where_nobody_died_in_the_register_the_list_is_begun_all_the_same(page: ChecklistsPage) -> None:
    page.open(new=True, person=GRANNY, item="BZ")
    settle(page)
    assert not page.beginning.matters.late_card.isVisible()
    assert page.beginning.begin_button.isEnabled()


def test_a_certificate_the_village_does_not_issue_has_a_list_too(page: ChecklistsPage) -> None:
    page.open(new=True, person=GRANNY, item="Z11")
    settle(page)
    assert page.beginning.matters.matters() == (("Z11", ""),)
    page.beginning.begin_button.click()
    settle(page)
    made = kept(page)
    assert (made.item, made.item_name) == ("Z11", "不用开死亡证明")
    assert made.beneficiary == "" != GRANDSON
