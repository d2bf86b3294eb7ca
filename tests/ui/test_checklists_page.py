"""A list is begun by pointing, kept at every tick, and shown as it prints."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.qtbot import QtBot

from app.actions.checklists import papers
from tests.desks import Clock
from tests.facts import GRANNY
from tests.ui.lists import begin, go_print, kept, lists_page, place, rows, settle
from tests.ui.village import GRANDSON, asked
from ui import theme
from ui.forms.checklists.checklist_parts import UnneededPart
from ui.forms.checklists.place_form import PlaceForm
from ui.pages.checklists import ChecklistsPage
from ui.tasks import Tasks
from ui.widgets.words import Button


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def page(tasks: Tasks, tmp_path: Path, clock: Clock) -> Iterator[ChecklistsPage]:
    with lists_page(tasks, tmp_path, clock) as made:
        yield made


def test_an_empty_list_says_what_to_do_first(page: ChecklistsPage) -> None:
    page.open()
    settle(page)
    assert page.list.empty.button.text() == "打办事清单"
    page.list.empty.button.click()
    assert page.stack.currentWidget() is page.beginning


def test_a_list_is_begun_by_initials_and_two_points(page: ChecklistsPage, qtbot: QtBot) -> None:
    page.open(new=True)
    page.beginning.search.setText("jgy")
    settle(page)
    assert [row.title for row in page.beginning.people.rows()][:1] == ["蒋桂英"]
    assert page.beginning.people.choose(GRANNY)  # two of that name: the house number tells them apart
    qtbot.keyClick(page.beginning.people, Qt.Key.Key_Return)
    settle(page)
    assert not page.beginning.begin_button.isEnabled()
    assert page.beginning.lacks.text() == "先点去办什么事。"
    assert not any(area.isAncestorOf(page.beginning.begin_button) for area in page.findChildren(QScrollArea))
    page.beginning.matters.items.set_value("GE")
    page.beginning.matters.items.changed.emit()
    page.beginning.matters.for_whom.set_value(GRANDSON)
    page.beginning.matters.for_whom.changed.emit()
    assert page.primary is page.beginning.begin_button
    assert page.primary.isEnabled()
    assert page.beginning.lacks.text() == ""
    page.primary.click()
    settle(page)
    made = kept(page)
    assert (made.person, made.beneficiary, made.item) == (GRANNY, GRANDSON, "GE")
    assert page.title_label.text() == f"{made.called}的清单 · {made.item_name}"


def test_nobody_of_that_name_is_said_with_what_to_do(page: ChecklistsPage) -> None:
    page.open(new=True)
    page.beginning.search.setText("xyzzy")
    settle(page)
    assert "没有叫 xyzzy 的" in page.beginning.nobody.text()


def test_what_is_known_from_a_policy_is_not_asked_again(page: ChecklistsPage) -> None:
    page.open(new=True, item="GE")
    page.beginning.picked.emit(GRANNY)
    settle(page)
    assert page.beginning.matters.items.value() == "GE"


def test_a_tick_is_kept_at_once_and_stays_under_the_hand(page: ChecklistsPage) -> None:
    begin(page)
    row = rows(page).rows[0]
    row.tick.buttons[0].click()
    settle(page)
    assert kept(page).steps[0].papers[0].held
    assert rows(page).rows[0] is row, "the row under the worker's hand is not built anew"


def test_copies_are_stepped_by_key_and_told_as_the_workers_own(page: ChecklistsPage, qtbot: QtBot) -> None:
    begin(page)
    row = rows(page).rows[0]
    assert row.stepper is not None
    before = row.stepper.value()
    for _ in range(3):
        qtbot.keyClick(row.stepper.box, Qt.Key.Key_Up)
    settle(page)
    paper = kept(page).steps[0].papers[0]
    assert (paper.copies, paper.changed) == (before + 3, True)
    assert row.stepper.value() == before + 3
    assert "与县里不同" in row.note.text()


def test_the_paper_in_sight_is_the_one_of_the_step(page: ChecklistsPage) -> None:
    made = begin(page)
    steps = asked(page.tasks, page, lambda desk: papers.page_steps(desk, made.id, draft=False))
    assert page.builder.pane.paper.page_count() == len(steps) > len(made.steps), "a long step takes two"
    page.builder.steps.buttons[1].click()
    assert page.builder.pane.paper.page == steps.index(1) == 2
    page.builder.steps.buttons[0].click()
    page.builder.done_button.click()
    settle(page)
    left = asked(page.tasks, page, lambda desk: papers.page_steps(desk, made.id, draft=False))
    assert page.builder.pane.paper.page_count() == len(left)
    assert set(left) == {1}, "a step that is done is not printed"
    page.builder.steps.buttons[1].click()
    assert page.builder.pane.paper.page == 0
    assert "办好了" in page.builder.steps.buttons[0].text()


def test_a_gap_forbids_the_public_paper_and_leads_to_its_box(page: ChecklistsPage) -> None:
    begin(page)
    form = place(page)
    form.boxes["window"].setText("")
    form.boxes["window"].editingFinished.emit()
    settle(page)
    assert page.builder.parts.buttons[2].text() == "地点 缺 1 样"
    go_print(page)
    view = page.printing
    assert view.refusal.lead.text() == "还不能打给群众：第 1 步：不知道几号窗。"
    assert not view.print_button.isEnabled()
    assert page.primary is view.mend_button
    view.mend_button.click()
    settle(page)
    assert isinstance(page.builder.content, PlaceForm)
    assert page.focusWidget() is page.builder.content.boxes["window"]
    page.builder.content.boxes["window"].setText("3")
    go_print(page)  # the box was not left: it is kept all the same
    assert view.refusal.isHidden()
    assert view.print_button.isEnabled()


def test_what_the_village_fills_in_is_one_click_from_the_list(page: ChecklistsPage) -> None:
    made = begin(page)
    went: list[tuple[str, dict[str, str]]] = []
    page.navigate.connect(lambda name, params: went.append((name, params)))
    rows(page).papers.click()
    page.builder.parts.buttons[1].click()
    assert isinstance(page.builder.content, UnneededPart)
    page.builder.content.papers.click()
    assert went == [("paperwork", {"checklist": made.id})] * 2


def test_what_was_typed_is_kept_when_she_goes_elsewhere(page: ChecklistsPage) -> None:
    begin(page)
    place(page).boxes["person"].setText("谷警官")
    page.leave()
    page.open()
    settle(page)
    assert page.stack.currentWidget() is page.list, "a late save does not bring the builder back"
    assert kept(page).steps[0].place.person == "谷警官"


@pytest.mark.parametrize("size", list(theme.Size))
def test_it_fits_without_scrolling_sideways(
    page: ChecklistsPage, look: QApplication, size: theme.Size
) -> None:
    theme.apply(look, theme.Theme(size))
    page.resize(1190 if size is not theme.Size.EXTRA else 1154, 610)
    begin(page)
    look.processEvents()
    narrow = size is not theme.Size.STANDARD
    assert page.builder.pane.look.isVisible() is narrow
    assert page.builder.pane.paper.isVisible() is not narrow
    assert page.minimumSizeHint().width() <= page.width()
    if narrow:
        page.builder.pane.look.click()
        assert page.builder.pane.paper.isVisible()
        assert not page.builder.card.isVisible()


def test_everything_that_takes_the_focus_has_a_name(page: ChecklistsPage) -> None:
    begin(page)
    place(page)
    go_print(page)
    for one in page.findChildren(Button):
        assert one.text() or one.accessibleName()
    form = PlaceForm(kept(page).steps[0].place)
    assert all(box.accessibleName() for box in form.boxes.values())
