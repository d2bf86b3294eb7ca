"""Papers on their way to a printer: asked for, handed over, seen to come out; none is lost on the way.

A job stands in the encrypted file from the moment it is asked for, and is marked as handed over before the
printer gets anything: a kill at any moment leaves it waiting, or waiting for her word. Only her word that it
came out makes a list one that was printed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

from app.actions import other_papers
from app.actions.checklists import checklist_after, checklists, papers
from app.actions.desk import Desk
from app.actions.tickets import ticket_papers
from app.actions.tickets.ticket_papers import TicketPaper
from app.domain.checklists.checklist import Checklist
from app.domain.checklists.layout import PLAIN, Form, Layout
from app.domain.checklists.print_job import JobState, PrintJob, PrintLook
from app.domain.ids import new_id
from app.domain.people.household import Household
from app.domain.people.person import Person
from app.domain.problem import StorageFault, UserError
from app.domain.roles import Right
from app.files import write_whole

CHECKLIST = "checklist"
TICKET_PAPERS = frozenset(paper.value for paper in TicketPaper)
SHOWN_FOR = timedelta(days=7)
REMEMBERED = "printer"


@dataclass(frozen=True)
class Taken:
    """A job with its pages, or with None and `job.why` when it cannot be printed as it stands."""

    job: PrintJob
    pdf: bytes | None = field(repr=False)


def ask(
    desk: Desk,
    lists: Sequence[str],
    look: PrintLook,
    *,
    layout: Layout = PLAIN,
    drafts: Sequence[str] = (),
    instead_of: Sequence[str] = (),
) -> tuple[PrintJob, ...]:
    """Have the paper of every list wait for a printer, those in `drafts` as drafts; in one transaction.

    They take the place of the jobs `instead_of`. The printer is remembered. Raises UserError when her role
    may take nothing out.
    """
    group = new_id(desk.now)
    return put(desk, [_job(desk, key, group, draft=key in drafts) for key in lists], look, layout, instead_of)


def ask_ticket(
    desk: Desk,
    ticket: str,
    paper: TicketPaper,
    look: PrintLook,
    *,
    layout: Layout = PLAIN,
    instead_of: Sequence[str] = (),
) -> tuple[PrintJob, ...]:
    """Have one paper of a ticket wait for a printer, as `ask` does; a draft where something is lacking."""
    made = ticket_papers.job(desk, ticket, paper, group=new_id(desk.now))
    return put(desk, [made], look, layout, instead_of)


def put(
    desk: Desk, jobs: Sequence[PrintJob], look: PrintLook, layout: Layout, instead_of: Sequence[str]
) -> tuple[PrintJob, ...]:
    """Write `jobs` into the queue in place of others. Raises UserError as `ask` does."""
    desk.require(Right.TAKE_OUT)
    made = tuple(replace(one, look=look, layout=layout) for one in jobs)
    with desk.unit("print queue"):
        desk.store.print_jobs.drop(instead_of)
        desk.store.print_jobs.save(made)
        if look.printer:
            desk.store.meta.set(REMEMBERED, look.printer)
    return made


def ask_paper(
    desk: Desk, document: str, subject: str, look: PrintLook, *, instead_of: Sequence[str] = ()
) -> tuple[PrintJob, ...]:
    """Have a paper that is no checklist wait for a printer, in place of the jobs `instead_of`.

    Raises UserError when her role may take nothing out.
    """
    job = PrintJob(
        id=new_id(desk.now),
        document=document,
        subject=subject,
        title=other_papers.kind(document).title(desk, subject),
        code="",
        asked_at=desk.now,
        asked_by=desk.worker,
    )
    return put(desk, [job], look, PLAIN, instead_of)


def called(job: PrintJob) -> str:
    """What the printer's own list, which others read, may say of it."""
    if job.document in TICKET_PAPERS:
        return f"{TicketPaper(job.document).words} {job.code}"
    return f"办事清单 {job.code}" if job.document == CHECKLIST else other_papers.kind(job.document).called


def queue(desk: Desk) -> tuple[PrintJob, ...]:
    """Every job that wants something, and what came out in the last days, in the order asked for."""
    desk.store.print_jobs.forget_done(desk.now - SHOWN_FOR)
    return desk.store.print_jobs.all()


def remembered(desk: Desk) -> str:
    """The printer chosen last, "" for none."""
    return str(desk.store.meta.get(REMEMBERED) or "")


def take(desk: Desk, job: str, look: PrintLook | None = None, in_hand: bytes | None = None) -> Taken | None:
    """The pages of a job that may go now, from this moment on its way; None when it is gone or under way.

    `look` is how it is printed this time, `in_hand` the bytes she has in sight, where those are to come out
    and none made anew. What cannot be printed as it stands is kept as not printed, with the reason.
    """
    desk.require(Right.TAKE_OUT)
    found = desk.store.print_jobs.find(job)
    if found is None or not found.may_go:
        return None
    found = replace(found, look=look or found.look)
    try:
        pdf = in_hand or _document(desk, found)
    except (UserError, StorageFault) as fault:
        return Taken(_put(desk, [found], JobState.FAILED, fault.words)[0], None)
    with desk.unit("hand to printer") as unit:
        sent = found.put(JobState.SENT, desk.now)
        desk.store.print_jobs.save([sent])
        unit.audit("hand to printer", _logged(found), "draft" if found.draft else "public")
    return Taken(sent, pdf)


