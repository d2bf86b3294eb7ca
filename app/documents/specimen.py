"""All pictograms on paper at printed size: to choose one for a pack, and to ask elders what they see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from app.documents import pictograms
from app.documents.paper import Sheet, Type
from app.documents.pen import ACROSS, BOTTOM, LEFT, MM, TOP
from app.documents.typography.faces import faces
from app.domain.icons import THEMES, Theme

PICTURE = 20 * MM
COLUMNS = 5
HEAD, ROW = 34.0, PICTURE + 36  # a heading stands nearer to what it heads than to what is above it
THEME, TITLE, NAME = Type(16, bold=True), Type(12), Type(10)


@dataclass(frozen=True)
class Place:
    """Where one drawing stands: page from 0, left and top in points."""

    page: int
    left: float
    top: float


def render(on: date, *, thrift: bool = False) -> bytes:
    """The PDF of the whole set by theme, at 20 mm, with the Chinese title and the name under each.

    `thrift` draws them as they are printed where toner is saved.
    """
    sheet = Sheet(faces(), title="图示样张", on=on, thrift=thrift)
    page = 0
    for theme in THEMES:
        first = places()[theme.names[0]]
        page = _turned(sheet, page, first.page)
        sheet.text(LEFT, first.top - HEAD + 9, theme.title, THEME)
        for name in theme.names:
            at = places()[name]
            page = _turned(sheet, page, at.page)
            sheet.pictogram(name, at.left, at.top, PICTURE)
            middle = at.left + PICTURE / 2
            sheet.text(middle, at.top + PICTURE + 4, pictograms.load(name).title, TITLE, align=0.5)
            sheet.text(middle, at.top + PICTURE + 20, name, NAME, align=0.5)
    sheet.next_page()
    return sheet.finish()


@cache
def places() -> dict[str, Place]:
    """The place of every drawing; a theme's heading is never parted from its first row."""
    return dict(_placed())


def _placed() -> Iterator[tuple[str, Place]]:
    page, top = 0, TOP
    for theme in THEMES:
        top += HEAD
        for row in _rows(theme):
            if top + ROW > BOTTOM:
                page, top = page + 1, TOP + (HEAD if row[0] == theme.names[0] else 0)
            for column, name in enumerate(row):
                inset = (ACROSS / COLUMNS - PICTURE) / 2
                yield name, Place(page, LEFT + column * ACROSS / COLUMNS + inset, top)
            top += ROW


def _rows(theme: Theme) -> Iterator[tuple[str, ...]]:
    for start in range(0, len(theme.names), COLUMNS):
        yield theme.names[start : start + COLUMNS]


def _turned(sheet: Sheet, page: int, wanted: int) -> int:
    if wanted != page:
        sheet.next_page()
    return wanted
