"""The pictures of a notice or a meeting, for the file: what they are of, then each as large as it can be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from app.documents.block import Block
from app.documents.forms import clerk_flow as flow
from app.documents.forms.clerk_flow import Composed, Part
from app.documents.forms.clerk_people import day_words
from app.documents.forms.clerk_table import Cell, Row, Table, named
from app.documents.paper import Sheet, Type
from app.documents.pen import ACROSS, LEFT
from app.documents.typography.faces import faces, one_at_a_time
from app.documents.visits.visit_sheet import Picture
from app.domain.registers.photo_page import PhotoPage

CAPTION = Type(14)
SHARES = (78, 170, 78, 170)
LYING, STANDING = 240.0, 620.0  # points high at most: two that lie on a page, one that stands


def render(page: PhotoPage, pictures: Sequence[Picture], *, fonts_folder: Path | None = None) -> bytes:
    """The PDF: the same page and pictures give the same bytes."""
    with one_at_a_time:
        sheet = Sheet(faces(fonts_folder), title=page.title, on=page.printed_on, subject="台账")
        edition = f"{page.village_name} 打印于 {day_words(page.printed_on)}"
        flow.draw(sheet, Composed(page.title, tuple(_parts(sheet, page, pictures)), edition, page.simulated))
        return sheet.finish()


def _parts(sheet: Sheet, page: PhotoPage, pictures: Sequence[Picture]) -> Iterator[Part]:
    yield from flow.title(sheet, page.title)
    yield from flow.table(sheet, Table(SHARES, tuple(_facts(page))), gap=8)
    for number, one in enumerate(pictures, 1):
        yield _picture(sheet, one, f"{number}. {one.caption}")


def _facts(page: PhotoPage) -> Iterator[Row]:
    facts = page.facts if len(page.facts) % 2 == 0 else (*page.facts, ("", ""))
    for (one, said), (other, told) in zip(facts[::2], facts[1::2], strict=True):
        yield named(one), Cell(said), named(other), Cell(told)


def _picture(sheet: Sheet, one: Picture, said: str) -> Part:
    high = STANDING if one.height > one.width else LYING  # a signed sheet must be read, a board be seen
    scale = min(ACROSS / one.width, high / one.height)
    wide, tall = one.width * scale, one.height * scale
    line = CAPTION.size * flow.LEADING

    def draw(top: float) -> None:
        sheet.picture(one.jpeg, LEFT + (ACROSS - wide) / 2, top, wide, tall)
        sheet.paragraph(LEFT + ACROSS / 2, top + tall + 2, (said,), CAPTION, align=0.5)

    return Part(Block(tall + line + 4, draw, gap=12))
