"""The pictorial checklist (图文办事清单) as a PDF: one errand to a page, for someone who reads little.

A pure function: the same checklist and day give the same bytes, on screen, on paper and in a test.
Layout after the rules in docs: nothing under 18 pt but the mark of a sample, pictograms of 20 mm,
boxes of 8 mm, at most six papers to a page; what does not fit goes on, never smaller.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.documents import block_after, block_head, block_papers, block_place
from app.documents.block import Block, draw_down, stack
from app.documents.block_head import Printed
from app.documents.faces import faces, one_at_a_time
from app.documents.paper import BOTTOM, DOWN, Sheet
from app.domain.checklist import Checklist, Paper, Step
from app.domain.problem import UserError


@dataclass(frozen=True)
class Page:
    """One page planned: which step, which sheet of it, and its blocks above the foot."""

    step: int
    sheet: int
    blocks: tuple[Block, ...]


def render(
    checklist: Checklist, *, printed_on: date, draft: bool = False, fonts_folder: Path | None = None
) -> bytes:
    """The PDF of `checklist`: a page or more for every step not done yet (for all, if all are done).

    A draft carries a hollow 草稿 across each page. Gaps are printed as blanks; that a list with gaps
    is only ever a draft is for the caller to see to. `fonts_folder` holds the county's own fonts.
    Raises UserError for a list without steps.
    """
    if not checklist.steps:
        raise UserError("这张单子还没有步骤，打不出来。先选办什么事。", field="item")
    with one_at_a_time:
        title = f"{checklist.called} {checklist.item_name} 办事清单".strip()
        sheet = Sheet(faces(fonts_folder), title=title, on=printed_on)
        printed = Printed(sheet, checklist, printed_on, draft)
        pages = [page for index in _open_steps(checklist) for page in _pages(printed, index)]
        for number, page in enumerate(pages, 1):
            _draw(printed, page, number, len(pages))
        return sheet.finish()


def steps_of_pages(
    checklist: Checklist, *, printed_on: date, draft: bool = False, fonts_folder: Path | None = None
) -> tuple[int, ...]:
    """For every page `render` makes of the same list, the step (from 0) it belongs to."""
    with one_at_a_time:
        printed = Printed(Sheet(faces(fonts_folder), title="", on=printed_on), checklist, printed_on, draft)
        return tuple(page.step for index in _open_steps(checklist) for page in _pages(printed, index))


def _open_steps(checklist: Checklist) -> tuple[int, ...]:
    waiting = tuple(i for i, step in enumerate(checklist.steps) if not step.done)
    return waiting or tuple(range(len(checklist.steps)))


def _pages(printed: Printed, index: int) -> list[Page]:
    """Plan one step: everything on one page if it fits; else what follows moves on; else papers do."""
    sheet, step = printed.sheet, printed.checklist.steps[index]
    place = _place(sheet, step)
    room = DOWN - block_head.foot(printed, 1, 1).full - 5
    ending = _ending(printed, index, place, room)
    pages: list[Page] = []
    left = list(step.papers)
    while True:
        top = _top(printed, index, len(pages))
        now = [*top, *(place if not pages else ())]
        taken = _fitting(sheet, left, room - stack(now) - 6, len(step.papers))
        papers = _paper_blocks(sheet, taken, len(step.papers) - len(left), len(step.papers))
        left = left[len(taken) :]
        blocks = [*top, *papers, *(place if not pages else ())]
        while ending and not (left and pages) and stack([*blocks, ending[0]]) <= room:
            blocks.append(ending.pop(0))
        pages.append(Page(index, len(pages), tuple(blocks)))
        if not left and not ending:
            return pages


def _ending(printed: Printed, index: int, place: tuple[Block, ...], room: float) -> list[Block]:
    """What follows the visit, without its reasons if only then the step fits on one page."""
    sheet, step = printed.sheet, printed.checklist.steps[index]
    full = list(block_after.after(sheet, step))
    papers = _paper_blocks(sheet, list(step.papers), 0, len(step.papers))
    fits = stack([*_top(printed, index, 0), *papers, *place, *full]) <= room
    return full if fits else list(block_after.after(sheet, step, reasons=False))


def _top(printed: Printed, index: int, continued: int) -> list[Block]:
    sheet, steps = printed.sheet, printed.checklist.steps
    done = block_head.done_line(sheet, steps[:index]) if not continued else None
    found = (block_head.head(printed, index, continued), done)
    return [block for block in found if block is not None]


def _place(sheet: Sheet, step: Step) -> tuple[Block, ...]:
    return (
        block_place.where(sheet, step.place),
        block_place.who(sheet, step.place),
        block_place.when(sheet, step.place),
    )


def _fitting(sheet: Sheet, papers: list[Paper], room: float, total: int) -> list[Paper]:
    """The most papers, up to six, whose tiles fit in `room`; at least one, so that a plan ends."""
    for count in range(min(len(papers), block_papers.MOST_ON_A_PAGE), 1, -1):
        if stack(_paper_blocks(sheet, papers[:count], 0, total)) <= room:
            return papers[:count]
    return papers[:1]


def _paper_blocks(sheet: Sheet, papers: list[Paper], before: int, total: int) -> tuple[Block, ...]:
    if not papers:
        return ()
    heading = block_papers.heading(sheet, papers, before=before, total=total)
    return (heading, *block_papers.rows(sheet, papers))


def _draw(printed: Printed, page: Page, number: int, pages: int) -> None:
    sheet, step = printed.sheet, printed.checklist.steps[page.step]
    if printed.draft:
        sheet.outlined("草稿")
    block_head.sample_mark(printed)
    if page.sheet == 0:
        sheet.bookmark(f"{block_head.number(page.step)} {step.title}")
    foot = block_head.foot(printed, number, pages)
    blocks = list(page.blocks)
    slack = DOWN - stack([*blocks, foot])
    if lines := block_after.writing(sheet, slack - 8 * len(blocks)):
        blocks.append(lines)
        slack = DOWN - stack([*blocks, foot])
    draw_down(sheet, blocks, slack, most=14)
    foot.draw(BOTTOM - foot.height)
    sheet.next_page()
