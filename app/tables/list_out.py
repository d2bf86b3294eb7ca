"""A list of records as a workbook: one line each, titles that stay in sight, a filter over every column."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from app.tables.in_memory import new_sheet, packed
from app.tables.sheet_parts import (
    QUIET_FONT,
    TITLE_FONT,
    head_cell,
    print_on_a4,
    set_widths,
    text_cell,
    value_cell,
    wide,
)

HEAD_ROW = 4
SHEET = "名单"
Value = int | float | str | date | None


@dataclass(frozen=True)
class ListTable:
    """`titles` head the columns of `rows`; `said` stands under the title: whose, of when, how masked."""

    title: str
    said: str
    titles: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


def write(table: ListTable) -> bytes:
    """The bytes of an .xlsx; days are days and numbers numbers, nothing is taken for a formula."""
    book = Workbook(write_only=True)
    sheet = new_sheet(book, SHEET)
    print_on_a4(sheet, HEAD_ROW)
    set_widths(sheet, _widths(table))
    sheet.freeze_panes = f"B{HEAD_ROW + 1}"
    last = get_column_letter(len(table.titles))
    sheet.auto_filter.ref = f"A{HEAD_ROW}:{last}{HEAD_ROW + len(table.rows)}"
    title, said = text_cell(sheet, table.title), text_cell(sheet, table.said)
    title.font, said.font = TITLE_FONT, QUIET_FONT
    sheet.append([title])
    sheet.append([said])
    sheet.append([])
    sheet.append([head_cell(sheet, words) for words in table.titles])
    for row in table.rows:
        sheet.append([value_cell(sheet, "" if value is None else value) for value in row])
    sheet.print_area = f"A1:{last}{HEAD_ROW + len(table.rows)}"
    book.properties.creator, book.properties.title = "首访通", table.title
    return packed(book)


def _widths(table: ListTable) -> list[float]:
    return [
        max([wide(title), *(wide(str(row[place])) for row in table.rows if row[place] is not None)])
        for place, title in enumerate(table.titles)
    ]
