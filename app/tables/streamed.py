"""A long table into a file as its rows come: a workbook or CSV of any length, never whole in memory."""

from __future__ import annotations

import csv
import io
import os
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter

from app.files import disk_fault, replace_whole, write_pieces
from app.tables.sheet_parts import FORMULA_STARTS, head_cell, set_widths, value_cell, wide

ROWS_OF_A_SHEET = 1_000_000  # a worksheet holds 1,048,576
EXACT_DIGITS = 11  # longer runs of figures are rounded or turned to powers when a CSV is opened
BOM = "\ufeff"  # without it spreadsheet programs take a CSV for the system's own encoding
Value = int | float | str | date | None


@dataclass(frozen=True)
class Heading:
    """A column: its title, and about how wide its values are, in figures."""

    title: str
    wide: float = 14


def to_xlsx(path: Path, title: str, heads: Sequence[Heading], rows: Iterable[Sequence[Value]]) -> int:
    """Write `rows` under `heads`; returns how many. Long ones go on in a second sheet.

    Words stay words: no formula, no lost figure. Raises StorageFault; the old file is there until then.
    """
    new = path.with_name(path.name + ".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(new, os.O_RDWR | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(descriptor, "wb") as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            count = _sheets(archive, title, heads, rows)
    except OSError as error:
        _drop(new)
        raise disk_fault(error) from error
    except BaseException:
        _drop(new)
        raise
    replace_whole(new, path)
    return count


def to_csv(path: Path, heads: Sequence[Heading], rows: Iterable[Sequence[Value]]) -> int:
    """The same as UTF-8 CSV with a BOM. Raises StorageFault.

    CSV knows no text: a long number gets a tab before it, and what a program would reckon an apostrophe.
    """
    counted = _Counted(rows)
    write_pieces(path, _lines(heads, counted))
    return counted.count


class _Counted:
    def __init__(self, rows: Iterable[Sequence[Value]]) -> None:
        self._rows = rows
        self.count = 0

    def __iter__(self) -> Iterator[Sequence[Value]]:
        for row in self._rows:
            self.count += 1
            yield row


def _lines(heads: Sequence[Heading], rows: Iterable[Sequence[Value]]) -> Iterator[bytes]:
    yield BOM.encode()
    for row in chain([[head.title for head in heads]], rows):
        line = io.StringIO()
        csv.writer(line).writerow([_plain(value) for value in row])
        yield line.getvalue().encode()


def _plain(value: Value) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        return str(value)
    if value.startswith(FORMULA_STARTS):
        return f"'{value}"
    figures = value[:-1] if value.endswith(("X", "x")) else value
    return f"\t{value}" if figures.isdecimal() and len(value) >= EXACT_DIGITS else value


def _sheets(
    archive: zipfile.ZipFile, title: str, heads: Sequence[Heading], rows: Iterable[Sequence[Value]]
) -> int:
    book = Workbook(write_only=True)
    book.properties.creator, book.properties.title = "首访通", title
    waiting, count, number = iter(rows), 0, 0
    while True:
        part = islice(waiting, ROWS_OF_A_SHEET)
        first = next(part, None)
        if first is None and number:
            break
        number += 1
        name = f"xl/worksheets/sheet{number}.xml"
        with archive.open(name, "w", force_zip64=True) as stream:
            count += _sheet(book, f"{title} {number}" if number > 1 else title, heads, first, part, stream)
    _Writer(book, archive).save()
    return count


def _sheet(
    book: Workbook,
    title: str,
    heads: Sequence[Heading],
    first: Sequence[Value] | None,
    rows: Iterable[Sequence[Value]],
    stream: IO[bytes],
) -> int:
    sheet: Any = book.create_sheet(title)

    def begin() -> None:  # the library would write every sheet into a file of its own first
        if sheet._writer is None:
            sheet._writer = WorksheetWriter(sheet, stream)
            sheet._writer.write_top()

    sheet._get_writer = begin
    sheet.freeze_panes = "B2"
    set_widths(sheet, [max(wide(head.title), head.wide) for head in heads])
    sheet.append([head_cell(sheet, head.title) for head in heads])
    count = 0
    for row in chain([] if first is None else [first], rows):
        sheet.append([value_cell(sheet, "" if value is None else value) for value in row])
        count += 1
    sheet.close()
    return count


class _Writer(ExcelWriter):
    def write_worksheet(self, ws: Any) -> None:
        """Its content is in the archive already; only that it is there has to be said."""
        ws._rels = ws._writer._rels
        self.manifest.append(ws)


def _drop(path: Path) -> None:
    with suppress(OSError):
        path.unlink(missing_ok=True)
