"""A workbook as bytes without a file on the way: the library would write every sheet plain to the disk."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from openpyxl import Workbook
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter


def new_sheet(book: Workbook, title: str) -> Any:
    """A sheet of a write-only workbook whose rows gather in memory; set its columns before the first row."""
    sheet: Any = book.create_sheet(title)
    sheet._get_writer = lambda: _begin(sheet)
    return sheet


def packed(book: Workbook) -> bytes:
    """The workbook, made of sheets of `new_sheet`, as the bytes of an .xlsx."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
        _Writer(book, archive).save()
    return out.getvalue()


def _begin(sheet: Any) -> None:
    if sheet._writer is None:
        sheet._writer = WorksheetWriter(sheet, io.BytesIO())
        sheet._writer.write_top()


class _Writer(ExcelWriter):
    _archive: zipfile.ZipFile

    def write_worksheet(self, ws: Any) -> None:
        """What the library does here, with the sheet's bytes in the place of its file."""
        ws._drawing = SpreadsheetDrawing()
        ws._drawing.charts, ws._drawing.images = ws._charts, ws._images
        if not ws.closed:
            ws.close()
        ws._rels = ws._writer._rels
        self._archive.writestr(ws.path[1:], ws._writer.out.getvalue())
        self.manifest.append(ws)
