"""A paper that was asked for stays in the queue until somebody has seen it come out."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.actions.checklists import checklists, papers, print_queue
from app.actions.desk import Desk
from app.documents.preview import page_count
from app.domain.checklists.checklist import Checklist, Place
from app.domain.checklists.layout import Form, Layout
from app.domain.checklists.print_job import JobState, PrintJob, PrintLook
from app.domain.problem import StorageFault, UserError
from app.domain.roles import Role
from app.store import Store
from tests.conftest import KEY
from tests.desks import Clock
from tests.facts import GRANNY
from tests.policy import COUNTY
from tests.ui.village import GRANDSON, furnished_desk

LOOK = PrintLook("village", 2)
THIN = Layout(Form.STEPS, thrift=True)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    made = furnished_desk(tmp_path / "s.db", clock, COUNTY)
    yield made
    made.store.close()


@pytest.fixture
def made(desk: Desk) -> Checklist:
    return checklists.begin(desk, "GE", applicant=GRANNY, beneficiary=GRANDSON)


def state(desk: Desk, job: PrintJob) -> JobState:
    found = desk.store.print_jobs.find(job.id)
    assert found is not None
    return found.state


def printed(desk: Desk, made: Checklist) -> int:
    return len(checklists.get(desk, made.id).printings)


def test_a_job_keeps_what_was_asked_for(desk: Desk, made: Checklist) -> None:
    (job,) = print_queue.ask(desk, [made.id], LOOK, layout=THIN, drafts=[made.id])
    assert print_queue.queue(desk) == (job,)
    assert (job.look, job.layout, job.draft, job.state) == (LOOK, THIN, True, JobState.WAITING)
    assert print_queue.remembered(desk) == "village"


def test_a_slip_is_logged_by_its_own_name_and_is_no_list_given_away(desk: Desk, made: Checklist) -> None:
    (job,) = print_queue.ask(desk, [made.id], LOOK, layout=Layout(Form.RECEIPT))
    assert print_queue.take(desk, job.id) is not None
    before = checklists.get(desk, made.id)
    assert print_queue.came_out(desk, [job.id]) == 1
    assert checklists.get(desk, made.id) == before, "no printing, and no call is promised by it"
    assert [line.verb for line in desk.store.audit.lines(made.id)][-1] == "print receipt"


def test_only_what_was_seen_to_come_out_is_logged_as_printed(desk: Desk, made: Checklist) -> None:
    first, second = print_queue.ask(desk, [made.id, made.id], LOOK)
    taken = print_queue.take(desk, first.id)
    assert taken is not None
    assert taken.pdf == papers.checklist(desk, made.id, draft=False)
    assert print_queue.take(desk, first.id) is None, "what is on its way is not sent twice"
    assert printed(desk, made) == 0
    assert print_queue.came_out(desk, [first.id, second.id]) == 1, "the second was never handed over"
    assert printed(desk, made) == 1
    assert (state(desk, first), state(desk, second)) == (JobState.DONE, JobState.WAITING)
    assert print_queue.came_out(desk, [first.id]) == 0
    assert printed(desk, made) == 1
    verbs = [line.verb for line in desk.store.audit.latest()]
    assert (verbs.count("hand to printer"), verbs.count("print checklist")) == (1, 1)


def test_what_did_not_come_out_is_tried_again_or_dropped(desk: Desk, made: Checklist) -> None:
    (job,) = print_queue.ask(desk, [made.id], LOOK)
    print_queue.take(desk, job.id)
    print_queue.hindered(desk, [job.id], "卡纸了")
    (stands,) = print_queue.queue(desk)
    assert (stands.state, stands.why, stands.may_go) == (JobState.FAILED, "卡纸了", True)
    other = replace(LOOK, printer="another")
    taken = print_queue.take(desk, job.id, other)
    assert taken is not None
    assert taken.job.look == other
    print_queue.again(desk, [job.id])
    assert state(desk, job) is JobState.WAITING
    print_queue.drop(desk, [job.id])
    assert print_queue.queue(desk) == ()
    assert checklists.get(desk, made.id) == made, "the list itself stays"


def test_the_plug_pulled_at_any_moment_loses_no_job(desk: Desk, made: Checklist, tmp_path: Path) -> None:
    sent, waiting = print_queue.ask(desk, [made.id, made.id], LOOK)
    print_queue.take(desk, sent.id)
    left = tmp_path / "left"
    left.mkdir()
    for path in tmp_path.glob("s.db*"):
        shutil.copy(path, left / path.name)
    store = Store(left / "s.db", KEY)
    found = {job.id: job.state for job in store.print_jobs.all()}
    assert found == {sent.id: JobState.SENT, waiting.id: JobState.WAITING}
    assert store.print_jobs.count_open() == 2
    store.close()


def test_a_list_that_lost_a_fact_meanwhile_is_not_given_away(desk: Desk, made: Checklist) -> None:
    (job,) = print_queue.ask(desk, [made.id], LOOK)
    checklists.set_place(desk, made.id, 0, Place("派出所"))
    taken = print_queue.take(desk, job.id)
    assert taken is not None
    assert taken.pdf is None
    assert (taken.job.state, "不知道几号窗" in taken.job.why) == (JobState.FAILED, True)
    (draft,) = print_queue.ask(desk, [made.id], LOOK, drafts=[made.id])
    as_draft = print_queue.take(desk, draft.id)
    assert as_draft is not None
    assert as_draft.pdf is not None


def test_an_expired_pack_and_a_list_that_is_gone_are_said(desk: Desk, made: Checklist) -> None:
    (job,) = print_queue.ask(desk, [made.id], LOOK)
    old = replace(desk.pack.layers[0], valid_to=desk.today - timedelta(days=1))
    later = replace(desk, pack=replace(desk.pack, layers=(old, *desk.pack.layers[1:])))
    taken = print_queue.take(later, job.id)
    assert taken is not None
    assert "政策包过期" in taken.job.why
    desk.store.print_jobs.save([replace(job, subject="gone")])
    taken = print_queue.take(desk, job.id)
    assert taken is not None
    assert "没找到" in taken.job.why


def test_saved_as_a_file_it_waits_no_more(desk: Desk, made: Checklist, tmp_path: Path) -> None:
    (job,) = print_queue.ask(desk, [made.id], LOOK, layout=THIN)
    with pytest.raises(StorageFault):
        print_queue.save_elsewhere(desk, job.id, tmp_path / "s.db" / "no folder.pdf")
    assert print_queue.queue(desk) == (job,), "a stick that was pulled out loses nothing"
    target = tmp_path / "stick" / "list.pdf"
    print_queue.save_elsewhere(desk, job.id, target)
    assert page_count(target.read_bytes()) > 0
    assert print_queue.queue(desk) == ()
    with pytest.raises(UserError, match="不在排队"):
        print_queue.save_elsewhere(desk, job.id, target)


def test_what_came_out_is_shown_for_a_week(desk: Desk, made: Checklist, clock: Clock) -> None:
    (job,) = print_queue.ask(desk, [made.id], LOOK)
    print_queue.take(desk, job.id)
    print_queue.came_out(desk, [job.id])
    clock.forward(days=6)
    assert len(print_queue.queue(desk)) == 1
    clock.forward(days=2)
    assert print_queue.queue(desk) == ()
    assert printed(desk, made) == 1


def test_an_auditor_takes_nothing_out(desk: Desk, made: Checklist) -> None:
    looks_only = replace(desk, role=Role.AUDITOR)
    with pytest.raises(UserError, match="不能打印"):
        print_queue.ask(looks_only, [made.id], LOOK)
    (job,) = print_queue.ask(desk, [made.id], LOOK)
    for verb in (print_queue.take, lambda one, key: print_queue.came_out(one, [key])):
        with pytest.raises(UserError, match="不能打印"):
            verb(looks_only, job.id)
