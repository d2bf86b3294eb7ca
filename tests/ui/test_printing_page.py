"""What waits for a printer is in sight until somebody has seen it come out."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from app.actions.checklists import checklists, print_queue
from app.actions.desk import Desk
from app.documents.preview import page_count
from app.domain.checklists.checklist import Checklist, Place
from app.domain.checklists.layout import Layout
from app.domain.checklists.print_job import JobState, PrintJob, PrintLook
from tests.desks import Clock
from tests.facts import GRANNY
from tests.policy import COUNTY
from tests.printers import USUAL, Printers, needs_printers
from tests.ui.village import GRANDSON, LONE, NAMESAKE, asked, furnished_desk
from ui import notices
from ui.pages.printing import PrintingPage
from ui.tasks import Tasks

SHEET_BYTES, BOUND = 2480 * 3508, 120_000_000
WANTED = ((GRANNY, GRANDSON, "GE"), (LONE, None, "GL"), (NAMESAKE, None, "DB"))


@pytest.fixture
def page(tasks: Tasks, tmp_path: Path) -> Iterator[PrintingPage]:
    made = PrintingPage(tasks)
    made.resize(1190, 628)
    tasks.open(made, lambda: furnished_desk(tmp_path / "s.db", Clock(), COUNTY))
    assert tasks.wait_idle()
    made.show()
    yield made
    tasks.close(lambda desk: desk.store.close())
    if shiboken6.isValid(made):
        shiboken6.delete(made)


def settle(page: PrintingPage) -> None:
    for _ in range(3):
        assert page.tasks.wait_idle(60_000)


def queued(page: PrintingPage, *, drafts: bool = True) -> tuple[PrintJob, ...]:
    """Three papers wait; what the pack does not know makes them drafts."""

    def work(desk: Desk) -> tuple[PrintJob, ...]:
        made = [
            checklists.begin(desk, item, applicant=who, beneficiary=whose).id for who, whose, item in WANTED
        ]
        return print_queue.ask(desk, made, PrintLook(), drafts=made if drafts else ())

    jobs = asked(page.tasks, page, work)
    page.open()
    settle(page)
    return jobs


def states(page: PrintingPage) -> list[JobState]:
    return [job.state for job in asked(page.tasks, page, print_queue.queue)]


def printings(page: PrintingPage) -> int:
    def work(desk: Desk) -> int:
        return sum(len(one.printings) for one in desk.store.reading.each(Checklist))

    return asked(page.tasks, page, work)


def test_an_empty_queue_says_so(page: PrintingPage) -> None:
    page.open()
    settle(page)
    assert page.queue.stack.currentIndex() == 1
    assert page.primary is None
    assert not page.queue.foot.isVisible()


@needs_printers
def test_what_waits_is_printed_and_then_asked_about(page: PrintingPage, printers: Printers) -> None:
    jobs, before = queued(page), len(printers.taken)
    assert page.queue.go_button.text() == "打这 3 张单子"
    assert page.primary is page.queue.go_button
    moved: list[tuple[int, int, str]] = []
    page.flow.sending.moved.connect(lambda now: moved.append((now.number, now.total, now.title)))
    page.queue.go_button.click()
    assert page.queue.stop_button.isVisible()
    assert page.primary is None
    settle(page)
    assert len(printers.taken) == before + 3
    assert dict.fromkeys(moved) == dict.fromkeys((n, 3, job.title) for n, job in enumerate(jobs, 1))
    assert states(page) == [JobState.SENT] * 3
    assert printings(page) == 0
    assert page.queue.outcome.title.text() == "送去打印机 3 张单子，都打出来了吗？"
    assert page.primary is page.queue.outcome.good
    page.queue.rows.pressed.emit(jobs[1].id)  # its button: 没出来
    settle(page)
    with notices.recorded() as heard:
        page.queue.outcome.good.click()
        settle(page)
    assert [one.words for one in heard] == ["记下了，打好 2 张单子。"]
    assert states(page) == [JobState.DONE, JobState.FAILED, JobState.DONE]
    assert printings(page) == 2


@needs_printers
def test_many_papers_need_no_more_memory_than_one_after_another(
    page: PrintingPage, printers: Printers
) -> None:
    before, held = len(printers.taken), [memory()]

    def ask(desk: Desk) -> None:
        made = checklists.begin(desk, "GE", applicant=GRANNY, beneficiary=GRANDSON).id
        print_queue.ask(desk, [made] * 3, PrintLook(), layout=Layout(large=True), drafts=[made])

    asked(page.tasks, page, ask)
    page.open()
    settle(page)
    page.flow.sending.moved.connect(lambda _moved: held.append(memory()))
    page.queue.go_button.click()
    settle(page)
    assert len(printers.taken) == before + 3
    assert len(held) * SHEET_BYTES > BOUND, "their pictures together would be too much"
    assert max(held) - held[0] < BOUND


def memory() -> int:
    """Bytes this process has in memory now."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


