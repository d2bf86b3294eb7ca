"""What need not be carried, how she will know it is done, and room to write by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.documents import marks
from app.documents.block import Block
from app.documents.paper import BODY, HEADING, STRONG, Sheet
from app.domain.checklists.checklist import Step, Unneeded

PICTURE = 57.0
SIDE = 48.0  # the heading 不用带 stands beside its pictures
COLUMN = 100.0
NARROW = 88.0
NARROWEST = 82.0  # where the whole sheet is narrower than WIDE
WIDE = 440.0
BESIDE_MOST = 3  # beside 办好了; more go above it
ACROSS_MOST = 4
WRITING_LINE = 34.0
WITH_PICTURE = 220.0
ENDING_LEAST = 110.0
ENDING_LINE = 1.15
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
    column = NARROW if len(unneeded) == BESIDE_MOST else COLUMN
    if sheet.across < WIDE:
        column = NARROWEST
    middle = sheet.left + SIDE + len(unneeded) * column + 6
    if unneeded and ending and len(unneeded) <= BESIDE_MOST and sheet.right - middle >= ENDING_LEAST:
        left, right = _unneeded(sheet, unneeded, column=column), _ending(sheet, step, middle + 13)
        height = max(left.height, right.height)

        def draw(top: float) -> None:
            left.draw(top)
            right.draw(top)
            sheet.stroke(((middle, top + 1), (middle, top + height)), thick=2.2)

        return (Block(height, draw, gap=3, ruled=True),)
    most = min(ACROSS_MOST, int((sheet.across - SIDE) // NARROW))
    rows = [unneeded[start : start + most] for start in range(0, len(unneeded), most)]
    blocks = [
        _unneeded(sheet, row, column=min(COLUMN, (sheet.across - SIDE) / len(row)), more=index > 0)
        for index, row in enumerate(rows)
    ]
    return (*blocks, _ending(sheet, step, sheet.left)) if ending else tuple(blocks)


def writing(sheet: Sheet, room: float) -> Block | None:
    """Up to three lines to write on, when the page has room for at least two."""
    count = min(3, int((room - 30) // WRITING_LINE))
    if count < 2:
        return None

    def draw(top: float) -> None:
        words = sheet.text(sheet.left, top + WRITING_LINE - BODY.size - 3, "记一笔") + 10
        for index in range(count):
            left = sheet.left + (words if index == 0 else 0)
            sheet.rule(top + WRITING_LINE * (index + 1), thick=0.8, left=left)

    return Block(WRITING_LINE * count + 12, draw, gap=8)


def _unneeded(sheet: Sheet, items: Sequence[Unneeded], *, column: float, more: bool = False) -> Block:
    names = [sheet.lines(item.name, column - 4, STRONG) for item in items]
    whys = [sheet.lines(item.why, column - 4) if item.why else () for item in items]
    top_lines = max(len(name) for name in names)
    text = top_lines * STRONG.size * 1.2 + max(len(why) for why in whys) * BODY.size * 1.2

    heading = ("也不", "用带") if more else ("不用", "带")

    def draw(top: float) -> None:
        sheet.paragraph(sheet.left + HEADING.size, top, heading, HEADING, align=0.5, line=1.2)
        for index, item in enumerate(items):
            middle = sheet.left + SIDE + column * (index + 0.5)
            marks.crossed(sheet, item.icon, middle - sheet.drawn(PICTURE) / 2, top, sheet.drawn(PICTURE))
            at = top + sheet.drawn(PICTURE) + 2
            at += sheet.paragraph(middle, at, names[index], STRONG, align=0.5, line=1.2)
            sheet.paragraph(middle, at, whys[index], align=0.5, line=1.2)

    return Block(sheet.drawn(PICTURE) + 2 + text, draw, gap=3, ruled=True)


def _ending(sheet: Sheet, step: Step, left: float) -> Block:
    """办好了: how she will know. In a narrow column the words come first and the picture is left out."""
    pictured = sheet.right - left > WITH_PICTURE
    words = left + (sheet.drawn(PICTURE) + 12 if pictured else 0)
    then = tuple(
        line for sentence in step.then for line in sheet.lines(sentence, sheet.right - words, STRONG)
    )
    takes = sheet.lines(step.takes, sheet.right - words) if step.takes else ()
    taken = (len(then) + len(takes)) * BODY.size * ENDING_LINE

    def draw(top: float) -> None:
        sheet.text(left, top, "办好了", HEADING)
        at = top + HEADING.size + 2
        if pictured:
            sheet.pictogram(_picture(step), left, at, sheet.drawn(PICTURE))
            at += max((sheet.drawn(PICTURE) - taken) / 2, 0)
        at += sheet.paragraph(words, at, then, STRONG, line=ENDING_LINE)
        sheet.paragraph(words, at, takes, line=ENDING_LINE)

    return Block(
        HEADING.size + 2 + max(sheet.drawn(PICTURE) if pictured else 0, taken), draw, gap=3, ruled=True
    )


def _picture(step: Step) -> str:
    said = " ".join(step.then)
    return next((icon for word, icon in RESULTS if word in said), "original")
