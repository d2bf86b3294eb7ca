"""Anybody is found as she types, all that is known stands on one page, and numbers stay covered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.actions.desk import Desk
from app.actions.visits import visits
from app.domain.people.household import Household
from app.domain.people.person import Life, Person
from app.domain.visits.visit import Met
from tests.facts import GRANNY, HOME, household, id_number, person
from tests.ui.conftest import compose
from tests.ui.village import GONE_HOME, GRANDSON, NAMESAKE, OTHER_HOME, asked, open_village
from ui import notices, theme
from ui.pages.households import HouseholdsPage
from ui.tasks import Tasks
from ui.widgets.chip import Chip
from ui.widgets.words import Button

Went = list[tuple[str, dict[str, object]]]


@pytest.fixture
def page(qtbot: QtBot, tasks: Tasks, tmp_path: Path) -> Iterator[HouseholdsPage]:
    made = HouseholdsPage(tasks)
    qtbot.addWidget(made)
    made.resize(1190, 628)
    open_village(tasks, made, tmp_path)
    made.show()
    made.open()
    assert tasks.wait_idle()
    yield made
    tasks.close(lambda desk: desk.store.close())


@pytest.fixture
def went(page: HouseholdsPage) -> Went:
    heard: Went = []
    page.navigate.connect(lambda name, params: heard.append((name, params)))
    return heard


def _open(page: HouseholdsPage, tasks: Tasks, **params: object) -> None:
    page.open(**params)
    assert tasks.wait_idle()


def _texts(page: HouseholdsPage) -> str:
    return "\n".join(label.text() for label in page.view.findChildren(QLabel))


def _chips(page: HouseholdsPage) -> list[str]:
    return [chip.text for chip in page.view.findChildren(Chip)]


def test_before_anything_is_typed_the_groups_are_offered(page: HouseholdsPage, tasks: Tasks) -> None:
    assert [row.title for row in page.list.list.rows()] == ["茶园组", "老屋组", "油榨坪组"]
    page.list.list.opened.emit("group:老屋组")
    assert tasks.wait_idle()
    assert [row.title for row in page.list.list.rows()] == ["回到所有的组", "老屋组", "田国富家", "蒋桂英家"]
    page.list.list.opened.emit("groups")
    assert len(page.list.list.rows()) == 3


def test_letters_still_under_composition_find_people(page: HouseholdsPage, tasks: Tasks) -> None:
    page.list.box.setFocus()
    compose(page.list.box, "j'g'y")
    page.search.again()
    assert tasks.wait_idle()
    rows = page.list.list.rows()
    assert [(row.title, row.marks) for row in rows] == [("蒋桂英", ((0, 3),)), ("蒋桂英", ((0, 3),))]
    assert page.list.line.text() == "同名 2 人，看清组和门牌号"
    assert page.list.count.text() == "2 人"
    assert rows[0].note != rows[1].note


def test_nobody_found_says_what_to_try(page: HouseholdsPage, tasks: Tasks) -> None:
    page.list.search_for("lgy")
    assert tasks.wait_idle()
    assert page.list.line.text() == "没有叫 lgy 的。少打一个字再试。"


def test_down_and_enter_open_the_first_without_a_mouse(
    page: HouseholdsPage, tasks: Tasks, qtbot: QtBot
) -> None:
    page.list.search_for("3013")
    assert tasks.wait_idle()
    qtbot.keyClick(page.list.box, Qt.Key.Key_Down)
    qtbot.keyClick(page.list.list, Qt.Key.Key_Return)
    assert tasks.wait_idle()
    assert page.view.title.text() in ("蒋桂英家", "彭冬秀家")
    assert page.side.currentWidget() is page.view


def test_one_page_shows_the_whole_family(page: HouseholdsPage, tasks: Tasks) -> None:
    _open(page, tasks, household=HOME)
    assert page.view.subtitle.text() == "茶园组 3号 · 2 口人"
    assert list(page.view.cards) == [GRANNY, GRANDSON]
    assert "户主 · 女 82岁" in _texts(page)
    assert {"隔代抚养", "154-0000 3013"} <= set(_chips(page))
    keys = [row.key.partition(":")[0] for row in page.view.busy.list.rows()]
    assert keys == ["tickets", "today"]
    assert "以镇、县审核为准" in _texts(page)


def test_a_person_or_a_search_key_opens_her_family(page: HouseholdsPage, tasks: Tasks) -> None:
    _open(page, tasks, key=GRANDSON)
    assert page.view.title.text() == "蒋桂英家"
    _open(page, tasks, person=NAMESAKE)
    assert page.view.subtitle.text().startswith("老屋组 12号")


def test_a_number_is_covered_until_it_is_asked_for_and_that_is_written_down(
    page: HouseholdsPage, tasks: Tasks
) -> None:
    _open(page, tasks, household=HOME)
    number = str(person().id_number)
    card = page.view.cards[GRANNY]
    assert number not in _texts(page)
    assert number[-4:] in card.number.text()
    with notices.recorded() as heard:
        card.show_button.click()
        assert tasks.wait_idle()
    assert card.number.text().replace(" ", "") == number
    assert heard[0].words == "已记下：您看了蒋桂英的身份证号。30 秒后遮上。"
    verbs = asked(tasks, page, lambda desk: [line.verb for line in desk.store.audit.lines(GRANNY)])
    assert verbs[-1] == "reveal id_number"
    page.leave()
    assert "*" in card.number.text()


def test_work_starts_from_the_family(page: HouseholdsPage, tasks: Tasks, went: Went) -> None:
    _open(page, tasks, household=HOME)
    assert page.primary is page.view.visit
    page.view.visit.click()
    page.view.checklist.click()
    page.view.policy.begun.emit("GE", GRANDSON)
    page.view.busy.list.opened.emit(page.view.busy.list.rows()[0].key)
    assert went[0] == ("visits", {"new": True, "household": HOME})
    assert went[1] == ("checklists", {"new": True, "person": GRANNY})
    assert went[2] == ("checklists", {"new": True, "person": GRANNY, "item": "GE", "beneficiary": GRANDSON})
    assert went[3][0] == "tickets"
    page.view.papers.click()
    assert went[4] == ("paperwork", {"household": HOME})


def test_a_long_name_and_a_long_way_to_the_door_are_read_whole(page: HouseholdsPage, tasks: Tasks) -> None:
    def rename(desk: Desk) -> None:
        with desk.unit("names") as unit:
            unit.save(household(door="对面坡上老粮站后头那栋没有门牌的两层小楼"))
            unit.save(person(name="欧阳买买提艾力"))

    tasks.run(page, rename)
    _open(page, tasks, household=HOME)
    assert page.view.title.text() == "欧阳买买提艾力家"
    assert page.view.title.width() >= page.view.title.sizeHint().width()
    assert not page.view.subtitle.isVisible()
    assert any("老粮站" in chip for chip in _chips(page)), "the door stands below, where it has room"


def test_a_household_without_its_head_says_so(page: HouseholdsPage, tasks: Tasks) -> None:
    def bury(desk: Desk) -> None:
        with desk.unit("death") as unit:
            unit.save(household(head=""))
            unit.save(person(life=Life.DEAD))

    tasks.run(page, bury)
    _open(page, tasks, household=HOME)
    assert page.view.title.text() == "茶园组 3号这家"
    assert "户主不在了，还没换" in _chips(page)
    assert list(page.view.cards) == [GRANDSON, GRANNY], "the dead stand last"
    assert "去世" in _chips(page)


def test_earlier_visits_unfold_and_open(page: HouseholdsPage, tasks: Tasks, went: Went) -> None:
    tasks.run(page, _seen_today)
    _open(page, tasks, household=HOME)
    busy = page.view.busy
    assert not busy.visits.isVisible()
    busy.records.click()
    (row,) = busy.visits.rows()
    assert row.title == "11月20日 月入户"
    busy.visits.opened.emit(row.key)
    assert went == [("visits", {"visit": row.key.removeprefix("visits:")})]


def _seen_today(desk: Desk) -> None:
    visit = visits.begin(desk, HOME, purpose="VP01")
    visits.finish(desk, replace(visit, met=Met.HOME, respondent=GRANNY, signatures=("蒋桂英", "向海燕")))


def test_a_household_that_moved_may_only_be_looked_at(page: HouseholdsPage, tasks: Tasks) -> None:
    _open(page, tasks, household=GONE_HOME)
    assert page.view.closed.lead.text() == "已迁出，只能看"
    assert not page.view.visit.isVisible()
    assert not page.view.checklist.isVisible()


def test_a_new_household_with_a_wrong_number_is_refused_at_the_number(
    page: HouseholdsPage, tasks: Tasks
) -> None:
    _open(page, tasks, new=True)
    assert page.form is not None
    page.form.number.set_value("439901195512033011")
    page.form.done.click()
    assert tasks.wait_idle()
    errors = {
        name: page.findChild(object, f"field:{name}") for name in ("group", "door", "name", "id_number")
    }
    assert all(getattr(field, "error", "") for field in errors.values())
    assert asked(tasks, page, lambda desk: desk.store.reading.count(Household)) == 4


def test_letters_offer_the_group(page: HouseholdsPage, tasks: Tasks, qtbot: QtBot) -> None:
    _open(page, tasks, new=True)
    assert page.form is not None
    group = page.form.group
    qtbot.keyClicks(group.box, "lw")
    offered = [button for button in group.buttons if button.isVisible()]
    assert [button.text() for button in offered] == ["老屋组"]
    offered[0].click()
    assert group.value() == "老屋组"
    assert not any(button.isVisible() for button in group.buttons)


def test_a_namesake_is_asked_about_before_anything_is_kept(page: HouseholdsPage, tasks: Tasks) -> None:
    _open(page, tasks, new=True)
    form = page.form
    assert form is not None
    form.group.set_value("老屋组")
    form.door.set_value("5号")
    form.name.set_value("蒋桂英")
    form.number.set_value(id_number(date(1980, 1, 1), 222))
    form.done.click()
    assert tasks.wait_idle()
    assert form.question.lead.text() == "老屋组 12号也有一位蒋桂英，61 岁。是同一个人吗？"
    assert asked(tasks, page, lambda desk: desk.store.reading.count(Household)) == 4
    with notices.recorded() as heard:
        form.no.click()
        assert tasks.wait_idle()
    assert [notice.words for notice in heard] == ["建好了，等着上传。"]
    assert page.view.subtitle.text() == "老屋组 5号 · 1 口人"


def test_the_one_who_is_here_already_is_opened_instead(page: HouseholdsPage, tasks: Tasks) -> None:
    _open(page, tasks, new=True)
    form = page.form
    assert form is not None
    form.group.set_value("老屋组")
    form.door.set_value("5号")
    form.name.set_value("桂英")
    form.number.set_value(str(person().id_number))
    form.done.click()
    assert tasks.wait_idle()
    assert form.no.text() == "不是，证号先空着"
    form.yes.click()
    assert tasks.wait_idle()
    assert page.view.family is not None
    assert page.view.family.household.id == HOME
    assert asked(tasks, page, lambda desk: desk.store.reading.count(Person)) == 5


def test_the_largest_letters_show_one_pane_and_a_way_back(
    page: HouseholdsPage, tasks: Tasks, look: QApplication
) -> None:
    theme.apply(look, theme.Theme(theme.Size.EXTRA))
    page.resize(1154, 610)
    look.processEvents()
    assert page.list.isVisible()
    assert not page.side.isVisible()
    page.list.search_for("jgy")
    assert tasks.wait_idle()
    assert {row.chip for row in page.list.list.rows()} == {"茶园组 3号", "老屋组 12号"}, "still told apart"
    page.list.chosen.emit(OTHER_HOME)
    assert tasks.wait_idle()
    look.processEvents()
    assert not page.list.isVisible()
    assert page.minimumSizeHint().width() <= 1154
    page.view.return_button.click()
    assert page.list.isVisible()


def test_everything_that_takes_the_focus_has_a_name(page: HouseholdsPage, tasks: Tasks) -> None:
    _open(page, tasks, household=HOME)
    for button in (one for one in page.findChildren(Button) if one.isVisible()):
        assert button.text() or button.accessibleName()
    number = str(person().id_number)
    for widget in page.view.findChildren(QLabel):
        assert number not in widget.accessibleName()
    assert page.list.box.accessibleName()
    assert page.list.list.accessibleName()
