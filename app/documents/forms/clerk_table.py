"""Ruled tables of an office form: cells with words, blanks to write in, and handwriting from the pad.

A row is a block and never broken across pages; what is too long for one row goes on in the next.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.documents.block import Block
from app.documents.paper import Sheet, Type
from app.documents.pen import ACROSS, LEFT
from app.documents.typography import typeset

CELL = Type(12)  # 小四, the smallest on an office form
LEADING = 1.35
PAD_X, PAD_Y = 4.0, 4.0
RULED = 0.8
LEAST_ROW = 26.0
WRITING_ROW = 40.0  # for a name and a thumb
MOST_LINES = 24  # of one row; more go on in the next


@dataclass(frozen=True)
class Cell:
    """`span` columns wide; `align` 0 left, 0.5 middle. A line feed in `words` ends the line. `strokes` is
    handwriting as the pad keeps it."""

    words: str = ""
    bold: bool = False
    align: float = 0.0
    span: int = 1
    strokes: str = ""


Row = tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """Column widths as shares of the page; `head` rows stand again on top of every page it goes on."""

    shares: tuple[float, ...]
    rows: tuple[Row, ...]
    head: tuple[Row, ...] = ()
    least: float = LEAST_ROW
    size: float = CELL.size

    def style(self, cell: Cell) -> Type:
        """How the words of `cell` are set."""
        return Type(self.size, cell.bold)

    @property
    def widths(self) -> tuple[float, ...]:
        return tuple(ACROSS * share / sum(self.shares) for share in self.shares)


def named(words: str, *, span: int = 1) -> Cell:
    """A cell that says what the one beside it holds."""
    return Cell(words, bold=True, align=0.5, span=span)


def heads(*words: str) -> Row:
    """A head row."""
    return tuple(named(one) for one in words)


def row_blocks(sheet: Sheet, table: Table, row: Row, least: float | None = None) -> Iterator[Block]:
    """The block of `row`, or several when one of its cells is longer than a row may be."""
    widths = table.widths
    spans = list(_spans(row, widths))
    broken = [
        _lines(sheet, cell, table.style(cell), width) for cell, (_, width) in zip(row, spans, strict=True)
    ]
    lowest = table.least if least is None else least
    while True:
        now = [lines[:MOST_LINES] for lines in broken]
        broken = [lines[MOST_LINES:] for lines in broken]
        yield _block(sheet, table, row, list(zip(spans, now, strict=True)), lowest)
        if not any(broken):
            return
        row = tuple(replace(cell, strokes="") for cell in row)


def _block(
    sheet: Sheet,
    table: Table,
    row: Row,
    places: Sequence[tuple[tuple[float, float], tuple[str, ...]]],
    least: float,
) -> Block:
    line = table.size * LEADING
    height = max(max((len(words) for _, words in places), default=0) * line + 2 * PAD_Y, least)

    def draw(top: float) -> None:
        for cell, ((left, width), words) in zip(row, places, strict=True):
            corners = ((left, top), (left + width, top), (left + width, top + height), (left, top + height))
            sheet.stroke((*corners, corners[0]), thick=RULED)
            x = left + PAD_X + (width - 2 * PAD_X) * cell.align
            at = top + (height - len(words) * line) / 2
            sheet.paragraph(x, at, words, table.style(cell), align=cell.align, line=LEADING)
            if cell.strokes:
                handwriting(sheet, cell.strokes, left + PAD_X, top + 2, width - 2 * PAD_X, height - 4)

    return Block(height, draw, gap=0)


def handwriting(sheet: Sheet, strokes: str, left: float, top: float, width: float, height: float) -> None:
    """A signature of the pad, as large as the box allows; what cannot be read as one leaves the box empty."""
    try:
        kept = json.loads(strokes)
        lines = [[(float(x), float(y)) for x, y in one] for one in kept["strokes"] if len(one) > 1]
    except (ValueError, TypeError, KeyError):
        return
    points = [point for line in lines for point in line]
    if not points:
        return
    low_x, low_y = min(x for x, _ in points), min(y for _, y in points)
    wide = max(max(x for x, _ in points) - low_x, 1.0)
    high = max(max(y for _, y in points) - low_y, 1.0)
    scale = min(width / wide, height / high)
    x0, y0 = left + (width - wide * scale) / 2, top + (height - high * scale) / 2
    for line in lines:
        sheet.stroke(tuple((x0 + (x - low_x) * scale, y0 + (y - low_y) * scale) for x, y in line), thick=1.2)


def _spans(row: Row, widths: Sequence[float]) -> Iterator[tuple[float, float]]:
    """(left, width) of every cell."""
    left, column = LEFT, 0
    for cell in row:
        width = sum(widths[column : column + cell.span])
        yield left, width
        left, column = left + width, column + cell.span


def _lines(sheet: Sheet, cell: Cell, style: Type, width: float) -> tuple[str, ...]:
    if not cell.words:
        return ()
    breaking = typeset.balanced if cell.bold else typeset.lines
    room = width - 2 * PAD_X
    given = cell.words.split("\n")
    return tuple(line for one in given for line in breaking(one, lambda text: sheet.width(text, style), room))
