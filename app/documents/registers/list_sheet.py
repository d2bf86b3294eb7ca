"""A register as a ruled A4 list: title, what it counts, rows over pages, and the stamp where it is posted.

What hangs on a wall is read standing, by old eyes: its words are 16 points, some columns above others.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from app.documents.forms import clerk_flow as flow
from app.documents.forms.clerk_flow import Composed, Part
from app.documents.forms.clerk_people import day_words
from app.documents.forms.clerk_table import Cell, Table, heads
from app.documents.paper import Sheet, Type
from app.documents.typography.faces import faces, one_at_a_time
from app.domain.registers.sheets import ListSheet

SIZE, POSTED_SIZE = 12.0, 16.0
ROW, POSTED_ROW = 26.0, 54.0
NOTHING = "这一段没有记。"


def render(made: ListSheet, *, fonts_folder: Path | None = None) -> bytes:
    """The PDF of `made`: the same value gives the same bytes."""
    with one_at_a_time:
        sheet = Sheet(faces(fonts_folder), title=made.title, on=made.on, subject="台账")
        edition = "" if made.posted else f"{made.village_name} 打印于 {day_words(made.on)}"
        flow.draw(sheet, Composed(made.title, tuple(_parts(sheet, made)), edition, made.simulated))
        return sheet.finish()


def _parts(sheet: Sheet, made: ListSheet) -> Iterator[Part]:
    text = Type(POSTED_SIZE) if made.posted else flow.TEXT
    yield from flow.title(sheet, made.title)
    yield from flow.paragraph(sheet, made.about, text)
    if made.rows:
        yield from flow.table(sheet, _posted(made) if made.stacked else _table(made), gap=10)
    else:
        yield from flow.paragraph(sheet, NOTHING, text)
    for words in made.closing:
        yield from flow.paragraph(sheet, words, text, gap=10)
    if made.posted:
        yield from flow.paragraph(sheet, f"{made.village_name}（盖章） {day_words(made.on)}", text, gap=24)


def _table(made: ListSheet) -> Table:
    rows = tuple(
        tuple(
            Cell(words, align=0.5 if column.centred else 0.0)
            for words, column in zip(row, made.columns, strict=True)
        )
        for row in made.rows
    )
    shares = tuple(float(one.share) for one in made.columns)
    return Table(shares, rows, (heads(*(one.name for one in made.columns)),), ROW, SIZE)


def _posted(made: ListSheet) -> Table:
    rows = tuple(
        tuple(Cell(one.of(row), align=0.5 if one.centred else 0.0) for one in made.stacked)
        for row in made.rows
    )
    shares = tuple(float(one.share) for one in made.stacked)
    return Table(shares, rows, (heads(*(one.name for one in made.stacked)),), POSTED_ROW, POSTED_SIZE)
