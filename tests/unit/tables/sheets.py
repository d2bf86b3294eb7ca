"""Small spreadsheets for the tests, made with the same library a county's programs use."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date

from openpyxl import Workbook

from app.tables.reading import RosterReading
from app.tables.roster import read

TODAY = date(2026, 11, 20)
HEADINGS = ("户编号", "组", "门牌号", "姓名", "与户主关系", "性别", "身份证号")
GRANDMOTHER = ("001", "茶园组", "3号", "蒋桂英", "户主", "女", "43990119440620302X")
GRANDSON = ("001", "茶园组", "3号", "何子航", "孙子", "男", "439901201709012012")
NEIGHBOUR = ("002", "老屋组", "7号", "向先福", "户主", "男", "439901195812053017")


def xlsx(rows: Sequence[Sequence[object]], *, title: str = "名册", merge: str = "") -> bytes:
    """The bytes of a workbook with one sheet of `rows`."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    if merge:
        sheet.merge_cells(merge)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def reading(*rows: Sequence[object], headings: Sequence[str] = HEADINGS) -> RosterReading:
    """What is read from `headings` above `rows`."""
    return read(xlsx([headings, *rows]), today=TODAY)


def with_cell(row: Sequence[str], heading: str, value: object) -> list[object]:
    """`row` with one cell changed."""
    cells: list[object] = list(row)
    cells[HEADINGS.index(heading)] = value
    return cells


def sentences(found: RosterReading) -> list[str]:
    """Every problem as the worker reads it."""
    return [problem.sentence for problem in found.problems]
