"""How an office form flows over pages: paragraphs, tables with repeated heads, signatures, page x of y."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.documents.block import Block
from app.documents.forms.clerk_table import CELL, Table, row_blocks
from app.documents.paper import Sheet, Type
from app.documents.pen import ACROSS, BOTTOM, LEFT, RIGHT, TOP, WIDTH
from app.documents.typography import typeset

TITLES = (Type(22, bold=True), Type(20, bold=True), Type(18, bold=True))
TEXT = Type(14)  # 四号
HEADING = Type(14, bold=True)
LEADING = 1.5
FOOT_ROOM = 24.0
INDENT = 2  # characters, at the head of a paragraph


@dataclass(frozen=True)
class Part:
    """A block with what binds it: `keep` to the next part, `head` to be drawn again on a new page."""

    block: Block
    keep: bool = False
    head: tuple[Block, ...] = ()


@dataclass(frozen=True)
class Composed:
    """One paper ready to be laid on pages. `edition` says where its words come from; `sealed` is said at the
    foot of every page before it."""

    title: str
    parts: tuple[Part, ...]
    edition: str
    simulated: bool = False
    sealed: str = ""


def title(sheet: Sheet, words: str) -> Iterator[Part]:
    """The name of the paper in the middle."""
    lines, style = sheet.fitting(words, ACROSS, *TITLES)

    def draw(top: float) -> None:
        sheet.paragraph((LEFT + RIGHT) / 2, top, lines, style, align=0.5, line=1.3)

    yield Part(Block(len(lines) * style.size * 1.3 + 6, draw, gap=0), keep=True)


def heading(sheet: Sheet, words: str) -> Iterator[Part]:
    """What the next part is about."""
    yield from _lines(sheet, sheet.lines(words, ACROSS, HEADING), HEADING, LEFT, gap=10, keep=True)


def paragraph(sheet: Sheet, words: str, style: Type = TEXT, *, gap: float = 6.0) -> Iterator[Part]:
    """A paragraph, its first line two characters in."""
    indent = INDENT * style.size

    def measure(text: str) -> float:
        return sheet.width(text, style)

    text = typeset.tidy(words)
    first = typeset.lines(text, measure, ACROSS - indent)[:1]
    rest = typeset.lines(text[len(first[0]) :], measure, ACROSS) if first else ()
    yield from _lines(sheet, first, style, LEFT + indent, gap=gap, keep=bool(rest))
    yield from _lines(sheet, rest, style, LEFT, gap=0)


def points(sheet: Sheet, given: Sequence[str]) -> Iterator[Part]:
    """Numbered points, the lines of each under its first word."""
    for number, words in enumerate(given, 1):
        mark = f"{number}."
        inset = LEFT + INDENT * TEXT.size
        lines = sheet.lines(words, RIGHT - inset - 18, TEXT)

        def draw(top: float, mark: str = mark, lines: tuple[str, ...] = lines, inset: float = inset) -> None:
            sheet.text(inset, top + TEXT.size * (LEADING - 1) / 2, mark, TEXT)
            sheet.paragraph(inset + 18, top, lines, TEXT, line=LEADING)

        yield Part(Block(len(lines) * TEXT.size * LEADING, draw, gap=2))


def table(sheet: Sheet, given: Table, *, gap: float = 6.0) -> Iterator[Part]:
    """The rows of a table; its head stays with the first row and comes again on every page."""
    head = tuple(block for row in given.head for block in row_blocks(sheet, given, row, 0))
    yield from (
        Part(replace(block, gap=gap if place == 0 else 0), keep=True) for place, block in enumerate(head)
    )
    first = not head
    for row in given.rows:
        for block in row_blocks(sheet, given, row):
            yield Part(replace(block, gap=gap if first else 0), head=head)
            first = False


def held(parts: Iterator[Part]) -> Iterator[Part]:
    """The same parts on one page: a signature never stands alone on a sheet."""
    found = list(parts)
    for place, part in enumerate(found):
        yield replace(part, keep=part.keep or place < len(found) - 1)


def pages(composed: Composed) -> list[list[Block]]:
    """The parts on pages. A run of kept parts higher than a page is broken where it must be."""
    room = BOTTOM - TOP - FOOT_ROOM
    done: list[list[Block]] = [[]]
    used = 0.0
    for run in _runs(composed.parts):
        needed = sum(part.block.height + part.block.gap for part in run)
        if done[-1] and used + needed > room:
            done.append([])
            used = 0.0
        for part in run:
            if done[-1] and used + part.block.height + part.block.gap > room:
                done.append([])
                used = 0.0
            if not done[-1] and len(done) > 1:
                done[-1].extend(part.head)
                used = sum(block.height for block in part.head)
            done[-1].append(part.block)
            used += part.block.height + part.block.gap
    return done


def draw(sheet: Sheet, composed: Composed) -> None:
    """Lay `composed` on new pages of `sheet`, each numbered within this paper."""
    sheet.bookmark(composed.title)
    planned = pages(composed)
    for number, blocks in enumerate(planned, 1):
        top = TOP
        for place, block in enumerate(blocks):
            top += block.gap if place else 0
            block.draw(top)
            top += block.height
        _foot(sheet, composed, number, len(planned))
        sheet.next_page()


def _foot(sheet: Sheet, composed: Composed, number: int, total: int) -> None:
    top = BOTTOM - CELL.size - 1
    if composed.simulated:
        sheet.text(WIDTH / 2, TOP - CELL.size - 2, "模拟数据 · 样张", CELL, align=0.5)
    page = f"第 {number} 页 共 {total} 页"
    sheet.text(RIGHT, top, page, CELL, align=1)
    room = ACROSS - sheet.width(page, CELL) - 12
    shown = composed.edition if total == 1 or number == 1 else f"{composed.title}（接上页）"
    shown = " · ".join(part for part in (composed.sealed, shown.strip()) if part)
    lines = typeset.lines(shown, lambda text: sheet.width(text, CELL), room)
    sheet.text(LEFT, top, lines[0] if lines else "", CELL)


def _lines(
    sheet: Sheet, lines: tuple[str, ...], style: Type, left: float, *, gap: float, keep: bool = False
) -> Iterator[Part]:
    height = style.size * LEADING
    for place, words in enumerate(lines):

        def draw(top: float, words: str = words) -> None:
            sheet.paragraph(left, top, (words,), style, line=LEADING)

        yield Part(Block(height, draw, gap=gap if place == 0 else 0), keep=keep)


def _runs(parts: Sequence[Part]) -> Iterator[list[Part]]:
    run: list[Part] = []
    for part in parts:
        run.append(part)
        if not part.keep:
            yield run
            run = []
    if run:
        yield run
