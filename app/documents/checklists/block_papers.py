"""The papers to bring: one framed tile each, with its picture, how many, and a box to tick."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.documents import marks
from app.documents.block import Block
from app.documents.paper import BODY, HEADING, STRONG, Sheet, Type
from app.domain.checklists.checklist import Paper

GUTTER = 6.0
PAD = 6.5
BOX = 25.0  # 8.8 mm
FIGURE = Type(30, bold=True)
FIGURE_LINE = 31.0
BIG_FIGURE = Type(42, bold=True)
NAMES = (Type(20, bold=True), Type(19, bold=True), Type(18, bold=True))
MOST_ON_A_PAGE = 6
FOLLOW = "后补"
CAUTION = "份数以窗口为准"
NARROWEST, WIDE = 155.0, 220.0  # a tile, and one with its words beside the picture


@dataclass(frozen=True)
class Tile:
    """One paper measured for a tile of `width`: its name and note in lines, its figures in words.

    A `beside` tile has everything to the right of the picture; the others have name and note below.
    """

    paper: Paper
    width: float
    picture: float
    beside: bool
    name: tuple[str, ...]
    name_style: Type
    note: tuple[str, ...]

    @property
    def names(self) -> float:
        """The height of the name with its box."""
        return max(len(self.name) * self.name_style.size * 1.2, BOX)

    @property
    def height(self) -> float:
        notes = len(self.note) * BODY.size * 1.2
        if self.beside:
            return PAD + max(self.names + FIGURE_LINE + notes, self.picture) + PAD - 2
        return PAD + self.upper + 3 + self.names + notes + PAD - 1

    @property
    def upper(self) -> float:
        """The height of the picture and of what stands beside it."""
        return max(self.picture, FIGURE_LINE * len(self.figures) - 4)

    @property
    def figures(self) -> tuple[tuple[str, int], ...]:
        return figures(self.paper)


def figures(paper: Paper) -> tuple[tuple[str, int], ...]:
    """`(("原件", 1), ("复印", 2))`; a paper only shown reads 看原件."""
    originals = paper.originals or int(paper.look_only)
    label = "看原件" if paper.look_only else "原件"
    return tuple((words, n) for words, n in ((label, originals), ("复印", paper.copies)) if n)


def heading(sheet: Sheet, papers: Sequence[Paper], *, before: int, total: int) -> Block:
    """`带这 6 样`; on a continued page `还要带 3 样`, and on the page before it, how many follow."""
    words = f"还要带 {len(papers)} 样" if before else f"带这 {total} 样"
    after = total - before - len(papers)
    hint = f"后面还有 {after} 样，看下一页" if after else "装好一样，打一个 ✓"
    caution = CAUTION if any(paper.unverified for paper in papers) else ""
    style = STRONG if after else BODY
    taken = sheet.width(words, HEADING) + sheet.width(hint, style) + sheet.width(caution) + 24
    below = 22.0 if caution and taken > sheet.across else 0.0

    def draw(top: float) -> None:
        x = sheet.left + sheet.text(sheet.left, top, words, HEADING) + 12
        sheet.text(x, top + 4, hint, style)
        sheet.text(sheet.right, top + 4 + below, caution, align=1)

    return Block(HEADING.size + 2 + below, draw, gap=4)


def at_home(sheet: Sheet, papers: Sequence[Paper]) -> Block | None:
    """`家里有了，别忘带：身份证 2 份 …`: what is left off the paper is still to be carried."""
    if not papers:
        return None
    words = f"家里有了，别忘带：{'、'.join(paper.name for paper in papers)}"
    lines = sheet.lines(words, sheet.across, STRONG)

    def draw(top: float) -> None:
        sheet.paragraph(sheet.left, top, lines, STRONG, line=1.2)

    return Block(len(lines) * STRONG.size * 1.2, draw, gap=3)


def rows(sheet: Sheet, papers: Sequence[Paper]) -> tuple[Block, ...]:
    """The tiles of `papers` in rows: one, two or three beside each other, never smaller."""
    across = min({1: 1, 2: 2, 4: 2}.get(len(papers), 3), max(1, int(sheet.across // NARROWEST)))
    width = (sheet.across - GUTTER * (across - 1)) / across
    picture = sheet.drawn(76.0 if len(papers) < 3 else 58.0)
    tiles = [
        measured(sheet, paper, width, picture, beside=across == 1 or (len(papers) == 4 and width > WIDE))
        for paper in papers
    ]
    lines = [tiles[start : start + across] for start in range(0, len(tiles), across)]
    return tuple(_row(sheet, line) for line in lines)


def measured(sheet: Sheet, paper: Paper, width: float, picture: float, *, beside: bool) -> Tile:
    """The tile of one paper: the largest size at which its name stays on one line, else two lines."""
    inside = width - 2 * PAD - (picture + 9 if beside else 0)
    room = inside - BOX - 6
    name, style = sheet.fitting(paper.name, room, *NAMES)
    note = "，".join(_notes(paper))
    lines = sheet.lines(note, inside) if note else ()
    return Tile(paper, width, picture, beside, name, style, lines)


def _notes(paper: Paper) -> Iterator[str]:
    """What stands under the name: what it must be like, whether it is at home, until when it may follow."""
    if paper.held:
        yield "家里有了"
    note, owed = paper.note, paper.owed_until
    until = f"{owed.month}月{owed.day}日前补" if owed else ""
    if until and FOLLOW in note:  # one sentence says both
        note, until = note.replace(FOLLOW, until), ""
    yield from filter(None, (paper.spec, note, until))


def _row(sheet: Sheet, tiles: Sequence[Tile]) -> Block:
    height = max(tile.height for tile in tiles)

    def draw(top: float) -> None:
        for index, tile in enumerate(tiles):
            left = sheet.left + index * (tile.width + GUTTER)
            sheet.box(left, top, tile.width, height)
            (_beside if tile.beside else _below)(sheet, tile, left, top, height)

    return Block(height, draw, gap=GUTTER)


def _below(sheet: Sheet, tile: Tile, x: float, top: float, _: float) -> None:
    right = x + tile.width - PAD
    sheet.pictogram(tile.paper.icon, x + PAD, top + PAD + (tile.upper - tile.picture) / 2, tile.picture)
    room = tile.width - 2 * PAD - tile.picture - 4
    if tile.paper.unit:
        middle = top + PAD + (tile.upper - BIG_FIGURE.size) / 2
        left = right - sheet.width(tile.paper.unit) - 6
        sheet.text(left, middle, _pieces(tile), BIG_FIGURE, align=1)
        sheet.text(right, middle + BIG_FIGURE.size - 21, tile.paper.unit, align=1)
    at = top + PAD + (tile.upper - FIGURE_LINE * len(tile.figures)) / 2
    for words, count in () if tile.paper.unit else tile.figures:
        figure = max(sheet.width(str(count), FIGURE), 17)
        words = words if sheet.width(words) + figure + 5 <= room else words.removeprefix("看")
        sheet.text(right - figure - 5, at + 9.5, words, align=1)
        sheet.text(right, at, str(count), FIGURE, align=1)
        at += FIGURE_LINE
    below = top + PAD + tile.upper + 3
    _named(sheet, tile, x + PAD, right, below, below + tile.names + 2)


def _beside(sheet: Sheet, tile: Tile, x: float, top: float, height: float) -> None:
    right = x + tile.width - PAD
    left = x + PAD + tile.picture + 9
    sheet.pictogram(tile.paper.icon, x + PAD, top + (height - tile.picture) / 2, tile.picture)
    taken = tile.names + FIGURE_LINE + len(tile.note) * BODY.size * 1.2
    first = top + (height - taken) / 2
    at = first + tile.names
    _named(sheet, tile, left, right, first, at + FIGURE_LINE)
    if tile.paper.unit:
        figure = sheet.text(left, at, _pieces(tile), FIGURE)
        sheet.text(left + figure + 6, at + 9.5, tile.paper.unit)
    for words, count in () if tile.paper.unit else tile.figures:
        left += sheet.text(left, at + 9.5, words) + 4
        left += sheet.text(left, at, str(count), FIGURE) + 12


def _named(sheet: Sheet, tile: Tile, x: float, right: float, top: float, note_top: float) -> None:
    """The name with its box, and the note."""
    names = len(tile.name) * tile.name_style.size * 1.2
    sheet.paragraph(x, top + max((BOX - names) / 2, 0), tile.name, tile.name_style, line=1.2)
    marks.tick_box(sheet, right - BOX + 1, top, BOX, ticked=tile.paper.held)
    sheet.paragraph(x, note_top, tile.note, line=1.2)


def _pieces(tile: Tile) -> str:
    """`2` of `2 张`, for what is counted in pieces."""
    return str(tile.paper.originals or tile.paper.copies)
