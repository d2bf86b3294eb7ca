"""A list is given only when it is complete; what is printed or saved is what was shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog, QLabel

from app.actions.checklists import papers, print_queue
from app.actions.desk import Desk
from app.documents.preview import page_count
from app.domain.checklists.layout import Form
from app.domain.checklists.print_job import JobState, PrintLook
from tests.desks import Clock
from tests.printers import USUAL, Printers, needs_printers
from tests.ui.lists import begin, go_print, kept, lists_page, place, settle
from tests.ui.village import asked
from ui import notices, printing
from ui.forms.papers.print_options import OTHER
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


def test_a_complete_list_with_a_printer_may_be_given(page: ChecklistsPage) -> None:
    begin(page)
    go_print(page)
    view = page.printing
    assert view.over is not None
    view.offer(["村部打印机", "镇里的", "第三台"], "镇里的")
    assert page.primary is view.print_button
    assert view.print_button.text().startswith("打给")
    offered = [button.text() for button in view.options.printers.buttons]
    assert offered == ["镇里的", "村部打印机", "别的打印机"], "the one used last comes first"
    asked_for: list[tuple[bool, str]] = []
    view.print_asked.disconnect()
    view.print_asked.connect(lambda draft: asked_for.append((draft, view.options.printer())))
    view.print_button.click()
    view.options.printers.buttons[2].click()
    view.draft_button.click()
    assert asked_for == [(False, "镇里的"), (True, OTHER)]


def test_thin_and_large_pages_are_shown_before_they_are_printed(page: ChecklistsPage) -> None:
    begin(page)
    go_print(page)
    before = page.printing.paper.page_count()
    page.printing.options.looks.buttons[0].click()
    settle(page)
    assert page.printing.paper.page_count() > before, "larger letters take more sheets"
    assert page.printing.options.layout_of().large


def test_every_kind_of_paper_can_be_chosen_and_is_seen_first(page: ChecklistsPage) -> None:
    begin(page)
    go_print(page)
    options = page.printing.options
    usual = page.printing.paper.page_count()
    seen = {}
    for button in options.forms.buttons[1:]:
        button.click()
        settle(page)
        seen[options.layout_of().form] = page.printing.paper.page_count()
    assert set(seen) == {Form.SUMMARY, Form.RECEIPT}
    assert max(seen.values()) < usual, "all errands on one sheet, and the slip of one errand"
    options.forms.buttons[2].click()
    settle(page)
    assert options.forms.value() == Form.STEPS.value, "one of them it must be"
    options.looks.buttons[2].click()
    settle(page)
    assert options.layout_of().qr


def test_exactly_one_button_is_filled_in_every_state(page: ChecklistsPage) -> None:
    begin(page)
    go_print(page)
    view = page.printing
    assert view.over is not None
    for printers in ((), ("村部打印机",)):
        view.offer(printers)
        for act in (lambda: None, view.ask, view.silent):
            act()
            filled = [b for b in page.findChildren(Button) if b.property("role") == "main" and b.isVisible()]
            assert filled == [page.primary]


@needs_printers
def test_what_came_out_is_noted_with_its_day(page: ChecklistsPage, clock: Clock, printers: Printers) -> None:
    before = len(printers.taken)
    begin(page)
    go_print(page)
    page.printing.print_button.click()
    settle(page)
    assert len(printers.taken) == before + 1
    assert page.printing.outcome.isVisible()
    assert kept(page).printings == (), "nobody has said yet that it came out"
    with notices.recorded() as heard:
        page.printing.outcome.good.click()
        settle(page)
    assert [one.words for one in heard] == ["记下了，打好一次。"]
    assert [(one.at, one.draft) for one in kept(page).printings] == [(clock.at, False)]
    assert page.stack.currentWidget() is page.list
    assert page.list.rows.rows()[0].chip == "打过了"
    assert page.list.waiting.isHidden()


@needs_printers
def test_a_silent_printer_offers_the_same_again(page: ChecklistsPage, printers: Printers) -> None:
    begin(page)
    go_print(page)
    printers.stand({USUAL: {"state": 3, "refuses": 1}})
    page.printing.print_button.click()
    settle(page)
    assert page.printing.trouble.lead.text() == "打印机没反应。看看电源和纸。"
    assert page.printing.foot.isVisible()
    printers.stand({USUAL: {"state": 3}})
    page.printing.print_button.click()
    settle(page)
    page.printing.outcome.bad.click()
    settle(page)
    assert page.printing.trouble.isVisible()
    (job,) = asked(page.tasks, page, print_queue.queue)
    assert (job.state, job.why) == (JobState.FAILED, "没出来"), "one job, however often it is tried"
    page.printing.back_button.click()
    settle(page)
    go_print(page)
    assert page.printing.trouble.isHidden(), "trouble of yesterday is not told today"
    page.open()
    settle(page)
    assert page.list.waiting.lead.text() == "1 张单子要打，或等您说打好没有。"


@needs_printers
@pytest.mark.parametrize("agrees", [True, False])
def test_the_system_s_own_dialog_says_which_printer(
    page: ChecklistsPage, printers: Printers, monkeypatch: pytest.MonkeyPatch, agrees: bool
) -> None:
    offered: list[bool] = []

    def answer(dialog: QPrintDialog) -> QPrintDialog.DialogCode:
        offered.append(dialog.testOption(QPrintDialog.PrintDialogOption.PrintToFile))
        dialog.printer().setCopyCount(3)
        return QPrintDialog.DialogCode.Accepted if agrees else QPrintDialog.DialogCode.Rejected

    monkeypatch.setattr(QPrintDialog, "exec", answer)
    before = len(printers.taken)
    begin(page)
    go_print(page)
    page.printing.options.printers.set_value(OTHER)
    page.printing.print_button.click()
    settle(page)
    assert offered == [False], "a file is saved by our own button, which warns and is logged"
    assert len(printers.taken) == before + agrees
    jobs = asked(page.tasks, page, print_queue.queue)
    assert [(job.look.printer, job.look.copies) for job in jobs] == [(USUAL, 3)] * agrees
    if agrees:
        assert b"\x06copies\x00\x04\x00\x00\x00\x03" in printers.asked[-1]
        assert asked(page.tasks, page, print_queue.remembered) == USUAL


def test_without_a_printer_it_waits_for_one(page: ChecklistsPage) -> None:
    begin(page)
    go_print(page)
    view = page.printing
    assert view.wait_button.isVisible()
    assert page.primary is view.save_button
    with notices.recorded() as heard:
        view.wait_button.click()
        settle(page)
    assert [one.words for one in heard] == ["记下了。有了打印机，到「打印」里打。"]
    (job,) = asked(page.tasks, page, print_queue.queue)
    assert (job.state, job.draft) == (JobState.WAITING, False)
    assert page.list.waiting.isVisible()


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
    assert printing.put_on_paper(pdf, printing.a4(printer, "单子", PrintLook()))
    assert page_count((tmp_path / "out.pdf").read_bytes()) == page_count(pdf)


def test_the_file_for_another_printer_holds_the_very_bytes(
    page: ChecklistsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = begin(page)
    go_print(page)
    target = tmp_path / "清单"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(target), ""))
    page.printing.save_button.click()
    settle(page)
    assert "没有上锁" in page.printing.warning.question.text()
    assert not target.with_suffix(".pdf").exists()
    with notices.recorded() as heard:
        page.printing.warning.do.click()
        settle(page)
        page.printing.save_button.click()
        settle(page)
    assert [one.words for one in heard] == ["存好了。"] * 2, "she is warned once"

    def bytes_now(desk: Desk) -> bytes:
        return papers.checklist(desk, made.id, draft=False)

    assert target.with_suffix(".pdf").read_bytes() == asked(page.tasks, page, bytes_now)


def test_a_character_no_font_here_can_print_is_told_before_it_is_a_square(page: ChecklistsPage) -> None:
    begin(page)
    form = place(page)
    officer = replace(kept(page).steps[0].place, person="王\U0003fffd干部")
    form.kept.emit(officer)
    settle(page)
    go_print(page)
    told = [label.text() for label in page.printing.traps.findChildren(QLabel)]
    assert "“王\U0003fffd干部”里有 1 个字这台电脑印不出，纸上是“□”。" in told
    assert "打出来用笔把字写上。想印得出，请县里把字体装进来。" in told
    assert page.printing.print_button.isEnabled() == page.printing.may_print, "it warns and does not refuse"


def test_a_rare_name_our_own_fonts_can_print_is_no_trap(page: ChecklistsPage) -> None:
    begin(page)
    form = place(page)
    form.kept.emit(replace(kept(page).steps[0].place, person="䶮㛃𬀩𠮷𬎆𫘧"))
    settle(page)
    go_print(page)
    assert not any("印不出" in label.text() for label in page.printing.traps.findChildren(QLabel))
