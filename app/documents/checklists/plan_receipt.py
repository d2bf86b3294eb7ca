"""The slip she takes home (收条): what was handed in, who took it, when and how she will hear."""

from __future__ import annotations

from collections.abc import Sequence

from app.documents import marks
from app.documents.block import Block, flowed
from app.documents.checklists import block_head
from app.documents.checklists.page import Page, Printed
from app.documents.checklists.plan_steps import room
from app.documents.checklists.plan_summary import counted
from app.documents.paper import BODY, HEADING, STRONG, Sheet, Type
from app.domain.checklists.checklist import Paper, Step

TITLE = Type(33, bold=True)
NUMBER = Type(30, bold=True)
ROW, BOX, PICTURE = 34.0, 25.0, 57.0
LINE = 1.25
SIGNED = (("收的人", "______________"), ("电话", "______________"), ("哪天", "____年__月__日"))
STAMP = 130.0  # room for the round seal of an office, 45 mm


def plan(printed: Printed) -> list[Page]:
    """The slip for the next errand; its papers go on to a second page when there are many."""
    checklist, index = printed.checklist, printed.checklist.next_step
    step, sheet = checklist.steps[index], printed.sheet
    blocks = [*_taken(sheet, step.papers), _answer(printed, step), _signed(sheet)]
    flow = flowed(lambda continued: _head(printed, index, continued), blocks, room(printed))
    return [Page(index, n, tuple(page), "" if n else "收条") for n, page in enumerate(flow)]


def _head(printed: Printed, index: int, continued: int) -> Block:
    sheet, checklist = printed.sheet, printed.checklist
    step = checklist.steps[index]
    parts = (checklist.called, *checklist.names.values(), f"{block_head.circled(index)} {step.title}")
    below = block_head.listed(sheet, (*parts, *("接上页",) * bool(continued)), sheet.across)
    height = TITLE.size * LINE + len(below) * BODY.size * LINE

    def draw(top: float) -> None:
        sheet.text(sheet.left, top, "收条", TITLE)
        sheet.text(sheet.right, top + 2, f"单号 {checklist.code}", NUMBER, align=1)
        sheet.paragraph(sheet.left, top + TITLE.size * LINE, below, line=LINE)
        sheet.rule(top + height + 4, thick=3.6)

    return Block(height + 6, draw, closed=True)


def _taken(sheet: Sheet, papers: Sequence[Paper]) -> list[Block]:
    """One line for each paper, to be ticked by whoever takes it in."""
    heading = Block(HEADING.size + 4, lambda top: _say(sheet, top, "窗口收了这些，收一样打一个 ✓"), gap=4)
    lines = [_line(sheet, f"{paper.name}  {counted(paper)}") for paper in papers]
    return [heading, *lines, _line(sheet, "______________________"), _line(sheet, "______________________")]


def _say(sheet: Sheet, top: float, words: str) -> None:
    sheet.text(sheet.left, top, words, STRONG)


def _line(sheet: Sheet, words: str) -> Block:
    lines = sheet.lines(words, sheet.across - BOX - 14)
    height = max(ROW, len(lines) * BODY.size * LINE + 8)

    def draw(top: float) -> None:
        marks.tick_box(sheet, sheet.left, top + (ROW - BOX) / 2, BOX)
        sheet.paragraph(sheet.left + BOX + 14, top + (ROW - BODY.size * LINE) / 2, lines, line=LINE)

    return Block(height, draw, gap=0)


def _answer(printed: Printed, step: Step) -> Block:
    """How long it takes and how she will hear of it."""
    sheet, picture = printed.sheet, printed.sheet.drawn(PICTURE)
    said = (step.takes or "几天有回音 ________", *step.then)
    lines = tuple(line for words in said for line in sheet.lines(words, sheet.across - picture - 12, STRONG))
    height = max(picture, len(lines) * STRONG.size * LINE)

    def draw(top: float) -> None:
        sheet.pictogram("phone", sheet.left, top + (height - picture) / 2, picture)
        at = top + (height - len(lines) * STRONG.size * LINE) / 2
        sheet.paragraph(sheet.left + picture + 12, at, lines, STRONG, line=LINE)

    return Block(height, draw, gap=4, ruled=True)


def _signed(sheet: Sheet) -> Block:
    """Lines for the hand that took the papers in, and room for the seal."""
    height = max(STAMP, len(SIGNED) * ROW)

    def draw(top: float) -> None:
        for place, (label, blank) in enumerate(SIGNED):
            sheet.text(sheet.left, top + place * (height / len(SIGNED)) + 8, f"{label} {blank}")
        sheet.box(sheet.right - STAMP, top, STAMP, STAMP, thick=1.4)
        sheet.text(sheet.right - STAMP / 2, top + (STAMP - BODY.size) / 2, "盖章", align=0.5)

    return Block(height, draw, gap=4, ruled=True)
