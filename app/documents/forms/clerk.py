"""Application papers (申请材料) as one PDF: the one way in.

A pure function: the same papers and day give the same bytes on screen, on paper and in a test. Ordinary
office forms: A4, text of 12 pt and more, ruled tables with repeated heads, no cell broken across pages,
pages numbered within each paper, 20 mm at the left for the binder.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

from app.documents.forms import (
    clerk_application,
    clerk_authorisation,
    clerk_flow,
    clerk_notice,
    clerk_promise,
)
from app.documents.forms import clerk_survey as survey
from app.documents.forms.clerk_flow import Composed, Part
from app.documents.paper import Sheet
from app.documents.typography.faces import faces, one_at_a_time
from app.domain.papers.paperwork import FormKind, filled
from app.domain.papers.paperwork_case import FormPaper
from app.domain.papers.posting import PublicNotice
from app.domain.problem import UserError

PARTS: dict[FormKind, Callable[[Sheet, FormPaper], Iterator[Part]]] = {
    FormKind.APPLICATION: clerk_application.parts,
    FormKind.AUTHORISATION: clerk_authorisation.parts,
    FormKind.DECLARATION: clerk_promise.declaration,
    FormKind.COMMITMENT: clerk_promise.commitment,
    FormKind.MANDATE: clerk_promise.mandate,
    FormKind.SURVEY: survey.parts,
}


def render(
    papers: Sequence[FormPaper | PublicNotice],
    *,
    title: str,
    printed_on: date,
    fonts_folder: Path | None = None,
) -> bytes:
    """The PDF of `papers`, one after the other, each from a page of its own.

    A notice goes on the wall and is never in one file with papers that carry numbers: mixing them
    raises UserError, as does an empty choice.
    """
    if not papers:
        raise UserError("还没选要打哪些材料。", field="papers")
    posted = [isinstance(one, PublicNotice) for one in papers]
    if any(posted) and not all(posted):
        raise UserError("公示要贴出去，和别的材料分开打。", field="papers")
    with one_at_a_time:
        sheet = Sheet(faces(fonts_folder), title=title, on=printed_on, subject="申请材料")
        for one in papers:
            clerk_flow.draw(sheet, composed(sheet, one))
        return sheet.finish()


def composed(sheet: Sheet, paper: FormPaper | PublicNotice) -> Composed:
    """The parts of one paper with its name."""
    if isinstance(paper, PublicNotice):
        name = filled(paper.wording.title, {"items": paper.item_name})
        parts, edition, simulated = clerk_notice.parts(sheet, paper), paper.edition, paper.simulated
    else:
        name = filled(paper.wording.title, paper.case.blanks)
        parts, edition = PARTS[paper.kind](sheet, paper), paper.case.edition
        simulated = paper.case.simulated
    words = f"表样 {edition}" + ("（待核）" if paper.wording.standing.unverified else "")
    return Composed(name, tuple(parts), words, simulated)