@needs_printers
def test_a_stop_lets_the_paper_in_hand_go_out_whole_and_keeps_the_rest(
    page: PrintingPage, printers: Printers
) -> None:
    queued(page)
    before = len(printers.taken)
    page.flow.sending.moved.connect(lambda _moved: page.queue.stop_button.click())
    page.queue.go_button.click()
    settle(page)
    (taken,) = printers.taken[before:]
    assert page_count(taken) > 1
    assert states(page) == [JobState.SENT, JobState.WAITING, JobState.WAITING]


@needs_printers
def test_a_jam_is_told_once_and_every_paper_stays(page: PrintingPage, printers: Printers) -> None:
    queued(page)
    printers.stand({USUAL: {"state": 5}})
    page.queue.go_button.click()
    settle(page)
    assert "打印机停着" in page.queue.trouble.lead.text()
    assert states(page) == [JobState.FAILED, JobState.WAITING, JobState.WAITING]
    printers.stand({})
    page.queue.go_button.click()
    settle(page)
    assert "没找到打印机" in page.queue.trouble.lead.text()
    printers.stand({USUAL: {"state": 3}})
    page.queue.go_button.click()
    settle(page)
    assert not page.queue.trouble.isVisible()
    assert states(page) == [JobState.SENT] * 3


@needs_printers
def test_a_list_that_must_be_mended_first_is_left_out_by_name(page: PrintingPage, printers: Printers) -> None:
    jobs = queued(page, drafts=False)

    def spoil(desk: Desk) -> None:
        for job in jobs:
            checklists.set_place(desk, job.subject, 0, Place("派出所"))

    asked(page.tasks, page, spoil)
    page.queue.go_button.click()
    settle(page)
    assert states(page) == [JobState.FAILED] * 3
    assert page.queue.trouble.lead.text() == "有 3 张没送去打，要先改。"
    assert jobs[0].title in page.queue.trouble.text.text()


@needs_printers
def test_locking_in_the_middle_sends_no_half_paper(
    page: PrintingPage, tasks: Tasks, printers: Printers, qtbot: QtBot
) -> None:
    queued(page)
    before = len(printers.taken)
    with qtbot.waitSignal(page.flow.sending.moved):
        page.queue.go_button.click()
    qtbot.waitUntil(lambda: any(one.done for one in page.flow.sending._under_way))
    shiboken6.delete(page)
    (taken,) = printers.taken[before:]
    assert page_count(taken) > 1
    left: list[JobState] = []
    tasks.run(tasks, print_queue.queue, lambda jobs: left.extend(job.state for job in jobs))
    assert tasks.wait_idle(60_000)
    assert left == [JobState.SENT, JobState.WAITING, JobState.WAITING]


def test_without_a_printer_each_can_be_saved_or_dropped(
    page: PrintingPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs = queued(page)
    assert page.queue.no_printer.isVisible()
    assert not page.queue.go_button.isVisible()
    target = tmp_path / "单子.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(target), ""))
    assert page.queue.rows.choose(jobs[0].id)
    page.queue.save_button.click()
    settle(page)
    page.queue.warning.do.click()
    settle(page)
    assert page_count(target.read_bytes()) > 1
    assert page.queue.rows.choose(jobs[1].id)
    page.queue.drop_button.click()
    settle(page)
    assert [job.id for job in asked(page.tasks, page, print_queue.queue)] == [jobs[2].id]
