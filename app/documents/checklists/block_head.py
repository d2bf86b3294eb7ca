"""The head and foot of a checklist page: which errand this is, and whom to ring when it goes wrong."""

from __future__ import annotations

from collections.abc import Sequence

from app.documents import marks
from app.documents.block import Block
from app.documents.checklists.page import Printed
from app.documents.paper import BODY, LINE, STRONG, Sheet, Type
from app.documents.typography.typeset import phone
from app.domain.checklists.checklist import Checklist, Step

CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
RING = 58.0
PICTURE = 63.0
SAMPLE = Type(12)
SAMPLE_WORDS = "模拟数据 · 样张"
TITLES = (Type(33, bold=True), Type(29, bold=True), Type(26, bold=True))
FREE = Type(22, bold=True)
HELP_PHONE = Type(28, bold=True)
WIDE = 440.0  # points: less, and the foot takes three lines


def sample_mark(printed: Printed) -> None:
    """模拟数据 above the head of every demonstration paper; a draft says whom it is not for."""
    words = ("草稿，不给群众",) * printed.draft + (SAMPLE_WORDS,) * printed.checklist.simulated
    in_the_margin(printed.sheet, " · ".join(words))


def in_the_margin(sheet: Sheet, words: str) -> None:
    """Small `words` 10 mm from the edge, so that a sample has the layout of the real thing."""
    size = Type(SAMPLE.size / sheet.scale)
    sheet.text(sheet.left + sheet.across / 2, sheet.top - size.size - 2, words, size, align=0.5)


def head(printed: Printed, index: int, continued: int) -> Block:
    """The circled number, what to do in an elder's words, for whom, and the picture of it."""
    sheet, checklist, step = printed.sheet, printed.checklist, printed.checklist.steps[index]
    ring, picture = sheet.drawn(RING), sheet.drawn(PICTURE)
    left, width = sheet.left + ring + 13, sheet.across - ring - 13 - picture - 10
    title, style = sheet.fitting(step.title, width, *TITLES)
    told = below(sheet, checklist, continued, width)
    taken = len(title) * style.size * 1.15 + len(told) * BODY.size * LINE
    height = max(picture, taken)

    def draw(top: float) -> None:
        middle = top + height / 2
        marks.ring(sheet, sheet.left, middle - ring / 2, ring, str(index + 1))
        at = middle - taken / 2
        at += sheet.paragraph(left, at, title, style, line=1.15)
        sheet.paragraph(left, at, told)
        sheet.pictogram(step.icon or checklist.icon, sheet.right - picture, middle - picture / 2, picture)
        sheet.rule(top + height + 4, thick=3.6)

    return Block(height + 6, draw, closed=True)


def done_line(sheet: Sheet, steps: Sequence[Step]) -> Block | None:
    """`① 法院判决 已办好 ✓`: the errands behind her, in one or two lines."""
    words = " · ".join(f"{circled(i)} {step.title} 已办好 ✓" for i, step in enumerate(steps) if step.done)
    if not words:
        return None
    lines = sheet.lines(words, sheet.across, STRONG)

    def draw(top: float) -> None:
        sheet.paragraph(sheet.left, top, lines, STRONG, line=1.15)

    return Block(len(lines) * STRONG.size * 1.15, draw, gap=3)


def foot(printed: Printed, page: int, pages: int) -> Block:
    """The foot of a list: what makes this very sheet findable is its day, edition and number."""
    checklist = printed.checklist
    parts = (f"{printed.on:%Y-%m-%d}", f"第 {checklist.edition} 版", f"单号 {checklist.code}")
    return help_foot(
        printed.sheet, checklist.worker_name, checklist.worker_phone, " · ".join(parts), page, pages
    )


def help_foot(sheet: Sheet, worker: str, number: str, told: str, page: int, pages: int) -> Block:
    """The village worker's own number, 免费办理, `told`, and which page of how many."""
    words = f"有事找 {worker or '______'}"
    free = sheet.width("免费办理", FREE) + 24
    wide = sheet.across >= WIDE
    room = sheet.across - (free + 8 if wide else 0)
    ring, size = sheet.fitting(phone(number) or "___________", room, HELP_PHONE, STRONG)
    beside = len(ring) == 1 and sheet.width(words) + 8 + sheet.width(ring[0], size) <= room
    above = () if beside else sheet.lines(words, room)
    more = len(above) * 24.0 + max(len(ring) - 1, 0) * size.size
    last = 0.0 if wide else 36.0

    def draw(top: float) -> None:
        sheet.rule(top + 2, thick=3.6)
        line = top + 7 + len(above) * 24
        sheet.paragraph(sheet.left, top + 8, above, line=24 / BODY.size)
        name = sheet.text(sheet.left, line + 8, words) + 8 if beside else 0
        sheet.paragraph(sheet.left + name, line + 1 + (28 - size.size) * 0.84, ring, size, line=1)
        line = top + 7 + more + 35.5
        sheet.text(sheet.left, line, told)
        sheet.text(sheet.right, line + max(last - 5, 0), f"第 {page} 页 共 {pages} 页", STRONG, align=1)
        right, at = (
            (sheet.right, top + 6 + len(above) * 24) if wide else (sheet.left + free, line + last - 10)
        )
        high = 35 if wide else 28
        sheet.box(right - free, at, free, high, thick=3)
        sheet.text(right - free / 2, at + (high - FREE.size) / 2, "免费办理", FREE, align=0.5)

    return Block(60 + more + last, draw)


def circled(index: int) -> str:
    """① for the first step."""
    return CIRCLED[index] if index < len(CIRCLED) else f"{index + 1}."


def below(sheet: Sheet, checklist: Checklist, continued: int, width: float) -> tuple[str, ...]:
    """Who, what it is called at the window, how many errands; on a sheet that goes on, which it is."""
    parts = (checklist.called, *checklist.names.values(), f"共 {len(checklist.steps)} 步")
    return listed(sheet, (checklist.called, f"接上页，第 {continued + 1} 张") if continued else parts, width)


def listed(sheet: Sheet, parts: Sequence[str], width: float, style: Type = BODY) -> tuple[str, ...]:
    """`parts` with dots between them, broken between parts wherever it can be."""
    lines: list[str] = []
    for part in filter(None, parts):
        joined = f"{lines[-1]} · {part}" if lines else part
        if lines and sheet.width(joined, style) <= width:
            lines[-1] = joined
        else:
            lines.extend(sheet.lines(part, width, style))
    return tuple(lines)
