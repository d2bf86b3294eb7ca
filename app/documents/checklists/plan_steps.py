"""One errand to a page: everything if it fits; else what follows moves on, then papers, then the place."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from app.documents.block import Block, stack
from app.documents.checklists import block_after, block_going, block_head, block_papers, block_place
from app.documents.checklists.page import Page, Printed
from app.documents.paper import Sheet
from app.domain.checklists.checklist import Checklist, Paper, Step
from app.domain.checklists.open_days import day_words

AIR = 5.0  # the least room between the blocks and the foot
T = TypeVar("T")


def plan(printed: Printed) -> list[Page]:
    """Pages for every step not done yet; for all of them, if all are done."""
    return [page for index in open_steps(printed.checklist) for page in _pages(printed, index)]


def open_steps(checklist: Checklist) -> tuple[int, ...]:
    """The steps (from 0) that paper is still wanted for."""
    waiting = tuple(i for i, step in enumerate(checklist.steps) if not step.done)
    return waiting or tuple(range(len(checklist.steps)))


def room(printed: Printed) -> float:
    """The points between the top margin and the foot."""
    return printed.sheet.down - block_head.foot(printed, 1, 1).full - AIR


def _pages(printed: Printed, index: int) -> list[Page]:
    sheet, step = printed.sheet, printed.checklist.steps[index]
    wanted, at_home = _wanted(printed.checklist, step)
    high = room(printed)
    place, rest = _fitted(printed, index, wanted)
    if stack([*_top(printed, index, 0), *_papers(sheet, wanted[:1], 0, len(wanted)), *place]) > high:
        place, rest = (), [*place, *rest]  # at 26 pt the way follows the papers on the next sheet
    home = block_papers.at_home(sheet, at_home)
    pages: list[Page] = []
    left = list(wanted)
    while left or rest or not pages:
        top = [*_top(printed, index, len(pages)), *(_some(home) if not pages else ())]
        after = [] if pages else list(place)
        taken = _fitting(sheet, left, high - stack([*top, *after]) - 6, len(wanted))
        papers = _papers(sheet, taken, len(wanted) - len(left), len(wanted))
        left = left[len(taken) :]
        blocks = [*top, *papers, *after]
        while rest and not (left and pages) and stack([*blocks, rest[0]]) <= high:
            blocks.append(rest.pop(0))
        title = "" if pages else f"{block_head.circled(index)} {step.title}"
        pages.append(Page(index, len(pages), tuple(blocks), title))
    return pages


def _wanted(checklist: Checklist, step: Step) -> tuple[tuple[Paper, ...], tuple[Paper, ...]]:
    """The papers with a tile, and those at home already that get one line, when she asked for it."""
    if checklist.show_held:
        return step.papers, ()
    return (
        tuple(paper for paper in step.papers if not paper.held),
        tuple(paper for paper in step.papers if paper.held),
    )


def _fitted(printed: Printed, index: int, wanted: tuple[Paper, ...]) -> tuple[tuple[Block, ...], list[Block]]:
    """Place and ending in the fullest form that fits on one page: the reasons go first, then the drawings
    of the way become words. Where no form fits, what follows moves to a second page and is said in full;
    the first has all that is needed on the way.
    """
    sheet, step = printed.sheet, _called_back(printed, index)
    papers = _papers(sheet, wanted, 0, len(wanted))
    for drawn, reasons in ((True, True), (True, False), (False, False)):
        place = _place(sheet, step, drawn=drawn)
        ending = list(block_after.after(sheet, step, reasons=reasons))
        if stack([*_top(printed, index, 0), *papers, *place, *ending]) <= room(printed):
            return place, ending
    drawn = stack([*_top(printed, index, 0), *papers, *_place(sheet, step, drawn=True)]) <= room(printed)
    return _place(sheet, step, drawn=drawn), list(block_after.after(sheet, step))


def _called_back(printed: Printed, index: int) -> Step:
    """The step with the day the worker rings to ask, where that is planned."""
    checklist, step = printed.checklist, printed.checklist.steps[index]
    if checklist.call_on is None or index != checklist.next_step:
        return step
    words = f"{day_words(checklist.call_on)} 村里打电话问您"
    return replace(step, then=(*step.then, words))


def _top(printed: Printed, index: int, continued: int) -> list[Block]:
    sheet, steps = printed.sheet, printed.checklist.steps
    head = block_head.head(printed, index, continued)
    if continued:
        return [head]
    done, going = block_head.done_line(sheet, steps[:index]), block_going.going(printed, index)
    return [head, *_some(done), *_some(going)]


def _place(sheet: Sheet, step: Step, *, drawn: bool) -> tuple[Block, ...]:
    way = block_going.way_there if drawn else block_going.way_in_words
    return (
        block_place.where(sheet, step.place),
        *_some(way(sheet, step.place)),
        block_place.who(sheet, step.place),
        block_place.when(sheet, step.place),
    )


def _fitting(sheet: Sheet, papers: list[Paper], high: float, total: int) -> list[Paper]:
    """The most papers, up to six, whose tiles fit in `high`; at least one, so that a plan ends."""
    for count in range(min(len(papers), block_papers.MOST_ON_A_PAGE), 1, -1):
        if stack(_papers(sheet, papers[:count], 0, total)) <= high:
            return papers[:count]
    return papers[:1]


def _papers(
    sheet: Sheet, papers: list[Paper] | tuple[Paper, ...], before: int, total: int
) -> tuple[Block, ...]:
    if not papers:
        return ()
    heading = block_papers.heading(sheet, papers, before=before, total=total)
    return (heading, *block_papers.rows(sheet, papers))


def _some(value: T | None) -> tuple[T, ...]:
    return () if value is None else (value,)
