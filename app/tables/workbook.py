"""The door through which a spreadsheet comes in: bounded, read only, every failure in our own words."""

from __future__ import annotations

import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.utils.datetime import from_excel
from openpyxl.utils.exceptions import InvalidFileException

from app.domain.problem import UserError

Cell = None | bool | int | float | str | date | datetime | time | timedelta
Row = tuple[int, tuple[Cell, ...]]

MAX_FILE_BYTES = 30_000_000
MAX_UNPACKED_BYTES = 400_000_000
MAX_ROWS = 100_000
MAX_COLUMNS = 120
OLE_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")  # .xls, and any Office file under a password
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

DAMAGED = "这个表格打不开，可能没拷完整。原来的资料没有动。用表格软件打开看看，另存一份再导。"
FOREIGN_ERRORS = (
    InvalidFileException,
    zipfile.BadZipFile,
    zlib.error,
    ParseError,
    KeyError,
    IndexError,
    ValueError,
    TypeError,
    AttributeError,
    EOFError,
    NotImplementedError,
    RuntimeError,  # zipfile raises it for a single encrypted member
)


@dataclass(frozen=True)
class Sheet:
    """One worksheet: its name, its row numbers as the worker sees them, and its own date epoch."""

    name: str
    source: Any
    epoch: datetime

    def rows(self) -> Iterator[Row]:
        """Rows with anything in them, with their numbers counted from 1.

        Raises UserError when there are more than MAX_ROWS, or when the file breaks half-way.
        """
        filled = 0
        with _in_our_words():
            self.source.reset_dimensions()  # some writers state a wrong size, and it would be obeyed
            rows = self.source.iter_rows(max_col=MAX_COLUMNS, values_only=True)
            for number, cells in enumerate(rows, 1):
                if all(cell is None or cell == "" for cell in cells):
                    continue
                filled += 1
                if filled > MAX_ROWS:
                    raise UserError(f"表格超过 {MAX_ROWS // 10_000} 万行，一次导不了。请按村分开再导。")
                yield number, cells

    def day(self, serial: int) -> date | None:
        """The day that a bare number stands for in this workbook, or None if it is none."""
        value = from_excel(serial, self.epoch)
        return value.date() if isinstance(value, datetime) else None


@contextmanager
def sheets(source: Path | bytes) -> Iterator[list[Sheet]]:
    """The visible worksheets of an .xlsx given as path or bytes, open until the block ends.

    Raises UserError, worded for the worker, for anything that is not a sound and sane .xlsx.
    """
    data = _bytes(source)
    _refuse_what_is_no_xlsx(data)
    with _in_our_words():
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        found = [
            Sheet(sheet.title, sheet, book.epoch)
            for sheet in book.worksheets
            if sheet.sheet_state == "visible"
        ]
    if not found:
        raise UserError(DAMAGED)
    try:
        yield found
    finally:
        book.close()


def _bytes(source: Path | bytes) -> bytes:
    too_big = UserError(f"表格超过 {MAX_FILE_BYTES // 1_000_000} MB，太大了。删掉里面的图片再导。")
    if isinstance(source, bytes):
        if len(source) > MAX_FILE_BYTES:
            raise too_big
        return source
    try:
        if source.stat().st_size > MAX_FILE_BYTES:
            raise too_big
        return source.read_bytes()
    except FileNotFoundError:
        raise UserError("没找到这个表格。是不是挪了地方，或者 U 盘拔了？") from None
    except OSError:
        raise UserError("这个表格读不出来。先在表格软件里把它关掉，再导。") from None


def _refuse_what_is_no_xlsx(data: bytes) -> None:
    if not data:
        raise UserError("这个表格是空的，一个字也没有。")
    if data.startswith(OLE_MAGIC):
        if ENCRYPTED in data:
            raise UserError("这个表格设了密码，打不开。先在表格软件里去掉密码，再导。")
        raise UserError("这是旧格式（.xls）。用表格软件打开，另存成「.xlsx」再导。")
    if not zipfile.is_zipfile(io.BytesIO(data)):
        raise UserError("这不是表格文件（.xlsx）。用表格软件打开，另存成「.xlsx」再导。")
    with _in_our_words(), zipfile.ZipFile(io.BytesIO(data)) as packed:
        if sum(member.file_size for member in packed.infolist()) > MAX_UNPACKED_BYTES:
            raise UserError("这个表格解开来大得不正常，没有导。请发表的人重新另存一份。")
        if "xl/workbook.xml" not in packed.namelist():
            raise UserError("这不是表格文件（.xlsx）。用表格软件打开，另存成「.xlsx」再导。")
        for member in packed.infolist():
            if member.filename.endswith((".xml", ".rels")):
                _refuse_declarations(packed, member)


def _refuse_declarations(packed: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    # No spreadsheet program writes a DOCTYPE; entities in one can unfold without end.
    with packed.open(member) as stream:
        head = stream.read(65_536).replace(b"\0", b"")
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise UserError(DAMAGED)


@contextmanager
def _in_our_words() -> Iterator[None]:
    try:
        with warnings.catch_warnings():
            # openpyxl warns of charts and styles it will not keep; we only read values.
            warnings.simplefilter("ignore", UserWarning)
            yield
    except FOREIGN_ERRORS as error:
        raise UserError(DAMAGED) from error
