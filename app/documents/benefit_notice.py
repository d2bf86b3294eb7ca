"""The sheet for the wall inside the house (户内告知单): what the family draws, and what to tell the village.

Measures as on the checklist: 18 pt and more, pictograms of 20 mm. It says what is the family's own business,
so it says itself that it hangs inside and not on the door.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.documents.block import Block, draw_down, flowed, stack
from app.documents.checklists.block_head import SAMPLE_WORDS, help_foot, in_the_margin
from app.documents.paper import BODY, HEADING, STRONG, Sheet, Type
from app.documents.pen import LARGE
from app.documents.typography.faces import faces, one_at_a_time
from app.domain.checklists.layout import PLAIN, Layout
from app.domain.money import FEN_IN_YUAN
from app.domain.papers.granted import Grant
from app.domain.problem import UserError

TITLE = Type(33, bold=True)
SUM = Type(30, bold=True)
PICTURE = 57.0
LINE = 1.25
CHANGES = (("death_cert", "有人过世"), ("child", "添了人口"), ("walk", "搬家出门"), ("cash", "收入变了"))
INSIDE = "贴在屋里，不贴门外"


@dataclass(frozen=True)
class Home:
    """Whose wall it is for: a form of address (李奶奶), never a full name, and whom to ring."""

    called: str
    worker_name: str
    worker_phone: str
    simulated: bool = False


def render(
    home: Home,
    drawn: Sequence[Grant],
    *,
    printed_on: date,
    layout: Layout = PLAIN,
    fonts_folder: Path | None = None,
) -> bytes:
    """The PDF; a sum that is not known is a blank to write on. Raises UserError when nothing is drawn."""
    if not drawn:
        raise UserError("这家没有登记在享的待遇，没有可打的。先在家人资料里填上。", field="benefits")
    scale = LARGE if layout.large else 1.0
    with one_at_a_time:
        title = f"{home.called}家 户内告知单"
        sheet = Sheet(faces(fonts_folder), title=title, on=printed_on, scale=scale, thrift=layout.thrift)
        pages = _pages(sheet, home, drawn)
        for number, blocks in enumerate(pages, 1):
            _draw(sheet, home, blocks, _foot(sheet, home, printed_on, number, len(pages)))
        return sheet.finish()


def _pages(sheet: Sheet, home: Home, drawn: Sequence[Grant]) -> list[list[Block]]:
    """As many benefits to a page as fit; the last page says what to tell the village."""
    room = sheet.down - _foot(sheet, home, date.min, 1, 1).full - 5
    blocks = [*(_grant(sheet, one) for one in drawn), _changes(sheet)]
    return flowed(lambda _: _head(sheet, home), blocks, room)


def _foot(sheet: Sheet, home: Home, on: date, page: int, pages: int) -> Block:
    return help_foot(sheet, home.worker_name, home.worker_phone, f"{on:%Y-%m-%d}", page, pages)


def _draw(sheet: Sheet, home: Home, blocks: list[Block], foot: Block) -> None:
    in_the_margin(sheet, SAMPLE_WORDS if home.simulated else "")
    draw_down(sheet, blocks, sheet.down - stack([*blocks, foot]), most=14)
    foot.draw(sheet.bottom - foot.height)
    sheet.next_page()


def _head(sheet: Sheet, home: Home) -> Block:
    title = sheet.lines(f"{home.called}家在享的待遇", sheet.across, TITLE)
    height = len(title) * TITLE.size * LINE + BODY.size * LINE

    def draw(top: float) -> None:
        at = top + sheet.paragraph(sheet.left, top, title, TITLE, line=LINE)
        sheet.paragraph(sheet.left, at, (INSIDE,), STRONG, line=LINE)
        sheet.rule(top + height + 4, thick=3.6)

    return Block(height + 6, draw, closed=True)


def _grant(sheet: Sheet, grant: Grant) -> Block:
    """The name, for whom, the sum of a month in large figures, since when, and how the money comes."""
    picture = sheet.drawn(PICTURE)
    left, room = sheet.left + picture + 12, sheet.across - picture - 12
    name = sheet.lines(grant.name, room, HEADING)
    money = sheet.lines(sum_words(grant.monthly_fen), room, SUM)
    told = tuple(line for words in _told(grant) for line in sheet.lines(words, room))
    taken = (len(name) * HEADING.size + len(money) * SUM.size + len(told) * BODY.size) * LINE
    height = max(taken, picture)

    def draw(top: float) -> None:
        sheet.pictogram("money_card", sheet.left, top + (height - picture) / 2, picture)
        at = top + (height - taken) / 2
        at += sheet.paragraph(left, at, name, HEADING, line=LINE)
        at += sheet.paragraph(left, at, money, SUM, line=LINE)
        sheet.paragraph(left, at, told, line=LINE)

    return Block(height, draw, gap=4, ruled=True)


def sum_words(fen: int | None) -> str:
    """`每月 530 元`, to the fen where there are any; a blank where the sum is not known."""
    if fen is None:
        return "每月 ________ 元"
    yuan, rest = divmod(fen, FEN_IN_YUAN)
    return f"每月 {yuan}.{rest:02d} 元" if rest else f"每月 {yuan} 元"


def _told(grant: Grant) -> tuple[str, ...]:
    who = "、".join(grant.who) if grant.who else f"全家 {grant.people} 口人"
    since = f"{grant.since.year}年{grant.since.month}月起" if grant.since else ""
    return tuple(words for words in (" · ".join(filter(None, (who, since))), grant.pays) if words)


def _changes(sheet: Sheet) -> Block:
    """What the village has to hear of, each with its picture."""
    picture = sheet.drawn(PICTURE)
    most = 4 if sheet.across >= 4 * 100 else 2
    rows = [CHANGES[start : start + most] for start in range(0, len(CHANGES), most)]
    column, row = sheet.across / most, picture + 2 + STRONG.size * LINE + 6
    head = sheet.lines("家里有这些变化，打电话告诉村里", sheet.across, HEADING)
    height = len(head) * HEADING.size * LINE + len(rows) * row

    def draw(top: float) -> None:
        at = top + sheet.paragraph(sheet.left, top, head, HEADING, line=LINE)
        for line in rows:
            for place, (icon, words) in enumerate(line):
                middle = sheet.left + column * (place + 0.5)
                sheet.pictogram(icon, middle - picture / 2, at, picture)
                sheet.text(middle, at + picture + 4, words, STRONG, align=0.5)
            at += row

    return Block(height, draw, gap=4, ruled=True)
