"""走访 opens with whom to see: one tap begins a visit, a missed one wants a reason, the day has an order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.actions import form_drafts
from app.actions.visits import day_plan, plan
from app.domain.visits.missed import MissedVisit
from app.domain.visits.pairing import Pairing
from tests.facts import HOME
from tests.ui.conftest import compose
from tests.ui.fitting import cut
from tests.ui.village import LONE_HOME, OTHER_HOME, asked, open_village
from tests.ui.visiting import opened_page
from ui import theme
from ui.pages.visits import VisitsPage
from ui.tasks import Tasks
from ui.widgets.scroll import lay_out
from ui.widgets.words import Button
from ui.workspace import Workspace


@pytest.fixture
def page(qtbot: QtBot, tasks: Tasks, tmp_path: Path) -> Iterator[VisitsPage]:
    """The plan of a handful of families: 彭冬秀 of 94 alone, and a household on 低保."""
    for made in opened_page(qtbot, tasks, tmp_path):
        made.open()
        assert tasks.wait_idle()
        yield made


@pytest.fixture
def space(qtbot: QtBot, page: VisitsPage) -> Workspace:
    """The page beside the rail, under the top bar, in a window that may be too small."""
    made = Workspace({"visits": lambda: page}, village="青石垭村", worker="向海燕")
    qtbot.addWidget(made)
    made.setMinimumSize(900, 600)
    made.show()
    made.go("visits")
    return made


def _settle(page: VisitsPage) -> None:
    """What was asked for is there, and every card that grew has moved those below it."""
    assert page.tasks.wait_idle()
    for _ in range(3):
        lay_out()
        QApplication.processEvents()


def _rows(page: VisitsPage) -> dict[str, Any]:
    return {row.key: row for row in page.plan.due.list.rows() if not row.heading}


def test_whoever_is_owed_a_visit_stands_there_by_hamlet_with_the_reason(page: VisitsPage) -> None:
    rows = page.plan.due.list.rows()
    assert [row.title for row in rows if row.heading] == ["油榨坪组 · 1 户", "老屋组 · 1 户"]
    lone = _rows(page)[LONE_HOME]
    assert (lone.title, lone.chip) == ("彭冬秀家", "今天")
    assert "高风险探访" in lone.note
    assert page.plan.tabs.buttons[0].text() == "该去的 2"
    assert page.plan.stop.why.isVisible()


def test_one_tap_begins_the_visit_with_its_purpose(page: VisitsPage) -> None:
    assert page.primary is page.plan.stop.visit
    page.plan.stop.visit.click()
    assert page.tasks.wait_idle()
    assert page.writing is not None
    visit = page.writing.form.session.visit
    assert (visit.household, visit.purpose, visit.origin) == (LONE_HOME, "VP07", "plan")


def test_the_keyboard_begins_at_whom_to_see(page: VisitsPage, space: Workspace) -> None:
    page.open()
    assert page.tasks.wait_idle()
    rows = page.plan.due.list
    assert space.focusWidget() is rows
    assert rows.current_key() == LONE_HOME
    QTest.keyClick(rows, Qt.Key.Key_Return)
    assert space.focusWidget() is page.plan.stop.visit


def test_what_is_looked_at_can_be_narrowed(page: VisitsPage) -> None:
    kinds = page.plan.due.kinds
    next(button for button in kinds.buttons if button.option.key == "month").click()
    assert list(_rows(page)) == [OTHER_HOME]
    next(button for button in kinds.buttons if button.option.key == "pressing").click()
    assert list(_rows(page)) == [LONE_HOME]


def test_a_visit_not_made_is_told_by_pointing_and_comes_back_on_its_day(page: VisitsPage) -> None:
    stop = page.plan.stop
    stop.why_not.click()
    filled = [one for one in page.findChildren(Button) if one.property("role") == "main" and one.isVisible()]
    assert filled == [stop.missed.keep] == [page.primary]
    assert not stop.visit.isVisible(), "nobody goes where she says why nobody went"
    assert stop.missed.keep.parentWidget() is stop.visit.parentWidget(), "in sight however long the reasons"
    stop.missed.leave.click()
    assert page.primary is stop.visit
    stop.why_not.click()
    stop.missed.keep.click()
    assert page.tasks.wait_idle()
    assert stop.missed.why.line.text() == "点一下为什么没去成。"
    next(button for button in stop.missed.reasons.buttons if button.option.key == "road").click()
    next(button for button in stop.missed.when.buttons if button.option.key == "2").click()
    stop.missed.keep.click()
    assert page.tasks.wait_idle()
    (kept,) = asked(page.tasks, page, lambda desk: list(desk.store.reading.each(MissedVisit)))
    today = asked(page.tasks, page, lambda desk: desk.today)
    assert (kept.household, kept.why, kept.again_on) == (LONE_HOME, "road", today + timedelta(days=2))
    assert _rows(page)[LONE_HOME].chip == "11月22日再去"
    assert list(_rows(page)) == [OTHER_HOME, LONE_HOME], "who was put off stands last"


def test_the_day_is_put_in_order_and_stays_so(page: VisitsPage) -> None:
    page.plan.show_tab("today")
    day = page.plan.day
    assert [row.key for row in day.list.rows()] == [LONE_HOME, OTHER_HOME]
    day.list.choose(OTHER_HOME)
    day.earlier.click()
    assert page.tasks.wait_idle()
    assert [row.key for row in day.list.rows()] == [OTHER_HOME, LONE_HOME]
    assert day.list.current_key() == OTHER_HOME
    kept = asked(page.tasks, page, lambda desk: day_plan.day_plan(desk, desk.today))
    assert (kept.order, kept.own) == ((OTHER_HOME, LONE_HOME), True)
    day.off.click()
    assert page.tasks.wait_idle()
    assert [row.key for row in day.list.rows()] == [LONE_HOME]
    gone: list[tuple[str, dict[str, Any]]] = []
    page.navigate.connect(lambda name, params: gone.append((name, params)))
    day.print_button.click()
    assert (gone[0][0], gone[0][1]["document"], gone[0][1]["subject"]) == ("paper", "day plan", "2026-11-20")


def test_who_stands_by_a_family_is_put_down_on_the_spot(page: VisitsPage) -> None:
    card = page.plan.stop.pairing
    card.change.click()
    card.keep.click()
    assert page.tasks.wait_idle()
    compose(card.helper, "", "田干部")
    compose(card.unit, "", "镇农业办")
    card.keep.click()
    assert page.tasks.wait_idle()
    (kept,) = asked(page.tasks, page, lambda desk: desk.store.reading.where(Pairing, household=LONE_HOME))
    assert kept.words == "镇农业办 田干部"
    assert card.who.text() == "镇农业办 田干部"


def test_how_far_the_month_is_and_whom_to_see_of_the_five_groups(page: VisitsPage) -> None:
    page.plan.show_tab("cover")
    assert page.tasks.wait_idle()
    cover = page.plan.cover
    rows = {row.key: row for row in cover.list.rows()}
    assert rows["line:VP01"].note.endswith("应访 1 户，已访 0 户")
    cover.list.opened.emit("line:VP01")
    assert any(row.key == f"home:{OTHER_HOME}" for row in cover.list.rows())
    assert rows["group:minor"].note == "1 人，1 户"
    cover.list.pressed.emit("group:minor")
    assert page.tasks.wait_idle()
    planned = asked(page.tasks, page, plan.plan)
    assert any(todo.purpose == "VP18" for stop in planned.stops for todo in stop.todos)
    assert {row.key: row for row in cover.list.rows()}["group:minor"].button == ""


def test_whoever_is_owed_nothing_can_be_planned_too(page: VisitsPage) -> None:
    page.open(at=HOME)
    assert page.tasks.wait_idle()
    stop = page.plan.stop
    assert stop.about.title.text() == "蒋桂英家"
    assert not stop.why_not.isVisible(), "where nothing is owed nothing was missed"
    stop.task.begin_button.click()
    stop.task.keep.click()
    assert page.tasks.wait_idle()
    next(button for button in stop.task.kinds.buttons if button.option.key == "VP15").click()
    compose(stop.task.why, "", "屋顶被掀了")
    stop.task.keep.click()
    assert page.tasks.wait_idle()
    assert _rows(page)[HOME].chip == "还有 1 天"


@pytest.mark.parametrize("sized", list(theme.Size), indirect=True)
def test_every_tab_shows_all_its_words(sized: theme.Size, page: VisitsPage, space: Workspace) -> None:
    for window in ((1366, 696), (1093, 614), (900, 600)):
        space.resize(*window)
        for tab in ("due", "today", "drafts", "done", "cover"):
            page.plan.show_tab(tab)
            _settle(page)
            assert not cut(page), (sized.word, window, tab)
            assert page.plan.geometry().bottom() <= page.height(), (sized.word, window, tab)
        page.plan.show_tab("due")
        page.plan.due.list.opened.emit(LONE_HOME)
        page.plan.stop.why_not.click()
        _settle(page)
        assert not cut(page), (sized.word, window, "one household")
        filled = [
            one for one in page.findChildren(Button) if one.isVisible() and one.property("role") == "main"
        ]
        assert len(filled) == 1


def test_what_was_begun_of_a_family_stands_there_again(qtbot: QtBot, page: VisitsPage) -> None:
    stop = page.plan.stop
    stop.why_not.click()
    next(button for button in stop.missed.reasons.buttons if button.option.key == "other").click()
    compose(stop.missed.note_line, "", "桥断了")
    page.leave()
    assert page.tasks.wait_idle()
    again = VisitsPage(page.tasks)
    qtbot.addWidget(again)
    again.resize(1190, 628)
    again.show()
    again.open()
    assert page.tasks.wait_idle()
    missed = again.plan.stop.missed
    assert (missed.reasons.value(), missed.note_line.value()) == ("other", "桥断了")
    missed.keep.click()
    assert page.tasks.wait_idle()
    assert asked(page.tasks, page, lambda desk: form_drafts.begun(desk, form_drafts.ROUND)) == ()
    assert not again.plan.stop.missed.why.isVisible()


def test_an_empty_village_leads_from_the_plan_to_its_register(
    qtbot: QtBot, tasks: Tasks, tmp_path: Path
) -> None:
    empty = VisitsPage(tasks)
    qtbot.addWidget(empty)
    open_village(tasks, empty, tmp_path, furnished=False)
    empty.open()
    assert tasks.wait_idle()
    gone: list[tuple[str, dict[str, Any]]] = []
    empty.navigate.connect(lambda where, params: gone.append((where, params)))
    assert empty.plan.due.empty.button.text() == "从表格导入"
    empty.plan.due.empty.button.click()
    assert gone == [("import", {})]
    tasks.close(lambda desk: desk.store.close())
