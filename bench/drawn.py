"""One page as a list of what is drawn on it, so that other libraries can draw the same page.

Measures are points of the paper from its top left corner, y downwards, as on our own sheet.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from app.documents.checklists import checklist
from app.documents.checklists.page import Printed
from app.documents.paper import BODY, Sheet, Type
from app.documents.typography import typeset
from app.documents.typography.faces import faces
from app.domain.checklists.checklist import Checklist
from app.domain.checklists.layout import PLAIN

Point = tuple[float, float]


@dataclass(frozen=True)
class Text:
    """One line: its left end, the top of its em square, and how it is set."""

    left: float
    top: float
    words: str
    style: Type
    ink: str


@dataclass(frozen=True)
class Stroke:
    """An open line with round ends."""

    points: tuple[Point, ...]
    thick: float
    ink: str


@dataclass(frozen=True)
class Frame:
    """A rounded frame, its outer edge on the measures; `solid` is filled with ink."""

    left: float
    top: float
    width: float
    height: float
    radius: float
    thick: float
    solid: bool


@dataclass(frozen=True)
class Bar:
    """A black rectangle with sharp corners."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class Picture:
    """A pictogram in a square."""

    name: str
    left: float
    top: float
    size: float


Drawn = Text | Stroke | Frame | Bar | Picture


class Recorder(Sheet):
    """A sheet that remembers what is drawn, page by page; its own PDF is of no interest."""

    def __init__(self) -> None:
        super().__init__(faces(), title="", on=date(2026, 11, 20))
        self.pages: list[list[Drawn]] = [[]]

    def text(
        self, x: float, top: float, words: str, style: Type = BODY, *, align: float = 0, ink: str = "#000"
    ) -> float:
        width = self.width(words, style)
        assert "__" not in words, "a line to write on is not drawn alike everywhere"
        self.pages[-1].append(Text(x - width * align, top, typeset.tidy(words), style, ink))
        return width

    def stroke(self, points: tuple[Point, ...], *, thick: float = 3.0, ink: str = "#000") -> None:
        self.pages[-1].append(Stroke(points, thick, ink))

    def box(
        self, x: float, top: float, width: float, height: float, *, radius: float = 7, thick: float = 2.2,
        solid: bool = False,
    ) -> None:  # fmt: skip
        self.pages[-1].append(Frame(x, top, width, height, radius, thick, solid))

    def bar(self, x: float, top: float, width: float, height: float) -> None:
        self.pages[-1].append(Bar(x, top, width, height))

    def pictogram(self, name: str, x: float, top: float, size: float) -> None:
        self.pages[-1].append(Picture(name, x, top, size))

    def next_page(self) -> None:
        self.pages.append([])

    def bookmark(self, words: str) -> None:
        """No other library is asked for contents."""

    def finish(self) -> bytes:
        return b""


def fullest_page(made: Checklist, on: date) -> list[Drawn]:
    """What is drawn on the page of `made` that holds most."""
    recorder = Recorder()
    printed = Printed(recorder, made, on, False, PLAIN)
    pages = checklist._planned(printed)
    for number, page in enumerate(pages, 1):
        checklist._draw(printed, page, number, len(pages))
    return max(recorder.pages, key=len)


def ours(drawn: list[Drawn], title: str, on: date) -> bytes:
    """The page by our own sheet."""
    sheet = Sheet(faces(), title=title, on=on)
    for one in drawn:
        _put(sheet, one)
    sheet.next_page()
    return sheet.finish()


def _put(sheet: Sheet, one: Any) -> None:
    match one:
        case Text():
            sheet.text(one.left, one.top, one.words, one.style, ink=one.ink)
        case Stroke():
            sheet.stroke(one.points, thick=one.thick, ink=one.ink)
        case Frame():
            sheet.box(
                one.left, one.top, one.width, one.height, radius=one.radius, thick=one.thick, solid=one.solid
            )
        case Bar():
            sheet.bar(one.left, one.top, one.width, one.height)
        case Picture():
            sheet.pictogram(one.name, one.left, one.top, one.size)
