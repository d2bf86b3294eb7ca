"""All pictograms on paper at printed size: to choose one for a pack, and to ask elders what they see."""

from __future__ import annotations

from datetime import date

from app.documents import pictograms
from app.documents.faces import faces
from app.documents.paper import Sheet, Type
from app.documents.pen import ACROSS, DOWN, LEFT, MM, TOP

PICTURE = 20 * MM
COLUMNS, ROWS = 5, 7
TITLE, NAME = Type(12), Type(10)


def render(on: date) -> bytes:
    """The PDF of the whole set, in the order of `pictograms.names()`, with both names under each."""
    sheet = Sheet(faces(), title="图示样张", on=on)
    for index, name in enumerate(pictograms.names()):
        page, left, top = place(index)
        if page and index % (COLUMNS * ROWS) == 0:
            sheet.next_page()
        sheet.pictogram(name, left, top, PICTURE)
        middle = left + PICTURE / 2
        sheet.text(middle, top + PICTURE + 4, pictograms.load(name).title, TITLE, align=0.5)
        sheet.text(middle, top + PICTURE + 20, name, NAME, align=0.5)
    sheet.next_page()
    return sheet.finish()


def place(index: int) -> tuple[int, float, float]:
    """(page, left, top) of drawing number `index`, in points."""
    page, cell = divmod(index, COLUMNS * ROWS)
    row, column = divmod(cell, COLUMNS)
    inset = (ACROSS / COLUMNS - PICTURE) / 2
    return page, LEFT + column * ACROSS / COLUMNS + inset, TOP + row * DOWN / ROWS
