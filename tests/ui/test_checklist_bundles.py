"""Several matters, somebody sent, the way, the day and the walks in vain, pointed at on the real page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.actions.desk import Desk
from app.domain.checklists.checklist import Going
from app.domain.people.identity import Sex
from app.domain.people.person import Disability, Person
from app.domain.tickets.ticket import Trip
from tests.desks import Clock
from tests.facts import GRANNY, person
from tests.ui.lists import begin, go_print, kept, lists_page, place, rows, settle
from tests.ui.village import GRANDSON, asked
from ui import notices, theme
from ui.pages.checklists import ChecklistsPage
from ui.tasks import Tasks
from ui.widgets.choice import ChoiceGroup

SON = "01900000-0000-7000-8000-0000000000aa"


@pytest.fixture
def page(tasks: Tasks, tmp_path: Path) -> Iterator[ChecklistsPage]:
    with lists_page(tasks, tmp_path, Clock()) as made:
        asked(tasks, made, _a_grown_son_and_a_disabled_boy)
        yield made


def _a_grown_son_and_a_disabled_boy(desk: Desk) -> None:
    boy = desk.store.reading.get(Person, GRANDSON)
    with desk.unit("roster") as unit:
        unit.save(person(id=SON, name="蒋志强", sex=Sex.MALE, relation="20", birth=date(1970, 1, 1)))
        unit.save(replace(boy, disabilities=(Disability(4, 1, "", date(2040, 1, 1)),)))


def choose(group: ChoiceGroup, *keys: str) -> None:
    group.set_values(keys)
    group.changed.emit()


def start(page: ChecklistsPage, *items: str) -> None:
    page.open(new=True, person=GRANNY)
    settle(page)
    choose(page.beginning.matters.items, *items)


def make(page: ChecklistsPage) -> None:
    assert page.primary is page.beginning.begin_button
    page.primary.click()
    settle(page)


def test_two_matters_of_a_child_are_one_list_that_says_who_wants_what(page: ChecklistsPage) -> None:
    start(page, "GE", "CH")
    matters = page.beginning.matters
    assert [one.option.words for one in matters.for_whom.buttons] == ["何子航 男 2017 年生"], "no grown-up"
    assert matters.for_whom.value() == GRANDSON, "the only child is meant"
    choose(matters.own["CH"], GRANDSON)
    make(page)
    made = kept(page)
    assert made.items == ("GE", "CH")
    assert made.bundled[0].beneficiary == GRANDSON
    assert page.title_label.text().endswith("孤儿基本生活费等 2 件")
    assert "一趟办 2 件：孤儿基本生活费、重度残疾人护理补贴。" in rows(page).head.text()
    book = next(row for row in rows(page).rows if row.name.text() == "全家户口簿")
    assert book.wants.text() == "孤儿基本生活费 2 份，重度残疾人护理补贴 1 份"


def test_what_excludes_each_other_is_said_at_once_and_cannot_be_made(page: ChecklistsPage) -> None:
    start(page, "GE", "CS")
    matters = page.beginning.matters
    assert matters.clash.isHidden(), "one is the boy's, the other hers"
    choose(matters.own["CS"], GRANDSON)
    assert "领孤儿费的孩子不领残疾人生活补贴" in matters.clash.lead.text()
    assert not page.beginning.begin_button.isEnabled()
    choose(matters.items, "GE")
    assert matters.clash.isHidden()
    assert page.beginning.begin_button.isEnabled()


def test_a_neighbour_is_sent_by_name_and_brings_his_papers(page: ChecklistsPage) -> None:
    start(page, "LS")
    goer = page.beginning.goer
    assert [one.option.words for one in goer.who.buttons] == ["蒋桂英自己去", "儿子蒋志强", "别人代办"]
    choose(goer.who, "other")
    assert not page.beginning.begin_button.isEnabled(), "somebody without a name cannot be sent"
    goer.called.setText("小军")
    goer.relation.setText("侄子")
    goer.called.changed.emit()
    make(page)
    sent = kept(page).goer
    assert (sent.role, sent.called, sent.relation) == (Going.AGENT, "小军", "侄子")
    assert "侄子 小军去。" in rows(page).head.text()
    names = [row.name.text() for row in rows(page).rows]
    assert {"代办人身份证", "委托书"} <= set(names)


def test_who_came_for_a_grown_up_is_the_one_she_sends(page: ChecklistsPage) -> None:
    page.open(new=True, person=SON, item="GL", beneficiary=GRANNY)
    settle(page)
    assert page.beginning.goer.who.value() == SON
    make(page)
    made = kept(page)
    assert (made.person, made.goer.called, made.goer.relation) == (GRANNY, "蒋先生", "儿子")


def test_the_bus_and_the_way_are_kept_and_there_the_next_time(page: ChecklistsPage) -> None:
    begin(page)
    form = place(page)
    form.boxes["bus"].setText("7:20 村口上车")
    first = form.way.rows[0]
    first.box.setText("村口坐车坐到头")
    first.box.editingFinished.emit()
    settle(page)
    office = kept(page).steps[0].place
    assert (office.bus, office.route[0].words) == ("7:20 村口上车", "村口坐车坐到头")
    begin(page)
    assert kept(page).steps[0].place.bus == "7:20 村口上车"


def test_words_too_long_for_the_paper_are_said_and_nothing_else_is_lost(page: ChecklistsPage) -> None:
    begin(page)
    form = place(page)
    before = kept(page).steps[0].place.route
    row = form.way.rows[0]
    row.box.setText("从村口的大樟树底下坐车坐到镇上")
    form.boxes["bus"].setText("7:20")
    form.keep()
    settle(page)
    assert row.field.error == "纸上最多 10 个字，写短一点。"
    assert (kept(page).steps[0].place.bus, kept(page).steps[0].place.route) == ("7:20", before)


def test_the_day_is_chosen_from_open_days_and_the_traps_follow(page: ChecklistsPage) -> None:
    begin(page, "CS", "")
    go_print(page)
    plan = page.printing.plan
    words = [one.option.words for one in plan.choice.buttons]
    assert words == ["20日 周五", "24日 周二", "25日 周三", "另选", "没定"]
    assert plan.choice.value() == "2026-11-24"
    assert plan.field.line.text() == "11月25日（周三）提醒您打电话，问办成了没有。纸上也写着。"
    choose(plan.choice, "other")
    assert plan.day is not None
    plan.day.set_value(date(2026, 11, 23))
    plan.day.doubted.emit(None)
    settle(page)
    assert kept(page).going_on == date(2026, 11, 23)
    assert any("赶集日" in trap.words for trap in page.printing.over.traps)
    assert plan.choice.value() == "2026-11-23"
    choose(plan.choice, "none")
    settle(page)
    assert (kept(page).going_on, kept(page).call_on) == (None, date(2026, 11, 25))


def test_what_is_there_already_may_be_left_off_the_paper(page: ChecklistsPage) -> None:
    begin(page)
    rows(page).rows[0].tick.buttons[0].click()
    settle(page)
    go_print(page)
    choose(page.printing.plan.held, "left")
    settle(page)
    assert not kept(page).show_held


def test_a_paper_that_may_follow_has_its_day_and_a_day_gone_by_is_refused(page: ChecklistsPage) -> None:
    begin(page, "LS", "")
    row = next(one for one in rows(page).rows if one.day is not None)
    assert row.day is not None
    row.day.set_value(date(2026, 12, 1))
    row.day.doubted.emit(None)
    settle(page)
    owed = [one.owed_until for one in kept(page).steps[0].papers if one.may_follow]
    assert date(2026, 12, 1) in owed
    row.day.set_value(date(2026, 11, 1))
    row.day.doubted.emit(None)
    settle(page)
    assert [one.owed_until for one in kept(page).steps[0].papers if one.may_follow] == owed


def test_a_walk_in_vain_is_told_from_the_list(page: ChecklistsPage) -> None:
    begin(page, "CS", "")
    page.trip_button.click()
    form = page.trip.form
    assert form is not None
    assert form.place.value() == "枫香镇政府"
    form.outcome.buttons[2].click()
    form.main.click()
    assert page.stack.currentWidget() is page.trip, "a walk in vain has a cause"
    form.cause.buttons[8].click()
    with notices.recorded() as heard:
        form.main.click()
        settle(page)
    assert [one.words for one in heard] == ["记下了。下一张清单更准。"]
    assert kept(page).trips == (Trip(date(2026, 11, 20), "枫香镇政府", "白跑了", "W09"),)
    assert page.stack.currentWidget() is page.builder


@pytest.mark.parametrize("size", list(theme.Size))
def test_no_view_of_it_widens_or_heightens_the_window(
    page: ChecklistsPage, look: QApplication, size: theme.Size
) -> None:
    theme.apply(look, theme.Theme(size))
    wide = 1190 if size is not theme.Size.EXTRA else 1154
    page.resize(wide, 600)
    start(page, "GE", "CH")
    choose(page.beginning.goer.who, "other")
    page.beginning.goer.called.setText("小军")
    page.beginning.goer.called.changed.emit()
    make(page)
    for act in (lambda: place(page), lambda: go_print(page), page.printing.back.emit, page.trip_button.click):
        act()
        settle(page)
        look.processEvents()
        assert (page.width(), page.height()) == (wide, 600)
        assert page.minimumSizeHint().width() <= wide
