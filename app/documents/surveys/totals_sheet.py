"""The totals of a questionnaire on A4: under each question its answers as bars with their figures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from app.documents.block import Block
from app.documents.forms import clerk_flow as flow
from app.documents.forms.clerk_flow import Composed, Part
from app.documents.forms.clerk_people import day_words
from app.documents.paper import Sheet, Type
from app.documents.pen import ACROSS, LEFT
from app.documents.typography.faces import faces, one_at_a_time
from app.domain.reports.table import Line, Report, Table, Unit, written

ROW = 17.0
TEXT = Type(12)
LABELS, FIGURES = 150.0, 92.0  # points for the words of an answer, and for its count and share
BAR = 9.0
NOTHING = "这段日子里还没有人答。"


def render(
    report: Report, made_on: date, *, simulated: bool = False, fonts_folder: Path | None = None
) -> bytes:
    """The PDF of `report`: the same value gives the same bytes."""
    with one_at_a_time:
        sheet = Sheet(faces(fonts_folder), title=report.title, on=made_on, subject="问卷汇总")
        edition = f"{report.place} {day_words(made_on)} 做的表"
        flow.draw(sheet, Composed(report.title, tuple(_parts(sheet, report)), edition, simulated))
        return sheet.finish()


def _parts(sheet: Sheet, report: Report) -> Iterator[Part]:
    yield from flow.title(sheet, f"{report.place}{report.title}汇总")
    yield from flow.paragraph(sheet, report.period)
    if report.empty:
        yield from flow.paragraph(sheet, NOTHING)
    for place, table in enumerate(report.tables):
        if place == 0 or not table.empty:
            yield from flow.held(_table(sheet, table))
    yield from flow.heading(sheet, "怎么算的")
    yield from flow.points(sheet, report.basis)


def _table(sheet: Sheet, table: Table) -> Iterator[Part]:
    yield from flow.heading(sheet, table.title)
    if len(table.lines) == 1:
        yield from _line(sheet, _figures(table))
    else:
        most = max((_count(line) for line in table.lines), default=0)
        for line in table.lines:
            yield _bar(sheet, table, line, most)
    yield from _line(sheet, "　".join(table.notes))


def _line(sheet: Sheet, words: str) -> Iterator[Part]:
    for line in sheet.lines(words, ACROSS, TEXT):

        def draw(top: float, line: str = line) -> None:
            sheet.paragraph(LEFT, top, (line,), TEXT, line=1.5)

        yield Part(Block(TEXT.size * 1.5, draw, gap=0))


def _figures(table: Table) -> str:
    """The one line of a table that compares nothing: `答了的：3 份，平均（人） 4`."""
    (line,) = table.lines
    first, *rest = (written(cell.value, Unit.COUNT) for cell in line.cells)
    more = (f"{column.title} {value}" for column, value in zip(table.columns[1:], rest, strict=True))
    return "，".join((f"{line.label}：{first} 份", *more))


def _bar(sheet: Sheet, table: Table, line: Line, most: int) -> Part:
    """The words, a bar as long as the count, and the figures: told apart without colour."""
    count = _count(line)
    figures = " · ".join(
        written(cell.value, column.unit) for cell, column in zip(line.cells, table.columns, strict=True)
    )
    words, style = sheet.fitting(line.label, LABELS - 8, TEXT, Type(11), Type(10))
    room = ACROSS - LABELS - FIGURES
    height = max(ROW, len(words) * style.size * 1.3 + 4)

    def draw(top: float) -> None:
        sheet.paragraph(LEFT, top + (height - len(words) * style.size * 1.3) / 2, words, style, line=1.3)
        middle = top + (height - BAR) / 2
        if count:
            sheet.bar(LEFT + LABELS, middle, max(room * count / most, 2.0), BAR)
        at = LEFT + LABELS + (room * count / most if most else 0.0) + 6
        sheet.text(at, top + (height - TEXT.size) / 2, figures, TEXT)

    return Part(Block(height, draw, gap=0))


def _count(line: Line) -> int:
    value = line.cells[0].value
    return value if isinstance(value, int) else 0
