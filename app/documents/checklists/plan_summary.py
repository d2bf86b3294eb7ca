"""All on one sheet, for who reads: every errand in a line or two, then every paper with its number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.documents import marks
from app.documents.block import Block, flowed
from app.documents.checklists import block_going, block_head, block_papers, block_place, plan_steps
from app.documents.checklists.page import Page, Printed
from app.documents.paper import BODY, HEADING, STRONG, Sheet, Type
from app.documents.typography.typeset import phone
from app.domain.checklists.checklist import Checklist, Paper, Step
from app.domain.checklists.open_days import day_words

TITLES = (Type(30, bold=True), Type(26, bold=True))
STEP = Type(22, bold=True)
RING, BOX, PICTURE = 40.0, 25.0, 63.0
ACROSS_MOST = 5
NARROWEST = 98.0  # one paper
LINE = 1.15


def plan(printed: Printed) -> list[Page]:
    """One page if it fits; what does not goes on, never smaller. Steps behind her are only named."""
    checklist, high = printed.checklist, plan_steps.room(printed)
    blocks = [*_errands(printed), *_papers(printed.sheet, needed(checklist))]
    flow = flowed(lambda continued: _head(printed, continued), blocks, high)
    return [Page(checklist.next_step, n, tuple(page), "" if n else "一页全") for n, page in enumerate(flow)]


def needed(checklist: Checklist) -> tuple[Paper, ...]:
    """Each paper once for all errands still open: the most originals any asks for, the copies of all."""
    found: dict[str, Paper] = {}
    for step in (checklist.steps[index] for index in plan_steps.open_steps(checklist)):
        for paper in step.papers:
            same = f"{paper.icon} {paper.name}"
            old = found.get(same)
            found[same] = paper if old is None else _both(old, paper)
    return tuple(found.values())


def _both(one: Paper, other: Paper) -> Paper:
    stays = not (one.look_only and other.look_only) and not (one.unit or other.unit)
    given = [each.originals for each in (one, other) if not each.look_only]
    originals = sum(given) if stays and given else max(one.originals, other.originals)
    return replace(
        one,
        originals=one.originals + other.originals if one.unit else originals,
        copies=one.copies + other.copies,
        look_only=one.look_only and other.look_only,
        held=one.held and other.held,
    )


def _head(printed: Printed, continued: int) -> Block:
    sheet, checklist = printed.sheet, printed.checklist
    picture = sheet.drawn(PICTURE)
    width = sheet.across - picture - 10
    title, style = sheet.fitting(checklist.headline or checklist.item_name, width, *TITLES)
    below = block_head.below(sheet, checklist, continued, width)
    taken = len(title) * style.size * LINE + len(below) * BODY.size * LINE
    height = max(picture, taken)

    def draw(top: float) -> None:
        at = top + (height - taken) / 2
        at += sheet.paragraph(sheet.left, at, title, style, line=LINE)
        sheet.paragraph(sheet.left, at, below, line=LINE)
        sheet.pictogram(checklist.icon, sheet.right - picture, top + (height - picture) / 2, picture)
        sheet.rule(top + height + 4, thick=3.6)

    return Block(height + 6, draw, closed=True)


def _errands(printed: Printed) -> list[Block]:
    sheet, steps = printed.sheet, printed.checklist.steps
    done = block_head.done_line(sheet, steps)
    open_steps = plan_steps.open_steps(printed.checklist)
    earlier = (None, *(steps[index] for index in open_steps))
    listed = [
        _errand(sheet, index, steps[index], before)
        for index, before in zip(open_steps, earlier, strict=False)
    ]
    behind = any(step.done for step in steps) and len(open_steps) < len(steps)
    return [*([done] if done and behind else []), *listed]


def _errand(sheet: Sheet, index: int, step: Step, before: Step | None) -> Block:
    """The number, what to do, where, whom to ring, when the door is open, and a box to tick.

    At the same place as the step `before`, the hours and the number are not said again.
    """
    left, room = sheet.left + RING + 10, sheet.across - RING - 10 - BOX - 10
    title, style = sheet.fitting(step.title, room, STEP)
    words = [line for said in _words(step, before) for line in sheet.lines(said, room)]
    ring = sheet.lines(_ring(step, before), room, STEP)
    taken = (len(title) + len(ring)) * style.size * LINE + len(words) * BODY.size * LINE
    height = max(taken, RING)

    def draw(top: float) -> None:
        marks.ring(sheet, sheet.left, top, RING, str(index + 1))
        marks.tick_box(sheet, sheet.right - BOX, top + 4, BOX)
        at = top
        at += sheet.paragraph(left, at, title, style, line=LINE)
        at += sheet.paragraph(left, at, tuple(words), line=LINE)
        sheet.paragraph(left, at, ring, STEP, line=LINE)

    return Block(height, draw, gap=3, ruled=True)


def _words(step: Step, before: Step | None) -> list[str]:
    place = step.place
    where = f"{place.name or '________'} {block_place.way_words(place)}"
    hours = " ".join(part for part in (place.morning, place.afternoon) if part) or "____________"
    shut = f"，{place.closed} 不开门" if place.closed else ""
    must = block_going.must_come(step) if step.must_come else ""
    until = f"{day_words(step.before)}前办" if step.before else ""
    rest = "，".join(part for part in (must, until, step.takes) if part)
    same = before is not None and before.place == place
    return [words for words in (where, "" if same else f"{hours}{shut}", rest) if words]


def _ring(step: Step, before: Step | None) -> str:
    place = step.place
    if before is not None and before.place == place:
        return ""  # said one line above
    return f"{place.person or '找 ______'} {phone(place.phone) or '___________'}"


def _papers(sheet: Sheet, papers: Sequence[Paper]) -> list[Block]:
    if not papers:
        return []
    count = max(1, min(ACROSS_MOST, int(sheet.across // NARROWEST)))
    lines = [papers[start : start + count] for start in range(0, len(papers), count)]
    words = f"一共带 {len(papers)} 样"

    def draw(top: float) -> None:
        x = sheet.left + sheet.text(sheet.left, top, words, HEADING) + 12
        sheet.text(x, top + 4, "装好一样，打一个 ✓")

    heading = Block(HEADING.size + 4, draw, gap=4, ruled=True)
    return [heading, *(_row(sheet, line, sheet.across / count) for line in lines)]


def _row(sheet: Sheet, papers: Sequence[Paper], column: float) -> Block:
    picture = sheet.drawn(58.0)
    names = [sheet.lines(paper.name, column - 8, STRONG) for paper in papers]
    counts = [tuple(_figures(paper)) for paper in papers]
    text = max(len(name) + len(count) for name, count in zip(names, counts, strict=True)) * BODY.size * LINE

    def draw(top: float) -> None:
        for place, paper in enumerate(papers):
            left = sheet.left + place * column
            sheet.pictogram(paper.icon, left, top, picture)
            marks.tick_box(sheet, left + picture + 8, top + 8, BOX, ticked=paper.held)
            at = top + picture + 2
            at += sheet.paragraph(left, at, names[place], STRONG, line=LINE)
            sheet.paragraph(left, at, counts[place], line=LINE)

    return Block(picture + 2 + text, draw, gap=6)


def _figures(paper: Paper) -> list[str]:
    if paper.unit:
        return [counted(paper)]
    return [f"{words} {count}" for words, count in block_papers.figures(paper)]


def counted(paper: Paper) -> str:
    """`看原件 复印 3`: how many of one paper, in the words of the tiles."""
    if paper.unit:
        return f"{paper.originals or paper.copies} {paper.unit}"
    return "，".join(_figures(paper))
