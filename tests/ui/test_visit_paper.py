"""The sheet of a visit is read on the screen, printed through the queue, saved, or kept for later."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from app.actions.checklists import print_queue
from app.actions.visits import visits
from app.domain.checklists.print_job import JobState, PrintJob
from tests.printers import Printers, needs_printers
from tests.ui.fitting import cut
from tests.ui.village import OTHER_HOME, asked
from tests.ui.visiting import begin, choose, opened_page, visited
from ui import notices, theme
from ui.forms.papers import paper_flow
from ui.forms.visits.visit_read import VisitRead
from ui.pages.paper import PaperPage
from ui.pages.visits import VisitsPage
from ui.tasks import Tasks
from ui.workspace import Workspace

PATIENCE_MS = 60_000  # the first paper of a run opens the typefaces


@pytest.fixture
def page(
    qtbot: QtBot, tasks: Tasks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, printers: Printers
) -> Iterator[VisitsPage]:
    monkeypatch.setattr(paper_flow, "SHEET_PX", 300)  # what is on the pages is looked at elsewhere
    yield from opened_page(qtbot, tasks, tmp_path)


@pytest.fixture
def space(qtbot: QtBot, page: VisitsPage, tasks: Tasks) -> Workspace:
    """The visits with the page of papers beside them."""
    factories = {"visits": lambda: page, "paper": lambda: PaperPage(tasks)}
    made = Workspace(factories, village="青石垭村", worker="向海燕")
    qtbot.addWidget(made)
    made.resize(1366, 696)
    made.show()
    made.go("visits")
    return made


def settle(page: VisitsPage) -> None:
    for _ in range(4):
        assert page.tasks.wait_idle(PATIENCE_MS)
        QApplication.processEvents()


def sheet(page: VisitsPage, space: Workspace) -> PaperPage:
    """From a signed visit to its sheet, by the button."""
    home = visited(page)
    visit = asked(page.tasks, page, lambda desk: visits.last(desk, home))
    assert visit is not None
    page.open(visit=visit.id)
    settle(page)
    read = page.findChild(VisitRead)
    assert read is not None
    read.print_button.click()
    settle(page)
    return at_paper(space)


def at_paper(space: Workspace) -> PaperPage:
    found = space.pages[space.current_name]
    assert isinstance(found, PaperPage)
    return found


def queue(page: VisitsPage) -> tuple[PrintJob, ...]:
    return asked(page.tasks, page, print_queue.queue)


def log(page: VisitsPage) -> list[str]:
    lines = asked(page.tasks, page, lambda desk: desk.store.audit.lines(queue_subject(desk)))
    return [line.verb for line in lines]


def queue_subject(desk: object) -> str:
    return visits.of_household(desk, OTHER_HOME)[0].id  # type: ignore[arg-type]  # a Desk


def test_the_sheet_is_read_before_it_is_printed(page: VisitsPage, space: Workspace) -> None:
    paper = sheet(page, space)
    face = paper.face
    assert face.paper.page_count() == 1
    assert paper.title_label.text() == "蒋桂英家 走访记录表 2026年11月20日"
    assert paper.primary is face.print_button


@needs_printers
def test_it_goes_through_the_queue_and_is_logged_when_seen_to_come_out(
    page: VisitsPage, space: Workspace, printers: Printers
) -> None:
    before = len(printers.taken)
    paper = sheet(page, space)
    face = paper.face
    face.print_button.click()
    settle(page)
    assert len(printers.taken) == before + 1
    assert [(job.document, job.state) for job in queue(page)] == [("visit", JobState.SENT)]
    assert print_queue.called(queue(page)[0]) == "走访记录表", "a printer's list names nobody"
    assert paper.primary is face.outcome.good
    with notices.recorded() as heard:
        face.outcome.good.click()
        settle(page)
    assert [one.words for one in heard] == ["记下了，打好一次。"]
    assert queue(page)[0].state is JobState.DONE
    assert "print visit sheet" in log(page)
    assert space.current_name == "visits", "back at the visit"
    assert page.findChild(VisitRead) is not None


def test_without_a_printer_it_waits_in_the_queue(
    page: VisitsPage, space: Workspace, printers: Printers
) -> None:
    printers.stand({})
    paper = sheet(page, space)
    face = paper.face
    assert paper.primary is face.save_button
    face.wait_button.click()
    settle(page)
    assert [(job.title, job.state) for job in queue(page)] == [
        ("蒋桂英家 走访记录表 2026年11月20日", JobState.WAITING)
    ]


def test_it_is_saved_after_the_warning_said_once(
    page: VisitsPage, space: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "表.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(path), ""))
    paper = sheet(page, space)
    face = paper.face
    face.save_button.click()
    settle(page)
    face.warning.do.click()
    settle(page)
    assert path.read_bytes().startswith(b"%PDF")
    assert "export visit sheet" in log(page)


def test_a_draft_is_kept_up_to_the_last_letter_and_gone_back_to(page: VisitsPage, space: Workspace) -> None:
    form = begin(page, household=OTHER_HOME)
    choose(form, "met", "home")
    form.print_asked.emit()
    settle(page)
    at_paper(space).face.back_button.click()
    settle(page)
    assert space.current_name == "visits"
    assert page.writing is not None
    assert page.writing.form.session.value("met") == "home"


@pytest.mark.parametrize("sized", list(theme.Size), indirect=True)
def test_every_word_beside_the_paper_is_shown(sized: theme.Size, page: VisitsPage, space: Workspace) -> None:
    space.setMinimumSize(900, 600)
    paper = sheet(page, space)
    face = paper.face
    for window in ((1366, 696), (1093, 614), (900, 600)):
        space.resize(*window)
        for looking in (False, True):
            face.look.setChecked(looking)
            settle(page)
            assert not cut(paper), (sized.word, window)
        face.look.setChecked(False)
        face.ask()
        settle(page)
        assert not cut(paper), (sized.word, window, "did it come out?")
        face.outcome.bad.click()
        settle(page)
