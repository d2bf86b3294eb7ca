"""Whatever is printed stands in the queue by a name that tells nothing, and comes out as it was looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.actions import other_papers
from app.actions.auditing import VERBS
from app.actions.checklists import print_queue
from app.actions.desk import Desk
from app.actions.paperwork import paperwork_papers
from app.actions.paperwork.paperwork import Wanted
from app.actions.registers import register_papers, reviews, seals
from app.actions.registers.books import Book
from app.actions.reports import report_papers, reports
from app.domain.checklists.print_job import JobState, PrintLook
from app.domain.papers.paperwork import FormKind
from app.domain.people.person import Benefit, Person
from app.domain.registers.period import quarter_of
from app.domain.reports.period import month_of
from app.store import Store
from tests.desks import Clock, desk_on
from tests.facts import GRANNY, HOME
from tests.policy import COUNTY
from tests.ui.village import furnish
from tests.unit.actions.test_registers import MEETING, STAMP
from tests.unit.documents.pages import words

NAMED = ("桂英", "439901")
APPLICATION = Wanted(HOME, ("DB",), GRANNY, kinds=(FormKind.APPLICATION,))


@pytest.fixture
def desk(store: Store) -> Desk:
    made = furnish(desk_on(store, Clock(), COUNTY))
    granny = made.store.reading.get(Person, GRANNY)
    with made.unit("benefit") as unit:
        unit.save(replace(granny, benefits=(Benefit("GL", None, 10000),)))
    return made


def _quarter(desk: Desk) -> str:
    seals.add(desk, STAMP)
    return register_papers.register_subject(Book.SEAL, quarter_of(desk.today))


def _stamps(desk: Desk) -> str:
    seals.add(desk, STAMP)
    return quarter_of(desk.today).key


def _report(desk: Desk) -> str:
    period = month_of(desk.today)
    return report_papers.subject_of(reports.make(desk, "ways", period), period)


PAPERS: dict[str, Callable[[Desk], str]] = {
    other_papers.REGISTER: _quarter,
    other_papers.STAMPS: _stamps,
    other_papers.MINUTES: lambda desk: reviews.add(desk, MEETING).id,
    other_papers.EMPTY_MINUTES: lambda _desk: "",
    other_papers.REPORT: _report,
    other_papers.APPLICATION: lambda _desk: paperwork_papers.subject_of(APPLICATION),
    other_papers.BENEFITS: lambda _desk: paperwork_papers.subject_of(Wanted(HOME, wall=True)),
    "diary": lambda _desk: "2026-11-16..2026-11-20",
}


@pytest.mark.parametrize("document", PAPERS)
def test_it_waits_is_made_anew_and_logged_when_it_was_seen(desk: Desk, document: str) -> None:
    subject = PAPERS[document](desk)
    (job,) = print_queue.ask_paper(desk, document, subject, PrintLook())
    assert job.title
    assert not [name for name in NAMED if name in job.subject + print_queue.called(job)]
    taken = print_queue.take(desk, job.id)
    assert taken is not None
    assert taken.pdf == other_papers.pages(desk, document, subject, width_px=200).pdf
    assert print_queue.came_out(desk, [job.id]) == 1
    assert print_queue.queue(desk)[0].state is JobState.DONE
    kind = other_papers.kind(document)
    came, sent, *_ = desk.store.audit.latest()
    assert (came.verb, (came.subject, came.detail)) == (f"print {kind.logged}", kind.about(subject))
    assert (sent.verb, sent.subject) == ("hand to printer", came.subject)
    assert {came.verb, f"export {kind.logged}"} <= set(VERBS), "the log can be read"


def test_what_she_has_in_sight_is_what_comes_out(desk: Desk, tmp_path: Path) -> None:
    subject = _quarter(desk)
    looked = other_papers.pages(desk, other_papers.REGISTER, subject, width_px=200)
    (job,) = print_queue.ask_paper(desk, other_papers.REGISTER, subject, PrintLook())
    seals.add(desk, replace(STAMP, paper="临时救助申请"))
    taken = print_queue.take(desk, job.id, None, looked.pdf)
    assert taken is not None
    assert taken.pdf == looked.pdf
    assert "临时救助" not in words(looked.pdf, 0)
    other_papers.export(desk, other_papers.REGISTER, subject, looked.pdf, tmp_path / "x.pdf")
    assert (tmp_path / "x.pdf").read_bytes() == looked.pdf


def test_a_choice_of_papers_is_read_back_as_it_was() -> None:
    for wanted in (APPLICATION, Wanted(HOME, wall=True), replace(APPLICATION, subject="c", agent="d")):
        assert paperwork_papers.wanted_of(paperwork_papers.subject_of(wanted)) == wanted


def test_a_job_saved_to_be_printed_elsewhere_is_logged_under_its_own_name(desk: Desk, tmp_path: Path) -> None:
    (job,) = print_queue.ask_paper(desk, other_papers.STAMPS, _stamps(desk), PrintLook())
    print_queue.save_elsewhere(desk, job.id, tmp_path / "x.pdf")
    line = next(iter(desk.store.audit.latest()))
    assert (line.verb, line.detail) == (
        "export register",
        f"seals to post {quarter_of(date(2026, 11, 20)).key}",
    )
    assert print_queue.queue(desk) == ()
