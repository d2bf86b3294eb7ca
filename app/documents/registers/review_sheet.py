"""The minutes of a 民主评议: who came, how they voted, what was said, and a line for everybody to sign on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from app.documents.forms import clerk_flow as flow
from app.documents.forms.clerk_flow import Composed, Part
from app.documents.forms.clerk_people import day_words
from app.documents.forms.clerk_table import WRITING_ROW, Cell, Table, heads, named
from app.documents.paper import Sheet
from app.documents.typography.faces import faces, one_at_a_time
from app.domain.registers.sheets import ReviewPaper

TITLE = "民主评议会议记录"
SIZE = 14.0
ACROSS = 3  # signatures beside each other
VOTES = ("同意", "不同意", "弃权", "合计")
PRESENT = ("该到", "实到", "村民代表", "回避")


def render(paper: ReviewPaper, *, fonts_folder: Path | None = None) -> bytes:
    """The PDF of `paper`: the same value gives the same bytes."""
    with one_at_a_time:
        sheet = Sheet(faces(fonts_folder), title=TITLE, on=paper.printed_on, subject="台账")
        edition = f"{paper.village_name} 打印于 {day_words(paper.printed_on)}"
        flow.draw(sheet, Composed(TITLE, tuple(_parts(sheet, paper)), edition, paper.simulated))
        return sheet.finish()


def _parts(sheet: Sheet, paper: ReviewPaper) -> Iterator[Part]:
    yield from flow.title(sheet, f"{paper.village_name}{TITLE}")
    yield from flow.table(sheet, _facts(paper), gap=8)
    yield from flow.table(sheet, _figures(PRESENT, paper.numbers), gap=8)
    if paper.recused:
        yield from flow.paragraph(sheet, f"回避：{'；'.join(paper.recused)}。")
    yield from flow.heading(sheet, "会上怎么说的")
    if paper.minutes:
        yield from flow.paragraph(sheet, paper.minutes)
    else:
        yield from flow.table(sheet, Table((1.0,), ((Cell(),),), least=WRITING_ROW * 4, size=SIZE))
    yield from flow.heading(sheet, "投票")
    yield from flow.table(sheet, _figures(VOTES, paper.numbers))
    yield from flow.paragraph(sheet, f"结果：{paper.verdict or '__________'}。{paper.rule}", gap=8)
    yield from flow.heading(sheet, "到会的人签字（手印也行）")
    yield from flow.table(sheet, _signatures(paper.signers))
    last = f"主持人签字：______________　记录人签字：______________　{paper.on or '____ 年 __ 月 __ 日'}"
    yield from flow.held(flow.paragraph(sheet, last, gap=20))


def _facts(paper: ReviewPaper) -> Table:
    pairs = (
        ("哪天", paper.on, "在哪里", paper.place),
        ("申请人", paper.who, "哪个组", paper.group),
        ("什么事", paper.item, "主持人", paper.host),
    )
    rows = tuple(
        (named(one), Cell(first, align=0.5), named(other), Cell(second, align=0.5))
        for one, first, other, second in pairs
    )
    return Table((70.0, 180.0, 70.0, 180.0), rows, least=32.0, size=SIZE)


def _figures(names: tuple[str, ...], numbers: Mapping[str, str]) -> Table:
    values = tuple(Cell(numbers.get(name, ""), align=0.5) for name in names)
    return Table((1.0,) * len(names), (values,), (heads(*names),), least=32.0, size=SIZE)


def _signatures(count: int) -> Table:
    lines = -(-max(count, 1) // ACROSS)
    rows = tuple(
        tuple(Cell(f"{line * ACROSS + place + 1}.") for place in range(ACROSS)) for line in range(lines)
    )
    return Table((1.0,) * ACROSS, rows, least=WRITING_ROW, size=SIZE)
