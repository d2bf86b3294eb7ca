"""A list is given only when it is complete; what is printed or saved is what was shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog

from app.actions import papers
from app.actions.desk import Desk
from app.documents.preview import page_count
from app.domain.print_job import PrintLook
from tests.desks import Clock
from tests.ui.lists import begin, go_print, kept, lists_page, settle
from tests.ui.village import asked
from ui import notices, printing
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
    view.show_list(view.over, ["村部打印机", "镇里的", "第三台"])
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
    assert view.over is not None
    for printers in ((), ("村部打印机",)):
        view.show_list(view.over, printers)
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
    assert printing.put_on_paper(pdf, printing.a4(printer, "单子", PrintLook()))
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
