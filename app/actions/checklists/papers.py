"""Papers as bytes: what is previewed is what is printed. No plain PDF is left on disk."""

from __future__ import annotations

from pathlib import Path

from app.actions.checklists import checklists
from app.actions.desk import Desk
from app.documents import benefit_notice as notice
from app.documents import recovery_sheet
from app.documents.benefit_notice import Home
from app.documents.checklists.checklist import render, steps_of_pages
from app.documents.preview import page_count, page_image
from app.domain.checklists.layout import PLAIN, Layout
from app.domain.papers import granted
from app.domain.people.household import Household
from app.domain.people.person import Person, called
from app.domain.roles import Right
from app.files import write_whole

Picture = tuple[int, int, bytes]


def checklist(desk: Desk, checklist_id: str, *, draft: bool, layout: Layout = PLAIN) -> bytes:
    """The checklist as PDF, dated today."""
    return render(
        checklists.get(desk, checklist_id),
        printed_on=desk.today,
        draft=draft,
        fonts_folder=desk.fonts,
        layout=layout,
    )


def export_checklist(
    desk: Desk, checklist_id: str, path: Path, *, draft: bool, layout: Layout = PLAIN
) -> None:
    """Save the PDF where the worker asked (存成文件带去打); the log keeps that it left the store.

    Raises StorageFault when the disk refuses.
    """
    desk.require(Right.TAKE_OUT)
    data = checklist(desk, checklist_id, draft=draft, layout=layout)
    write_whole(path, data)
    with desk.unit("export checklist") as unit:
        unit.audit("export checklist", checklist_id)


def pictures(
    desk: Desk, checklist_id: str, *, draft: bool, width_px: int, layout: Layout = PLAIN
) -> tuple[Picture, ...]:
    """Every page of the very bytes that would be printed, as (width, height, RGBX pixels)."""
    pdf = checklist(desk, checklist_id, draft=draft, layout=layout)
    return tuple(page_image(pdf, page, width_px) for page in range(page_count(pdf)))


def page_steps(desk: Desk, checklist_id: str, *, draft: bool, layout: Layout = PLAIN) -> tuple[int, ...]:
    """Which step (from 0) each page of `pictures` belongs to; a long step takes more than one."""
    return steps_of_pages(
        checklists.get(desk, checklist_id),
        printed_on=desk.today,
        draft=draft,
        fonts_folder=desk.fonts,
        layout=layout,
    )


def recovery(desk: Desk, code: str) -> bytes:
    """The sheet with the recovery code, for the township's safe. Printed only, never saved as a file."""
    with desk.unit("print recovery sheet") as unit:
        unit.audit("print recovery sheet", desk.worker)
    return recovery_sheet.render(
        code,
        village=desk.village_name,
        worker=desk.worker_name,
        printed_on=desk.today,
        fonts_folder=desk.fonts,
    )


def benefit_notice(desk: Desk, household: str, *, layout: Layout = PLAIN) -> bytes:
    """What the family draws, for the wall inside the house (户内告知单), dated today.

    Raises UserError when nothing is drawn.
    """
    reading = desk.store.reading
    home = reading.get(Household, household)
    members = reading.where(Person, household=household)
    head = next((one for one in members if one.id == home.head), members[0] if members else None)
    drawn = granted.grants(home, members, desk.pack, desk.today)
    told = called(head.name, head.sex, head.age_on(desk.today)) if head else home.place
    wall = Home(told, desk.worker_name, desk.worker_phone, desk.pack.simulated)
    return notice.render(wall, drawn, printed_on=desk.today, layout=layout, fonts_folder=desk.fonts)
