"""A report on A4: its tables ruled, its figures as on the screen, and below them how they were counted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from app.documents.forms import clerk_flow as flow
from app.documents.forms.clerk_flow import Composed, Part
from app.documents.forms.clerk_people import day_words
from app.documents.forms.clerk_table import Cell, Row, heads
from app.documents.forms.clerk_table import Table as Ruled
from app.documents.paper import Sheet
from app.documents.typography.faces import faces, one_at_a_time
from app.domain.reports.table import Line, Report, Table, written

LABEL_SHARE, FIGURE_SHARE = 2.0, 1.0
MOST_COLUMNS = 7  # beside the labels; more go into a second table below
NOTHING = "这段日子里没有可以数的。"


def render(report: Report, made_on: date, *, fonts_folder: Path | None = None) -> bytes:
    """The PDF of `report`: the same value gives the same bytes."""
    with one_at_a_time:
        sheet = Sheet(faces(fonts_folder), title=report.title, on=made_on, subject="报表")
        edition = f"{report.place} {day_words(made_on)} 做的表"
        flow.draw(sheet, Composed(report.title, tuple(_parts(sheet, report)), edition, False))
        return sheet.finish()


def _parts(sheet: Sheet, report: Report) -> Iterator[Part]:
    yield from flow.title(sheet, f"{report.place}{report.title}")
    yield from flow.paragraph(sheet, report.period)
    if report.empty:
        yield from flow.paragraph(sheet, NOTHING)
    for table in report.tables:
        if not table.empty:
            yield from _table(sheet, table)
    yield from flow.heading(sheet, "怎么算的")
    said = [*report.basis, f"出处：{report.source}"] if report.source else list(report.basis)
    said += [f"没算进去的：{words}" for words in report.left_out]
    yield from flow.points(sheet, said)


def _table(sheet: Sheet, table: Table) -> Iterator[Part]:
    yield from flow.heading(sheet, table.title)
    shown = range(len(table.columns))
    parts = -(-len(shown) // MOST_COLUMNS)
    each = -(-len(shown) // parts)
    for first in range(0, len(shown), each):
        places = shown[first : first + each]
        titles = heads(table.head, *(table.columns[place].title for place in places))
        lines = (*table.lines, *((table.total,) if table.total else ()))
        rows = tuple(_row(table, line, places) for line in lines)
        shares = (LABEL_SHARE, *(FIGURE_SHARE for _ in places))
        yield from flow.table(sheet, Ruled(shares, rows, (titles,)), gap=8)
    for note in table.notes:
        yield from flow.paragraph(sheet, note)


def _row(table: Table, line: Line, places: range) -> Row:
    bold = line is table.total
    figures = (
        Cell(written(line.cells[place].value, table.columns[place].unit), bold, align=0.5) for place in places
    )
    return (Cell(line.label, bold), *figures)
