"""What need not be carried, how she will know it is done, and room to write by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.documents import marks
from app.documents.block import Block
from app.documents.paper import ACROSS, BODY, HEADING, LEFT, LINE, RIGHT, STRONG, Sheet
from app.domain.checklist import Step, Unneeded

PICTURE = 57.0
COLUMN = 112.0
ACROSS_MOST = 5
WRITING_LINE = 34.0
# The picture beside 办好了 follows the first of these words found in the sentences there.
RESULTS = (
    ("钱", "money_card"),
    ("卡", "money_card"),
    ("电话", "phone"),
    ("证", "original"),
    ("书", "original"),
)


def after(sheet: Sheet, step: Step, *, reasons: bool = True) -> tuple[Block, ...]:
    """不用带 and 办好了 side by side, or below each other when there is much of the first.

    Without `reasons` it is lower: why a thing need not be brought is the first to go.
    """
    unneeded = step.unneeded if reasons else tuple(replace(item, why="") for item in step.unneeded)
    ending = bool(step.then or step.takes)
    if unneeded and ending and len(unneeded) <= 2:
        left, right = _unneeded(sheet, unneeded), _ending(sheet, step, LEFT + 2 * COLUMN + 16)
        height = max(left.height, right.height)

        def draw(top: float) -> None:
            left.draw(top)
            right.draw(top)
            middle = LEFT + 2 * COLUMN + 2
            sheet.stroke(((middle, top + 1), (middle, top + height)), thick=2.2)

        return (Block(height, draw, gap=4, ruled=True),)
    rows = [unneeded[start : start + ACROSS_MOST] for start in range(0, len(unneeded), ACROSS_MOST)]
    blocks = [_unneeded(sheet, row, more=index > 0) for index, row in enumerate(rows)]
    return (*blocks, _ending(sheet, step, LEFT)) if ending else tuple(blocks)


def writing(sheet: Sheet, room: float) -> Block | None:
    """Up to three lines to write on, when the page has room for at least two."""
    count = min(3, int((room - 16) // WRITING_LINE))
    if count < 2:
        return None

    def draw(top: float) -> None:
        words = sheet.text(LEFT, top + WRITING_LINE - BODY.size - 3, "记一笔") + 10
        for index in range(count):
            left = LEFT + (words if index == 0 else 0)
            sheet.rule(top + WRITING_LINE * (index + 1), thick=0.8, left=left)

    return Block(WRITING_LINE * count, draw, gap=10)


def _unneeded(sheet: Sheet, items: Sequence[Unneeded], *, more: bool = False) -> Block:
    column = min(COLUMN, ACROSS / len(items))
    names = [sheet.lines(item.name, column - 6, STRONG) for item in items]
    whys = [sheet.lines(item.why, column - 6) if item.why else () for item in items]
    top_lines = max(len(name) for name in names)
    text = top_lines * STRONG.size * 1.2 + max(len(why) for why in whys) * BODY.size * 1.2

    def draw(top: float) -> None:
        sheet.text(LEFT, top, "也不用带" if more else "不用带", HEADING)
        for index, item in enumerate(items):
            middle = LEFT + column * (index + 0.5)
            at = top + HEADING.size + 4
            marks.crossed(sheet, item.icon, middle - PICTURE / 2, at, PICTURE)
            at += PICTURE + 2
            at += sheet.paragraph(middle, at, names[index], STRONG, align=0.5, line=1.2)
            sheet.paragraph(middle, at, whys[index], align=0.5, line=1.2)

    return Block(HEADING.size + 4 + PICTURE + 2 + text, draw, gap=4, ruled=True)


def _ending(sheet: Sheet, step: Step, left: float) -> Block:
    words = left + PICTURE + 12
    room = RIGHT - words
    then = tuple(line for sentence in step.then for line in sheet.lines(sentence, room, STRONG))
    takes = sheet.lines(step.takes, room if left > LEFT else ACROSS) if step.takes else ()
    taken = (len(then) + len(takes)) * BODY.size * LINE

    def draw(top: float) -> None:
        sheet.text(left, top, "办好了", HEADING)
        at = top + HEADING.size + 4
        sheet.pictogram(_picture(step), left, at, PICTURE)
        at += max((PICTURE - taken) / 2, 0)
        at += sheet.paragraph(words, at, then, STRONG)
        sheet.paragraph(words, at, takes)

    return Block(HEADING.size + 4 + max(PICTURE, taken), draw, gap=4, ruled=True)


def _picture(step: Step) -> str:
    said = " ".join(step.then)
    return next((icon for word, icon in RESULTS if word in said), "original")