def came_out(desk: Desk, jobs: Sequence[str]) -> int:
    """She saw them come out: each is logged as printed, with who and when. Returns how many."""
    desk.require(Right.TAKE_OUT)
    sent = [job for job in desk.store.print_jobs.many(jobs) if job.state is JobState.SENT]
    with desk.unit("print checklist"):  # what is logged and what leaves the queue, both or neither
        for job in sent:
            _came_out(desk, job)
        desk.store.print_jobs.save(job.put(JobState.DONE, desk.now) for job in sent)
    return len(sent)


def _came_out(desk: Desk, job: PrintJob) -> None:
    """A slip (收条) is no list that was given away: it brings no call and is logged by its own name."""
    if job.document in TICKET_PAPERS:
        ticket_papers.came_out(desk, job)
        return
    if job.document != CHECKLIST:
        other_papers.came_out(desk, job.document, job.subject)
        return
    if desk.store.reading.find(Checklist, job.subject) is None:
        return
    if job.layout.form is not Form.RECEIPT:
        checklist_after.printed(desk, job.subject, draft=job.draft)
        return
    with desk.unit("print receipt") as unit:
        unit.audit("print receipt", job.subject)


def hindered(desk: Desk, jobs: Sequence[str], why: str) -> None:
    """They did not come out; `why` in the worker's words. They stay, to be tried again."""
    _put(desk, [job for job in desk.store.print_jobs.many(jobs) if job.open], JobState.FAILED, why)


def again(desk: Desk, jobs: Sequence[str]) -> None:
    """Have them wait for the printer once more, also what was on its way and never came out."""
    _put(desk, [job for job in desk.store.print_jobs.many(jobs) if job.open], JobState.WAITING, "")


def drop(desk: Desk, jobs: Sequence[str]) -> None:
    """She does not want them any more; the lists themselves stay."""
    with desk.unit("print queue"):
        desk.store.print_jobs.drop(jobs)


def save_elsewhere(desk: Desk, job: str, path: Path) -> None:
    """Save the paper of a job as a file, to be printed on another computer; the job is done with.

    Raises UserError when it cannot be printed as it stands, StorageFault when the disk refuses.
    """
    found = desk.store.print_jobs.find(job)
    if found is None:
        raise UserError("这张已经不在排队了。回到清单里再存。")
    desk.require(Right.TAKE_OUT)
    pdf = _document(desk, found)
    if found.document == CHECKLIST or found.document in TICKET_PAPERS:
        write_whole(path, pdf)
        with desk.unit(f"export {found.document}") as unit:
            unit.audit(f"export {found.document}", found.subject)
    else:
        other_papers.export(desk, found.document, found.subject, pdf, path)
    drop(desk, [job])


def _job(desk: Desk, key: str, group: str, *, draft: bool) -> PrintJob:
    found = checklists.get(desk, key)
    person = desk.store.reading.find(Person, found.person)
    home = desk.store.reading.find(Household, found.household)
    place = f"（{home.place}）" if home is not None and home.place else ""  # two may share a name
    return PrintJob(
        id=new_id(desk.now),
        document=CHECKLIST,
        subject=key,
        title=f"{person.name if person else found.called}{place}{found.matters}",
        code=found.code,
        asked_at=desk.now,
        asked_by=desk.worker,
        edition=found.edition,
        draft=draft,
        group=group,
    )


def _document(desk: Desk, job: PrintJob) -> bytes:
    if job.document in TICKET_PAPERS:
        return ticket_papers.printable(desk, job)
    if job.document != CHECKLIST:
        return other_papers.kind(job.document).make(desk, job.subject)
    _check(desk, job)
    return papers.checklist(desk, job.subject, draft=job.draft, layout=job.layout)


def _logged(job: PrintJob) -> str:
    """The record the log names: a paper may be made of more than one, or of none."""
    kind = other_papers.KINDS.get(job.document)
    return kind.about(job.subject)[0] if kind else job.subject


def _check(desk: Desk, job: PrintJob) -> None:
    # Between asking and printing the list may have changed and the pack may have run out.
    found = checklists.ready(desk, job.subject).checklist
    if not job.draft and found.gaps:
        raise UserError(f"这张单子后来改过：{found.gaps[0]}。问清填上再打。")
    if not job.draft and desk.pack.expired(desk.today):
        raise UserError("政策包过期了，数字可能旧了。等县里发来新的再打。")


def _put(desk: Desk, jobs: Sequence[PrintJob], state: JobState, why: str) -> tuple[PrintJob, ...]:
    put = tuple(job.put(state, desk.now, why) for job in jobs)
    with desk.unit("print queue"):
        desk.store.print_jobs.save(put)
    return put
