"""Every paper that is no checklist, by the name its print jobs carry; made anew when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from app.actions.desk import Desk
from app.actions.visits import day_plan, visit_papers
from app.documents.preview import page_count, page_image
from app.domain.problem import UserError
from app.domain.roles import Right
from app.files import write_whole

Picture = tuple[int, int, bytes]


@dataclass(frozen=True)
class PaperKind:
    """`called` is what a printer's list may read: it names nobody. `logged` stands in the audit log.

    `make(desk, subject)` gives the PDF, `title(desk, subject)` what the worker calls it; both raise
    UserError when it cannot be made as things stand.
    """

    called: str
    logged: str
    make: Callable[[Desk, str], bytes] = field(repr=False)
    title: Callable[[Desk, str], str] = field(repr=False)


@dataclass(frozen=True)
class PaperPages:
    """A paper to look at: its title, and a picture of every page of the very bytes that would be printed."""

    title: str
    pages: tuple[Picture, ...] = field(repr=False)


KINDS: Mapping[str, PaperKind] = {
    "visit": PaperKind("走访记录表", "visit sheet", visit_papers.sheet, visit_papers.sheet_title),
    "day plan": PaperKind("走访单", "day plan", day_plan.paper, day_plan.paper_title),
    "diary": PaperKind("民情日记", "diary", visit_papers.diary_between, visit_papers.diary_title),
}


def kind(document: str) -> PaperKind:
    """Raises UserError for a kind this release does not know: a newer one asked for it."""
    found = KINDS.get(document)
    if found is None:
        raise UserError("这种单子这一版不会打。升级以后再打。")
    return found


def pages(desk: Desk, document: str, subject: str, *, width_px: int) -> PaperPages:
    """The paper as it would come out now, `width_px` wide."""
    desk.require(Right.TAKE_OUT)
    pdf = kind(document).make(desk, subject)
    shown = tuple(page_image(pdf, page, width_px) for page in range(page_count(pdf)))
    return PaperPages(kind(document).title(desk, subject), shown)


def came_out(desk: Desk, document: str, subject: str) -> None:
    """It came out of the printer: logged, with who, when and which."""
    verb = f"print {kind(document).logged}"
    with desk.unit(verb) as unit:
        unit.audit(verb, subject)


def export(desk: Desk, document: str, subject: str, path: Path) -> None:
    """Save it where the worker asked; the log keeps that it left the store.

    Raises StorageFault when the disk refuses.
    """
    desk.require(Right.TAKE_OUT)
    write_whole(path, kind(document).make(desk, subject))
    verb = f"export {kind(document).logged}"
    with desk.unit(verb) as unit:
        unit.audit(verb, subject)
