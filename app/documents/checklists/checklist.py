"""The pictorial checklist (图文办事清单) as a PDF, for someone who reads little.

A pure function: the same checklist, day and layout give the same bytes, on screen, on paper and in a test.
Layout after the rules in docs: nothing under 18 pt but the mark of a sample, pictograms of 20 mm,
boxes of 8 mm, at most six papers to a page; what does not fit goes on, never smaller.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from app.documents.block import draw_down, stack
from app.documents.checklists import block_after, block_head, block_qr, plan_receipt, plan_steps, plan_summary
from app.documents.checklists.page import Page, Plan, Printed
from app.documents.paper import Sheet
from app.documents.pen import LARGE
from app.documents.typography.faces import faces, one_at_a_time
from app.domain.checklists.checklist import Checklist
from app.domain.checklists.layout import PLAIN, Form, Layout
from app.domain.problem import UserError

PLANS: dict[Form, Plan] = {
    Form.STEPS: plan_steps.plan,
    Form.SUMMARY: plan_summary.plan,
    Form.RECEIPT: plan_receipt.plan,
}


def render(
    checklist: Checklist,
    *,
    printed_on: date,
    draft: bool = False,
    layout: Layout = PLAIN,
    fonts_folder: Path | None = None,
) -> bytes:
    """The PDF of `checklist`: a page or more for every step not done yet (for all, if all are done).

    A draft carries a hollow 草稿 across each page. Gaps are printed as blanks; that a list with gaps
    is only ever a draft is for the caller to see to. `fonts_folder` holds the county's own fonts.
    Raises UserError for a list without steps.
    """
    if not checklist.steps:
        raise UserError("这张单子还没有步骤，打不出来。先选办什么事。", field="item")
    with one_at_a_time:
        printed = _begun(checklist, printed_on, draft, layout, fonts_folder)
        pages = _planned(printed)
        for number, page in enumerate(pages, 1):
            _draw(printed, page, number, len(pages))
        return printed.sheet.finish()


def steps_of_pages(
    checklist: Checklist,
    *,
    printed_on: date,
    draft: bool = False,
    layout: Layout = PLAIN,
    fonts_folder: Path | None = None,
) -> tuple[int, ...]:
    """For every page `render` makes of the same list, the step (from 0) it belongs to."""
    with one_at_a_time:
        printed = _begun(checklist, printed_on, draft, layout, fonts_folder)
        return tuple(page.step for page in _planned(printed))


def _planned(printed: Printed) -> list[Page]:
    """The pages, with the square for telephones on the first that has room for it, or on one of its own."""
    pages = PLANS[printed.layout.form](printed)
    if not printed.layout.qr:
        return pages
    square = block_qr.block(printed)
    for number, page in enumerate(pages):
        if stack([*page.blocks, square]) <= plan_steps.room(printed):
            return [*pages[:number], replace(page, blocks=(*page.blocks, square)), *pages[number + 1 :]]
    last = pages[-1]
    head = block_head.head(printed, last.step, last.sheet + 1)
    return [*pages, Page(last.step, last.sheet + 1, (head, square))]


def _begun(checklist: Checklist, on: date, draft: bool, layout: Layout, fonts: Path | None) -> Printed:
    title = f"{checklist.called} {checklist.item_name} 办事清单".strip()
    scale = LARGE if layout.large else 1.0
    sheet = Sheet(faces(fonts), title=title, on=on, scale=scale, thrift=layout.thrift)
    return Printed(sheet, checklist, on, draft, layout)


def _draw(printed: Printed, page: Page, number: int, pages: int) -> None:
    sheet = printed.sheet
    if printed.draft:
        sheet.outlined("草稿")
    block_head.sample_mark(printed)
    if page.title:
        sheet.bookmark(page.title)
    foot = block_head.foot(printed, number, pages)
    blocks = list(page.blocks)
    slack = sheet.down - stack([*blocks, foot])
    if lines := block_after.writing(sheet, slack - 8 * len(blocks)):
        blocks.append(lines)
        slack = sheet.down - stack([*blocks, foot])
    draw_down(sheet, blocks, slack, most=14)
    foot.draw(sheet.bottom - foot.height)
    sheet.next_page()
