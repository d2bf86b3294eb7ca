"""For many at once: what is clean is ticked, what is not is named and left out until she ticks it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.actions.checklists import checklists, print_queue
from app.actions.checklists.print_together import Standing
from app.actions.desk import Desk
from app.domain.checklists.checklist import Place
from app.domain.checklists.print_job import JobState
from tests.printers import USUAL, Printers, needs_printers
from tests.ui.test_printing_page import page, settle
from tests.ui.village import GRANNY, LONE, asked
from ui import theme
from ui.forms.checklists.together_choose import WHOLE_VILLAGE
from ui.pages.printing import PrintingPage

__all__ = ["page"]
WHOLE = Place("镇政府", window="3", person="田干部", phone="15400002201", morning="8:30–12:00")


def whole(page: PrintingPage, applicant: str, item: str, *, gap: bool = False) -> None:
    """A list whose places are known; with `gap` but for one."""

    def work(desk: Desk) -> None:
        made = checklists.begin(desk, item, applicant=applicant)
        for number in range(len(made.steps)):
            checklists.set_place(desk, made.id, number, Place("镇政府") if gap and not number else WHOLE)

    asked(page.tasks, page, work)


def choose(page: PrintingPage, item: str, group: str) -> None:
    page.open(together=True)
    settle(page)
    page.choose.items.set_value(next(key for key, name in page.choose._names.items() if name == item))
    page.choose.items.changed.emit()
    page.choose.groups.set_value(group if group != "全村" else WHOLE_VILLAGE)
    page.choose.groups.changed.emit()
    page.choose.go_button.click()
    settle(page)


def chips(page: PrintingPage) -> dict[str, str]:
    return {row.title: row.chip for row in page.pick.rows.rows()}


def test_a_matter_and_a_group_lead_to_people(page: PrintingPage) -> None:
    page.open(together=True)
    settle(page)
    assert not page.choose.go_button.isEnabled()
    page.choose.groups.buttons[0].click()
    page.choose.items.kinds.buttons[0].click()
    assert page.choose.go_button.isEnabled(), "the lists already made are one click"
    assert page.choose.words() == "做过的单子 · 全村"
    choose(page, "高龄津贴", "油榨坪组")
    assert page.stack.currentWidget() is page.pick
    assert page.title_label.text() == "高龄津贴 · 油榨坪组"
    assert chips(page) == {"彭冬秀（油榨坪组 4号）高龄津贴": "还没做单子"}
    assert page.pick.rows.rows()[0].tick
    assert page.primary is page.pick.go_button
    assert page.pick.go_button.text() == "先做好这 1 张"
    choose(page, "高龄津贴", "老屋组")
    assert page.pick.stack.currentIndex() == 1


def test_what_was_made_is_looked_over_before_it_is_printed(page: PrintingPage) -> None:
    choose(page, "高龄津贴", "油榨坪组")
    page.pick.go_button.click()
    settle(page)
    (paper,) = page.pick._papers.values()
    assert paper.checklist
    clean = paper.standing is Standing.READY
    assert page.pick.rows.rows()[0].tick is clean
    assert page.pick.note.isVisible() is not clean, "who was left out is named, with the reason"
    if not clean:
        assert "彭冬秀：" in page.pick.note.text.text()


def test_a_draft_is_left_out_until_it_is_ticked_and_then_printed_as_one(page: PrintingPage) -> None:
    whole(page, LONE, "GL", gap=True)
    choose(page, "做过的单子", "全村")
    assert chips(page) == {"彭冬秀（油榨坪组 4号）高龄津贴": "只能打草稿"}
    assert page.pick.ticked() == []
    assert not page.pick.go_button.isEnabled()
    page.pick.rows.choose_first()
    assert page.pick.detail.text() == "彭冬秀，油榨坪组 4号：第 1 步：不知道几号窗"
    page.pick.all_button.click()
    assert page.pick.go_button.text() == "先记着这 1 张", "there is no printer"
    page.pick.go_button.click()
    settle(page)
    (job,) = asked(page.tasks, page, print_queue.queue)
    assert (job.draft, job.state) == (True, JobState.WAITING)
    assert page.stack.currentWidget() is page.queue


@needs_printers
def test_a_ticked_set_goes_to_the_printer_in_the_order_of_the_doors(
    page: PrintingPage, printers: Printers
) -> None:
    before = len(printers.taken)
    for applicant, item in ((LONE, "GL"), (GRANNY, "DB")):
        whole(page, applicant, item)
    choose(page, "做过的单子", "全村")
    page.pick.all_button.click()
    page.pick.options.looks.buttons[1].click()
    assert page.pick.go_button.text() == "打这 2 张单子"
    page.pick.go_button.click()
    settle(page)
    jobs = asked(page.tasks, page, print_queue.queue)
    assert [job.state for job in jobs] == [JobState.SENT] * 2
    assert all(job.layout.thrift and job.look.printer == USUAL for job in jobs)
    assert len({job.group for job in jobs}) == 1
    assert len(printers.taken) == before + 2
    assert page.primary is page.queue.outcome.good


def test_a_row_is_ticked_by_the_keyboard(page: PrintingPage, qtbot: QtBot) -> None:
    choose(page, "高龄津贴", "油榨坪组")
    page.pick.rows.setFocus()
    page.pick.rows.choose_first()
    assert page.pick.rows.rows()[0].spoken.startswith("选了，彭冬秀")
    qtbot.keyClick(page.pick.rows, Qt.Key.Key_Space)
    assert page.pick.ticked() == []
    assert page.pick.rows.rows()[0].spoken.startswith("没选，彭冬秀")
    qtbot.keyClick(page.pick.rows, Qt.Key.Key_Return)
    assert len(page.pick.ticked()) == 1


@pytest.fixture
def largest(look: QApplication) -> Iterator[None]:
    theme.apply(look, theme.Theme(theme.Size.EXTRA))
    yield
    theme.apply(look, theme.Theme())


@pytest.mark.usefixtures("largest")
def test_every_step_fits_with_the_largest_letters(page: PrintingPage, tmp_path: Path) -> None:
    page.resize(1154, 610)
    choose(page, "高龄津贴", "油榨坪组")
    for part in (page.queue, page.choose, page.pick):
        assert part.minimumSizeHint().width() <= 1154 - 40
    page.pick.say("做好了 1 张。1 张先没选上，要看一眼。", "彭冬秀：彭冬秀还没登记银行卡。")
    page.queue.say_trouble("打印机停着：看看纸、卡纸没有、盖子关好没有。", "单子都记着，不会丢。")
    assert page.minimumSizeHint().height() <= 610
