"""The papers of a ticket as bytes: the slip she keeps and the sheet for the file, never left on disk."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from app.actions.desk import Desk
from app.actions.policy import policies
from app.actions.tickets import ticket_story, ticket_views
from app.actions.tickets.ticket_steps import tell
from app.actions.tickets.ticket_views import Story
from app.documents.preview import page_count, page_image
from app.documents.tickets import file_copy, slip
from app.domain.checklists.layout import PLAIN, Layout
from app.domain.checklists.print_job import PrintJob
from app.domain.ids import new_id
from app.domain.people.identity import Sex
from app.domain.people.person import called
from app.domain.problem import UserError
from app.domain.roles import Right
from app.domain.tickets.slip import (
    Elsewhere,
    Slip,
    SlipKind,
    course_words,
    fit_to_carry,
    hears_words,
    slip_code,
)
from app.domain.tickets.ticket import Ticket
from app.domain.tickets.ticket_terms import TOLD_BY
from app.domain.workdays import china_day
from app.files import write_whole

Picture = tuple[int, int, bytes]


class TicketPaper(StrEnum):
    """Which paper; the value is the kind of document a print job carries."""

    TAKEN = "ticket-taken"
    TOLD = "ticket-told"
    FILE = "ticket-file"

    @property
    def words(self) -> str:
        return {"ticket-taken": "回执单", "ticket-told": "回音单", "ticket-file": "存档单"}[self.value]


SLIPS = {TicketPaper.TAKEN: SlipKind.TAKEN, TicketPaper.TOLD: SlipKind.TOLD}


@dataclass(frozen=True)
class Looked:
    """A paper as it would be printed. With `gaps` it may only be a draft."""

    ticket: Ticket
    paper: TicketPaper
    pages: tuple[Picture, ...]
    gaps: tuple[str, ...]
    title: str


def fitting(ticket: Ticket) -> tuple[TicketPaper, ...]:
    """The papers that make sense for it now, the likeliest first."""
    if not ticket.registered:
        return ()
    told = (TicketPaper.TOLD,) if ticket.result else ()
    taken = () if ticket.ended else (TicketPaper.TAKEN,)
    return (*told, *taken, TicketPaper.FILE)


def look(desk: Desk, ticket: str, paper: TicketPaper, *, width_px: int, layout: Layout = PLAIN) -> Looked:
    """Every page of the very bytes that would be printed, as (width, height, RGBX pixels)."""
    story = ticket_views.story(desk, ticket)
    missing = gaps(desk, story, paper)
    pdf = document(desk, ticket, paper, draft=bool(missing), layout=layout)
    pages = tuple(page_image(pdf, page, width_px) for page in range(page_count(pdf)))
    return Looked(story.ticket, paper, pages, missing, _title(story, paper))


def document(
    desk: Desk, ticket: str, paper: TicketPaper, *, draft: bool = False, layout: Layout = PLAIN
) -> bytes:
    """The paper as PDF, dated today."""
    story = ticket_views.story(desk, ticket)
    if paper is TicketPaper.FILE:
        copied = ticket_story.file_copy(desk, story)
        return file_copy.render(copied, printed_on=desk.today, fonts_folder=desk.fonts)
    return slip.render(
        slip_of(desk, story, SLIPS[paper]),
        printed_on=desk.today,
        draft=draft,
        layout=layout,
        fonts_folder=desk.fonts,
    )


def gaps(desk: Desk, story: Story, paper: TicketPaper) -> tuple[str, ...]:
    """What is lacking for the citizen to be given it; the sheet for the file lacks nothing."""
    return () if paper is TicketPaper.FILE else slip_of(desk, story, SLIPS[paper]).gaps


def slip_of(desk: Desk, story: Story, kind: SlipKind) -> Slip:
    """What stands on the slip of this ticket today."""
    ticket, told = story.ticket, kind is SlipKind.TOLD
    receiver = story.events[-1].actor if story.events else desk.worker_name
    due = story.due
    return Slip(
        kind=kind,
        called=_called(desk, story),
        number=ticket.short_number,
        code=slip_code(ticket.id),
        matters=ticket_views.choices(desk).item_names(ticket.items),
        asked=fit_to_carry(ticket.request),
        received_on=china_day(ticket.received_at),
        receiver=receiver,
        helper=desk.worker_name,
        phone=desk.worker_phone,
        course=course_words(ticket),
        hears=hears_words(ticket_story.phone_of(story), of_village=bool(ticket.household)),
        due=due.day if due and not due.paused else None,
        estimated=bool(due and due.estimated),
        urgent=ticket.urgent,
        elsewhere=_elsewhere(desk, ticket),
        result=fit_to_carry(ticket.result) if told else "",
        told_on=china_day(ticket.replied_at) if told and ticket.replied_at else None,
        told_how=TOLD_BY[ticket.reply_mode] if told and ticket.reply_mode else "",
        simulated=desk.pack.simulated,
    )


def job(desk: Desk, ticket: str, paper: TicketPaper, *, group: str = "") -> PrintJob:
    """The paper on its way to a printer; a draft where something is lacking."""
    story = ticket_views.story(desk, ticket)
    return PrintJob(
        id=new_id(desk.now),
        document=paper.value,
        subject=ticket,
        title=_title(story, paper),
        code=story.ticket.short_number,
        asked_at=desk.now,
        asked_by=desk.worker,
        draft=bool(gaps(desk, story, paper)),
        group=group,
    )


def printable(desk: Desk, asked: PrintJob) -> bytes:
    """The pages of a job. Raises UserError when what was complete lacks something by now."""
    paper = TicketPaper(asked.document)
    missing = gaps(desk, ticket_views.story(desk, asked.subject), paper)
    if missing and not asked.draft:
        raise UserError(f"这张{paper.words}还缺：{missing[0]}。补上再打。")
    return document(desk, asked.subject, paper, draft=asked.draft, layout=asked.layout)


def export(desk: Desk, ticket: str, paper: TicketPaper, path: Path, *, layout: Layout = PLAIN) -> None:
    """Save the PDF where the worker asked; the log keeps that it left the store.

    Raises StorageFault when the disk refuses, UserError when her role may take nothing out.
    """
    desk.require(Right.TAKE_OUT)
    missing = gaps(desk, ticket_views.story(desk, ticket), paper)
    write_whole(path, document(desk, ticket, paper, draft=bool(missing), layout=layout))
    with desk.unit(f"export {paper.value}") as unit:
        unit.audit(f"export {paper.value}", ticket)


def came_out(desk: Desk, printed: PrintJob) -> None:
    """The log keeps that it was printed; a slip that was given away is told in the story."""
    paper = TicketPaper(printed.document)
    found = desk.store.reading.find(Ticket, printed.subject)
    with desk.unit("print ticket paper") as unit:
        unit.audit(f"print {printed.document}", printed.subject, "draft" if printed.draft else "public")
        if found is not None and paper in SLIPS and not printed.draft:
            tell(desk, unit, found, found.state, f"打了{paper.words}", "")


def _called(desk: Desk, story: Story) -> str:
    if (person := story.visitor) is not None:
        return called(person.name, person.sex, person.age_on(desk.today))
    name = story.ticket.visitor_name
    return called(name, Sex.UNKNOWN, None) if name else ""


def _title(story: Story, paper: TicketPaper) -> str:
    place = f"（{story.household.place}）" if story.household and story.household.place else ""
    return f"{story.ticket.visitor_name or '群众'}{place}{paper.words}"


def _elsewhere(desk: Desk, ticket: Ticket) -> Elsewhere | None:
    if not ticket.proof:
        return None
    try:
        found = policies.proof(desk, ticket.proof)
    except UserError:  # the county has taken it off its list since
        return None
    office = found.office
    phone = next((one.phone for one in office.contacts if one.phone), "") if office else ""
    return Elsewhere(found.proof.title, found.proof.instead, office.name if office else "", phone)
