"""入户走访记录表 as PDF: answers in the order of the form, money, findings, pictures, and everyone's hand.

A pure function: the same sheet and day give the same bytes on screen, on paper and in a test.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from app.documents.block import Block
from app.documents.forms import clerk_flow as flow
from app.documents.forms.clerk_flow import Composed, Part
from app.documents.forms.clerk_people import day_words
from app.documents.forms.clerk_table import WRITING_ROW, Cell, Row, Table, heads, named
from app.documents.paper import Sheet, Type
from app.documents.pen import ACROSS, LEFT
from app.documents.typography.faces import faces, one_at_a_time
from app.documents.typography.typeset import phone
from app.domain.papers.survey import Signed, Sums
from app.domain.visits.visit_sheet import Found, VisitSheet

NAME = "入户走访记录表"
HEAD_SHARES = (78, 170, 78, 170)
LINE_SHARES = (130, 366)
SUM_SHARES = (196, 130, 170)
FOUND_SHARES = (30, 236, 130, 100)
SIGN_SHARES = (118, 160, 218)
SIGN_ROOM = 52.0
PICTURES_ACROSS, PICTURE_HIGH, PICTURE_GAP = 3, 118.0, 8.0
CAPTION = Type(12)
BEFORE_SIGNING = "上面写的都念给我听过，跟我说的一样。"


@dataclass(frozen=True)
class Picture:
    """A photo to print small: its words, its pixels' shape and its JPEG bytes."""

    caption: str
    width: int
    height: int
    jpeg: bytes = field(repr=False)


def render(
    sheets: Sequence[tuple[VisitSheet, Sequence[Picture]]],
    *,
    printed_on: date,
    fonts_folder: Path | None = None,
) -> bytes:
    """The PDF of `sheets` with their pictures, each from a page of its own."""
    with one_at_a_time:
        paper = Sheet(faces(fonts_folder), title=NAME, on=printed_on, subject=NAME)
        for sheet, pictures in sheets:
            parts = tuple(_parts(paper, sheet, pictures))
            sealed = f"封存号 {sheet.seal}" if sheet.seal else "未签"
            flow.draw(paper, Composed(NAME, parts, f"表样 {sheet.edition}", sheet.simulated, sealed))
        return paper.finish()


def _parts(paper: Sheet, sheet: VisitSheet, pictures: Sequence[Picture]) -> Iterator[Part]:
    yield from flow.title(paper, NAME)
    for words in _standing(sheet):
        yield from _notice(paper, words)
    yield from flow.table(paper, Table(HEAD_SHARES, tuple(_head(sheet))), gap=8)
    for part in sheet.parts:
        yield from flow.heading(paper, part.title)
        if part.sums is not None:
            yield from flow.table(paper, _sums(part.sums))
        else:
            rows = tuple((Cell(name, bold=True), Cell(words)) for name, words in part.lines)
            yield from flow.table(paper, Table(LINE_SHARES, rows))
    if sheet.findings:
        yield from flow.heading(paper, "发现的问题，怎么办")
        yield from flow.table(paper, _findings(sheet.findings))
    if pictures:
        yield from flow.heading(paper, f"照片，共 {len(pictures)} 张")
        yield from _pictures(paper, pictures)
    if sheet.signed:
        yield from flow.held(_signatures(paper, sheet))


def _standing(sheet: VisitSheet) -> Iterator[str]:
    """What whoever picks the sheet up must know first."""
    if sheet.draft:
        yield "未签：念一遍，没有错再签字、按手印。"
    if sheet.corrects:
        told = f"（封存号 {sheet.corrects.seal}）" if sheet.corrects.seal else ""
        yield f"这是更正：更正 {day_words(sheet.corrects.on)}那一份{told}。以这一份为准。"
    if sheet.corrected:
        told = f"（封存号 {sheet.corrected.seal}）" if sheet.corrected.seal else "（还没签）"
        yield f"这一份 {day_words(sheet.corrected.on)}更正过{told}，留着对照。"


def _notice(paper: Sheet, words: str) -> Iterator[Part]:
    lines = paper.lines(words, ACROSS - 20, flow.HEADING)
    height = len(lines) * flow.HEADING.size * flow.LEADING + 8

    def draw(top: float) -> None:
        paper.box(LEFT, top, ACROSS, height, radius=4, thick=1.4)
        paper.paragraph(LEFT + 10, top + 4, lines, flow.HEADING, line=flow.LEADING)

    yield Part(Block(height, draw, gap=4), keep=True)


def _head(sheet: VisitSheet) -> Iterator[Row]:
    facts = [("谁家", sheet.title), ("住址", f"{sheet.village} {sheet.place}"), *sheet.head]
    facts.append(("电话", phone(sheet.phone)))
    if len(facts) % 2:
        facts.append(("", ""))
    for at in range(0, len(facts), 2):
        (one, said), (other, told) = facts[at : at + 2]
        yield named(one), Cell(said), named(other), Cell(told)


def _sums(sums: Sums) -> Table:
    rows = [(Cell(one.label), Cell(f"{one.yuan} 元"), Cell(one.proof)) for one in sums.rows]
    rows.append((named(sums.called), Cell(f"{sums.total} 元", bold=True), Cell()))
    return Table(SUM_SHARES, tuple(rows), (heads("项目", "一年多少钱", "怎么知道的"),))


def _findings(found: Sequence[Found]) -> Table:
    rows = [
        (Cell(str(number), align=0.5), Cell(one.words), Cell(one.how), Cell(one.ticket))
        for number, one in enumerate(found, 1)
    ]
    return Table(FOUND_SHARES, tuple(rows), (heads("", "什么问题", "怎么办", "首访单号"),))


def _pictures(paper: Sheet, pictures: Sequence[Picture]) -> Iterator[Part]:
    """Rows of small pictures with their words below, each as large as its third of the page allows."""
    wide = (ACROSS - PICTURE_GAP * (PICTURES_ACROSS - 1)) / PICTURES_ACROSS
    line = CAPTION.size * flow.LEADING
    for at in range(0, len(pictures), PICTURES_ACROSS):
        row = pictures[at : at + PICTURES_ACROSS]

        def draw(top: float, row: Sequence[Picture] = row) -> None:
            for place, one in enumerate(row):
                left = LEFT + place * (wide + PICTURE_GAP)
                scale = min(wide / one.width, PICTURE_HIGH / one.height)
                w, h = one.width * scale, one.height * scale
                paper.picture(one.jpeg, left + (wide - w) / 2, top + (PICTURE_HIGH - h) / 2, w, h)
                words = paper.lines(one.caption, wide, CAPTION)[:1]
                paper.paragraph(left + wide / 2, top + PICTURE_HIGH + 2, words, CAPTION, align=0.5)

        yield Part(Block(PICTURE_HIGH + line + 4, draw, gap=6))


def _signatures(paper: Sheet, sheet: VisitSheet) -> Iterator[Part]:
    yield from flow.paragraph(paper, BEFORE_SIGNING, gap=10)
    rows = tuple(_signed(one, sheet) for one in sheet.signed)
    head = heads("谁", "怎么签的", "签名、按手印")
    yield from flow.table(paper, Table(SIGN_SHARES, rows, (head,), SIGN_ROOM if sheet.draft else WRITING_ROW))


def _signed(one: Signed, sheet: VisitSheet) -> Row:
    how = one.how or ("____ 年 ___ 月 ___ 日" if sheet.draft else "")
    return (Cell(one.name), Cell(how), Cell(strokes=one.strokes))
