"""What every spreadsheet we write has in common: letters, guarded words, and a page that prints on A4."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
MAX_CELL_CHARACTERS = 32_767  # no spreadsheet program holds more in one cell
A4 = 9
TEXT = "@"  # the number format that keeps the last digits of an identity number
DAY = "yyyy-mm-dd"
TITLE_FONT = Font(bold=True, size=16)
QUIET_FONT = Font(color="57524A")
BOLD_FONT = Font(bold=True)
HEAD_FONT = Font(bold=True, color="FFFFFF")
HEAD_FILL = PatternFill("solid", fgColor="17605A")
TOTAL_FILL = PatternFill("solid", fgColor="E3EFEC")
EDGE = Border(bottom=Side(style="thin", color="D6D0C4"))
WORDS_WIDE = 2.1  # a Chinese character in the width of a figure, with a little air


def text_cell(sheet: Any, words: str) -> Any:
    """Words no program takes for a formula, also not after somebody edits the cell."""
    clean = ILLEGAL_CHARACTERS_RE.sub("", words)[:MAX_CELL_CHARACTERS]
    cell = WriteOnlyCell(sheet, clean)
    cell.number_format = TEXT
    if clean.startswith(FORMULA_STARTS):
        cell.data_type = "s"
        cell.quotePrefix = True
    return cell


def head_cell(sheet: Any, words: str) -> Any:
    """A title of a column."""
    cell = text_cell(sheet, words)
    cell.font, cell.fill = HEAD_FONT, HEAD_FILL
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    return cell


def value_cell(sheet: Any, value: int | float | str | date | None, number_format: str = "General") -> Any:
    """A real number or day where there is one; words else; 「—」 where nothing is known."""
    if isinstance(value, int | float | date) and not isinstance(value, bool):
        cell: Any = WriteOnlyCell(sheet, value)  # type: ignore[arg-type]  # a day is what it takes too
        cell.number_format = DAY if isinstance(value, date) else number_format
    else:
        cell = text_cell(sheet, "—" if value is None else str(value))
        if value is None:
            cell.alignment = Alignment(horizontal="right")
    cell.border = EDGE
    return cell


def set_widths(sheet: Any, widths: Sequence[float]) -> None:
    """In characters; before the first row."""
    for place, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(place)].width = min(max(width, 8), 60)


def wide(words: str) -> float:
    """How wide words are, in figures."""
    return sum(WORDS_WIDE if ord(letter) > 0x2E7F else 1.1 for letter in words) + 2


def print_on_a4(sheet: Any, head_row: int) -> None:
    """Lying A4, as wide as the page, the row of titles again on every page, pages numbered. Call it first."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{head_row}:{head_row}"
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
