"""The slip a citizen keeps (回执单、回音单) as a PDF, for somebody who reads little.

A pure function, measured as the checklists are: 18 pt and more, pictograms of 20 mm, one thing under the
other. What does not fit goes on over the page, never smaller.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from app.documents.block import Block, draw_down, flowed, stack
from app.documents.checklists.block_after import writing
from app.documents.checklists.block_head import SAMPLE_WORDS, help_foot, in_the_margin, listed
from app.documents.paper import BODY, HEADING, STRONG, Sheet, Type
from app.documents.pen import LARGE
from app.documents.tickets import face_row
from app.documents.typography.faces import faces, one_at_a_time
from app.documents.typography.typeset import phone
from app.domain.checklists.layout import PLAIN, Layout
from app.domain.tickets.slip import Slip, SlipKind

TITLE = Type(33, bold=True)
NUMBER = Type(30, bold=True)
FIGURE = Type(28, bold=True)
RESULT = Type(26, bold=True)
PICTURE = 57.0  # 20 mm
LINE = 1.25
DASH, SPACE = 7.0, 6.0
WEEKDAYS = "一二三四五六日"
QUESTION = "办得满意不满意？请您指一个"
LATER = "办好以后问您：满意不满意？指一个"
SIGNED = "听到回音了。签字或按手印 ______________"


def render(
    slip: Slip,
    *,
    printed_on: date,
    draft: bool = False,
    layout: Layout = PLAIN,
    fonts_folder: Path | None = None,
) -> bytes:
    """The PDF of `slip`; a draft carries a hollow 草稿. `fonts_folder` holds the office's own fonts.

    That one with gaps is only ever a draft is for the caller to see to.
    """
    scale = LARGE if layout.large else 1.0
    with one_at_a_time:
        title = f"{slip.kind.words} {slip.number}"
        sheet = Sheet(
            faces(fonts_folder),
            title=title,
            on=printed_on,
            scale=scale,
            thrift=layout.thrift,
            subject="首访单",
        )
        pages = _pages(sheet, slip)
        for number, blocks in enumerate(pages, 1):
            _draw(sheet, slip, blocks, _foot(sheet, slip, printed_on, number, len(pages)), draft=draft)
        return sheet.finish()


def _pages(sheet: Sheet, slip: Slip) -> list[list[Block]]:
    room = sheet.down - _foot(sheet, slip, date.min, 1, 1).full - 8
    told = slip.kind is SlipKind.TOLD
    blocks = [*(_told(sheet, slip) if told else _taken(sheet, slip))]
    blocks.append(face_row.block(sheet, QUESTION if told else LATER))
    if told:
        blocks.append(_tear_off(sheet, slip))
    return flowed(lambda page: _head(sheet, slip, page), blocks, room)


def _taken(sheet: Sheet, slip: Slip) -> list[Block]:
    """What she asked, who stays with it, what is done now, by when, and how she will hear."""
    found = [_asked(sheet, slip)]
    if slip.elsewhere is not None:
        found.append(_elsewhere(sheet, slip))
    course = slip.course or "怎么办 ____________________"
    found.append(_said(sheet, "helper", "现在怎么办", (course, _receiver(slip))))
    if slip.due is not None:
        words = ("预计 " if slip.estimated else "最晚 ") + _day(slip.due)
        found.append(_said(sheet, "deadline", "哪天有回音", (words,), FIGURE))
    elif slip.urgent:
        found.append(_said(sheet, "deadline", "哪天有回音", ("急难先救，今天就办",), FIGURE))
    found.append(_said(sheet, "phone", "怎么告诉您", (slip.hears,)))
    return found


def _told(sheet: Sheet, slip: Slip) -> list[Block]:
    """What came of it, and when and how she was told."""
    found = [_asked(sheet, slip)]
    found.append(_said(sheet, "original", "办成什么样", (slip.result or "____________________",), RESULT))
    if slip.elsewhere is not None:
        found.append(_elsewhere(sheet, slip))
    day = _day(slip.told_on) if slip.told_on else "____年__月__日"
    found.append(_said(sheet, "loudspeaker", "怎么告诉您的", (f"{day} {slip.told_how}".strip(),)))
    return found


def _head(sheet: Sheet, slip: Slip, page: int) -> Block:
    parts = (slip.called, slip.matters, *(("接上页",) if page else (f"{_day(slip.received_on)}来的",)))
    below = listed(sheet, parts, sheet.across)
    number = f"单号 {slip.number}"
    beside = sheet.width(slip.kind.words, TITLE) + sheet.width(number, NUMBER) + 20 <= sheet.across
    rows = TITLE.size * LINE + (0 if beside else NUMBER.size * LINE)
    height = rows + len(below) * BODY.size * LINE

    def draw(top: float) -> None:
        sheet.text(sheet.left, top, slip.kind.words, TITLE)
        if beside:
            sheet.text(sheet.right, top + 2, number, NUMBER, align=1)
        else:
            sheet.text(sheet.left, top + TITLE.size * LINE, number, NUMBER)
        sheet.paragraph(sheet.left, top + rows, below, line=LINE)
        sheet.rule(top + height + 4, thick=3.6)

    return Block(height + 6, draw, closed=True)


def _asked(sheet: Sheet, slip: Slip) -> Block:
    return _said(sheet, "sign", "您说的", (f"「{slip.asked}」",))


def _receiver(slip: Slip) -> str:
    return f"首访人 {slip.receiver}，跟到底，不换人。" if slip.receiver else ""


def _elsewhere(sheet: Sheet, slip: Slip) -> Block:
    """The certificate she need not fetch, and whom to ring instead."""
    assert slip.elsewhere is not None, "asked only where there is one"
    one = slip.elsewhere
    lines = [one.instead]
    if one.place:
        lines.append(f"{one.place} {phone(one.phone) or '___________'}")
    return _said(sheet, "not_needed", f"不用村里开{one.title}", lines)


def _said(sheet: Sheet, picture: str, title: str, said: Sequence[str], style: Type = HEADING) -> Block:
    """A picture, what it is about, and the words for it."""
    side = sheet.drawn(PICTURE)
    left, room = sheet.left + side + 12, sheet.across - side - 12
    lines = tuple(line for words in said if words for line in sheet.lines(words, room, style))
    taken = BODY.size * LINE + len(lines) * style.size * LINE
    height = max(side, taken)

    def draw(top: float) -> None:
        sheet.pictogram(picture, sheet.left, top + (height - side) / 2, side)
        at = top + (height - taken) / 2
        at += sheet.paragraph(left, at, (title,), line=LINE)
        sheet.paragraph(left, at, lines, style, line=LINE)

    return Block(height, draw, gap=4, ruled=True)


def _tear_off(sheet: Sheet, slip: Slip) -> Block:
    """Below a dashed line: her mark that she was told, for the village's file."""
    lines = sheet.lines(SIGNED, sheet.across, STRONG)
    told = sheet.lines(f"{slip.kind.words} 单号 {slip.number}　哪天 ____年__月__日", sheet.across)
    height = 16 + len(lines) * 34.0 + len(told) * BODY.size * LINE

    def draw(top: float) -> None:
        x = sheet.left
        while x < sheet.right:
            sheet.stroke(((x, top + 4), (min(x + DASH, sheet.right), top + 4)), thick=1.4)
            x += DASH + SPACE
        at = top + 16
        at += sheet.paragraph(sheet.left, at, lines, STRONG, line=34.0 / STRONG.size)
        sheet.paragraph(sheet.left, at, told, line=LINE)

    return Block(height, draw, gap=10)


def _foot(sheet: Sheet, slip: Slip, on: date, page: int, pages: int) -> Block:
    told = f"{on:%Y-%m-%d} · 打电话说号：{slip.code}"
    return help_foot(sheet, slip.helper, slip.phone, told, page, pages)


def _draw(sheet: Sheet, slip: Slip, blocks: Sequence[Block], foot: Block, *, draft: bool) -> None:
    if draft:
        sheet.outlined("草稿")
    words = ("草稿，不给群众",) * draft + (SAMPLE_WORDS,) * slip.simulated
    in_the_margin(sheet, " · ".join(words))
    slack = sheet.down - stack([*blocks, foot])
    if slip.kind is SlipKind.TAKEN and (lines := writing(sheet, slack - 8 * len(blocks))):
        blocks = [*blocks, lines]
        slack = sheet.down - stack([*blocks, foot])
    draw_down(sheet, blocks, slack, most=20)
    foot.draw(sheet.bottom - foot.height)
    sheet.next_page()


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日（周{WEEKDAYS[day.weekday()]}）"
