"""The county's reports as a workbook: a sheet each, real figures, charts, and how it was counted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter

from app.domain.reports.table import Line, Report, Shape, Table, Unit, written
from app.tables.in_memory import new_sheet, packed
from app.tables.sheet_parts import (
    BOLD_FONT,
    QUIET_FONT,
    TITLE_FONT,
    TOTAL_FILL,
    head_cell,
    print_on_a4,
    set_widths,
    text_cell,
    value_cell,
    wide,
)

HEAD_ROW = 4  # title, place and days, an empty row
FORMATS = {Unit.COUNT: "0", Unit.SHARE: "0.0%", Unit.DAYS: "0.0", Unit.HOURS: "0.0", Unit.WORDS: "@"}
SUFFIX = {Unit.DAYS: "（天）", Unit.HOURS: "（小时）"}
CHART_ROWS, CHART_CM = 18, (22, 8.5)
NOT_IN_SHEETS = re.compile(r"[\[\]:*?/\\]")


def write(reports: Sequence[Report], made_on: date) -> bytes:
    """The bytes of an .xlsx with one sheet for each report, in the order given; it holds no personal data."""
    book = Workbook(write_only=True)
    for report in reports:
        _sheet(book, report, made_on)
    book.properties.creator = "首访通"
    book.properties.title = reports[0].title if len(reports) == 1 else "报表"
    return packed(book)


def sheet_name(report: Report) -> str:
    """`7 二次跑腿率`, as far as a sheet may be called."""
    return NOT_IN_SHEETS.sub(" ", f"{report.number} {report.title}")[:31]


def _sheet(book: Workbook, report: Report, made_on: date) -> None:
    sheet = new_sheet(book, sheet_name(report))
    print_on_a4(sheet, HEAD_ROW)
    set_widths(sheet, _widths(report))
    sheet.freeze_panes = f"B{HEAD_ROW + 1}"
    title = text_cell(sheet, f"{report.number}. {report.title}")
    title.font = TITLE_FONT
    sheet.append([title])
    said = text_cell(sheet, f"{report.place} · {report.period} · {made_on.isoformat()} 做的表")
    said.font = QUIET_FONT
    sheet.append([said])
    row, charts = 3, list[tuple[Table, int]]()
    for place, table in enumerate(report.tables):
        name = text_cell(sheet, table.title)
        name.font = BOLD_FONT
        if place:
            sheet.append([])
            row += 1
        sheet.append([name])
        charts.append((table, row + 1))
        row += 1 + _table(sheet, table)
    row = _words(sheet, report, row)
    _draw(sheet, charts, row + 1)
    across = max(len(table.columns) for table in report.tables) + 1
    last = row + 1 + CHART_ROWS * sum(_charted(table) for table, _ in charts)
    sheet.print_area = f"A1:{get_column_letter(max(across, 8))}{last}"


def _table(sheet: Any, table: Table) -> int:
    """Append it; returns how many rows it took."""
    titles = [f"{column.title}{SUFFIX.get(column.unit, '')}" for column in table.columns]
    sheet.append([head_cell(sheet, words) for words in (table.head, *titles)])
    lines = (*table.lines, *((table.total,) if table.total else ()))
    for line in lines:
        sheet.append(_line(sheet, table, line))
    for note in table.notes:
        said = text_cell(sheet, note)
        said.font = QUIET_FONT
        sheet.append([said])
    return 1 + len(lines) + len(table.notes)


def _line(sheet: Any, table: Table, line: Line) -> list[Any]:
    label = value_cell(sheet, line.label)
    cells = [label]
    for column, cell in zip(table.columns, line.cells, strict=True):
        cells.append(value_cell(sheet, cell.value, FORMATS[column.unit]))
    if line is table.total:
        for cell in cells:
            cell.font, cell.fill = BOLD_FONT, TOTAL_FILL
    return cells


def _words(sheet: Any, report: Report, row: int) -> int:
    """How it was counted, below the figures; returns the last row."""
    said = [f"怎么算的：{report.basis[0]}", *report.basis[1:]]
    if report.source:
        said.append(f"出处：{report.source}")
    said += [f"没算进去的：{words}" for words in report.left_out]
    sheet.append([])
    for words in said:
        cell = text_cell(sheet, words)
        cell.alignment = Alignment(vertical="top")
        sheet.append([cell])
    return row + 1 + len(said)


def _charted(table: Table) -> bool:
    return table.shape is not Shape.NONE and len(table.lines) > 1 and not table.empty


def _draw(sheet: Any, charts: Sequence[tuple[Table, int]], row: int) -> None:
    """A native chart for each table, one below the other, under everything."""
    for table, head in charts:
        if not _charted(table):
            continue
        chart: Any = LineChart() if table.shape is Shape.LINE else BarChart()
        chart.title, chart.style = table.title, 10
        chart.width, chart.height = CHART_CM
        first, last = head + 1, head + len(table.lines)
        for place in table.charted:
            column = place + 2
            chart.add_data(Reference(sheet, column, head, column, last), titles_from_data=True)
        chart.set_categories(Reference(sheet, 1, first, 1, last))
        chart.dataLabels = DataLabelList(
            showVal=True, showSerName=False, showCatName=False, showLegendKey=False
        )
        # Newer programs hide the axes of what openpyxl writes unless they are asked to show them.
        chart.x_axis.delete = chart.y_axis.delete = False
        chart.legend.position = "b"
        sheet.add_chart(chart, f"A{row + 1}")
        row += CHART_ROWS


def _widths(report: Report) -> list[float]:
    labels = max(wide(line.label) for table in report.tables for line in (*table.lines, table.total) if line)
    heads = max(wide(table.head) for table in report.tables)
    found = [max(labels, heads, 14.0)]
    for place in range(max(len(table.columns) for table in report.tables)):
        needed = [9.0]
        for table in report.tables:
            if place < len(table.columns):
                column = table.columns[place]
                needed.append(wide(column.title) * 0.6)  # titles may stand in two lines
                needed += [wide(written(line.cells[place].value, column.unit)) for line in table.lines]
        found.append(max(needed))
    return found
