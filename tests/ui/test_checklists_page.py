"""A list is begun by pointing, kept at every tick, shown as it prints, and given only when it is complete."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from app.actions import checklists, papers
from app.actions.desk import Desk
from app.documents.preview import page_count
from app.domain.checklist import Checklist
from app.store import Store
from tests.desks import Clock, desk_on
from tests.facts import GRANNY
from tests.policy import COUNTY
from tests.ui.village import GRANDSON, KEY, asked, furnish
from ui import notices, printing, theme
from ui.forms.checklist_parts import PapersPart
from ui.forms.place_form import PlaceForm
from ui.pages.checklists import ChecklistsPage
from ui.tasks import Tasks
from ui.widgets.words import Button


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def page(tasks: Tasks, tmp_path: Path, clock: Clock) -> Iterator[ChecklistsPage]:
    made = ChecklistsPage(tasks)
    made.resize(1190, 628)
    tasks.open(made, lambda: furnish(desk_on(Store(tmp_path / "s.db", KEY, create=True), clock, COUNTY)))
    assert tasks.wait_idle()
    made.show()
    yield made
    tasks.close(lambda desk: desk.store.close())
    shiboken6.delete(made)


def settle(page: ChecklistsPage) -> None:
    assert page.tasks.wait_idle()
    if page._soon.isActive():  # the pause before the paper is drawn anew
        page._soon.stop()
        page._preview()
    assert page.tasks.wait_idle()


def begin(page: ChecklistsPage, item: str = "GE", child: str = GRANDSON) -> Checklist:
    page.open(new=True, person=GRANNY, item=item, beneficiary=child)
    settle(page)
    page.beginning.begin_button.click()
    settle(page)
    assert page.builder.checklist is not None
    return page.builder.checklist


def kept(page: ChecklistsPage) -> Checklist:
    key = page._id
    return asked(page.tasks, page, lambda desk: checklists.get(desk, key))


def rows(page: ChecklistsPage) -> PapersPart:
    assert isinstance(page.builder.content, PapersPart)
    return page.builder.content


def place(page: ChecklistsPage) -> PlaceForm:
    page.builder.parts.buttons[2].click()
    assert isinstance(page.builder.content, PlaceForm)
    return page.builder.content


def go_print(page: ChecklistsPage) -> None:
    page.builder.print_button.click()
    settle(page)


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
    page.beginning.items.set_value("GE")
    page.beginning.items.changed.emit()
    page.beginning.for_whom.set_value(GRANDSON)
    page.beginning.for_whom.changed.emit()
    assert page.primary is page.beginning.begin_button
    assert page.primary.isEnabled()
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
    assert page.beginning.items.value() == "GE"


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
    assert page.builder.pane.paper.page_count() == steps.count(1), "a step that is done is not printed"
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


def test_a_complete_list_with_a_printer_may_be_given(page: ChecklistsPage) -> None:
    begin(page)
    go_print(page)
    view = page.printing
    assert view._over is not None
    view.show_list(view._over, ["村部打印机", "镇里的", "第三台"])
    assert page.primary is view.print_button
    assert view.print_button.text().startswith("打给")
    assert [button.text() for button in view.printers.buttons] == ["村部打印机", "镇里的", "别的打印机"]
    asked_for: list[tuple[bool, str, int]] = []
    view.print_asked.disconnect()
    view.print_asked.connect(lambda *told: asked_for.append(told))
    view.print_button.click()
    view.printers.buttons[2].click()
    view.draft_button.click()
    assert asked_for == [(False, "村部打印机", 1), (True, "", 1)]


def test_exactly_one_button_is_filled_in_every_state(page: ChecklistsPage) -> None:
    begin(page)
    go_print(page)
    view = page.printing
    assert view._over is not None
    for printers in ((), ("村部打印机",)):
        view.show_list(view._over, printers)
        for act in (lambda: None, view.ask_outcome, view.silent):
            act()
            filled = [b for b in page.findChildren(Button) if b.property("role") == "main" and b.isVisible()]
            assert filled == [page.primary]


def test_what_came_out_is_noted_with_its_day(page: ChecklistsPage, clock: Clock) -> None:
    begin(page)
    go_print(page)
    page.printing.ask_outcome()
    with notices.recorded() as heard:
        page.printing.outcome.good.click()
        settle(page)
    assert [one.words for one in heard] == ["记下了，打好一次。"]
    printing_of = kept(page).printings
    assert [(one.at, one.draft) for one in printing_of] == [(clock.at, False)]
    assert page.stack.currentWidget() is page.list
    assert page.list.rows.rows()[0].chip == "打过了"


def test_a_silent_printer_offers_the_same_again(page: ChecklistsPage) -> None:
    begin(page)
    go_print(page)
    page.printing.ask_outcome()
    page.printing.outcome.bad.click()
    assert page.printing.trouble.lead.text() == "打印机没反应。看看电源和纸。"
    assert page.printing.foot.isVisible()
    go_back = page.printing.back_button
    go_back.click()
    settle(page)
    go_print(page)
    assert page.printing.trouble.isHidden(), "trouble of yesterday is not told today"


def test_an_expired_pack_prints_drafts_only(page: ChecklistsPage, tasks: Tasks) -> None:
    begin(page)
    desk = asked(tasks, page, lambda desk: desk)
    old = replace(desk.pack.layers[0], valid_to=desk.today - timedelta(days=1))
    tasks.open(page, lambda: replace(desk, pack=replace(desk.pack, layers=(old, *desk.pack.layers[1:]))))
    go_print(page)
    assert "政策包过期了" in page.printing.refusal.lead.text()
    assert not page.printing.print_button.isEnabled()
    assert not page.printing.mend_button.isVisible()


def test_a_printer_takes_the_very_pages_of_the_preview(
    page: ChecklistsPage, tmp_path: Path, tasks: Tasks
) -> None:
    made = begin(page)
    pdf = asked(tasks, page, lambda desk: papers.checklist(desk, made.id, draft=False))
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    assert printing.put_on_paper(pdf, printing.a4(printer, "单子"))
    assert page_count((tmp_path / "out.pdf").read_bytes()) == page_count(pdf)


def test_the_file_for_another_printer_holds_the_very_bytes(
    page: ChecklistsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = begin(page)
    go_print(page)
    target = tmp_path / "清单"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(target), ""))
    with notices.recorded() as heard:
        page.printing.save_button.click()
        settle(page)
    assert [one.words for one in heard] == ["存好了。"]

    def bytes_now(desk: Desk) -> bytes:
        return papers.checklist(desk, made.id, draft=False)

    assert target.with_suffix(".pdf").read_bytes() == asked(page.tasks, page, bytes_now)


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
