"""Who goes and when, and the way there in up to three pictures."""

from __future__ import annotations

from collections.abc import Iterator

from app.documents.block import Block
from app.documents.checklists.block_head import listed
from app.documents.checklists.page import Printed
from app.documents.paper import BODY, STRONG, Sheet
from app.domain.checklists.checklist import Place, Step
from app.domain.checklists.open_days import day_words

PICTURE = 57.0
ARROW = 30.0
LINE = 1.25


def going(printed: Printed, index: int) -> Block | None:
    """The day, who carries the papers, who must be there in person, until when: None when nothing is said."""
    sheet = printed.sheet
    return _lines(sheet, listed(sheet, tuple(_said(printed, index)), sheet.across, STRONG))


def _said(printed: Printed, index: int) -> Iterator[str]:
    checklist, step = printed.checklist, printed.checklist.steps[index]
    if checklist.going_on and index == checklist.next_step:
        yield f"{day_words(checklist.going_on)}去"
    if checklist.goer.words:
        yield f"{checklist.goer.words}代办"
    if step.must_come:
        yield must_come(step)
    if step.before:
        yield f"{day_words(step.before)}前办，过了不收"


def must_come(step: Step) -> str:
    """`奶奶本人要到场`."""
    return f"{step.must_come.removesuffix('本人')}本人要到场"


def way_in_words(sheet: Sheet, place: Place) -> Block | None:
    """The way there and the bus in a line or two, for a page that has no room for the drawings."""
    way = " → ".join(one.words for one in place.route)
    said = tuple(filter(None, (way, f"坐车 {place.bus}" if place.bus else "")))
    return _lines(sheet, listed(sheet, said, sheet.across, STRONG), ruled=True)


def _lines(sheet: Sheet, lines: tuple[str, ...], *, ruled: bool = False) -> Block | None:
    if not lines:
        return None

    def draw(top: float) -> None:
        sheet.paragraph(sheet.left, top, lines, STRONG, line=LINE)

    return Block(len(lines) * STRONG.size * LINE, draw, gap=3, ruled=ruled)


def way_there(sheet: Sheet, place: Place) -> Block | None:
    """The drawn steps with arrows between them, and the bus; None when nobody has said how to get there."""
    ways, bus, picture = place.route, place.bus, sheet.drawn(PICTURE)
    if not ways and not bus:
        return None
    column = (sheet.across - ARROW * max(len(ways) - 1, 0)) / max(len(ways), 1)
    column = min(column, 150.0)
    names = [sheet.lines(way.words, column, STRONG) for way in ways]
    text = max((len(name) for name in names), default=0) * STRONG.size * LINE
    drawn = picture + 2 + text if ways else 0.0
    lines = sheet.lines(f"坐车 {bus}", sheet.across - picture - 12, STRONG) if bus else ()
    riding = max(picture, len(lines) * STRONG.size * LINE) if bus else 0.0

    def draw(top: float) -> None:
        for number, way in enumerate(ways):
            middle = sheet.left + number * (column + ARROW) + column / 2
            sheet.pictogram(way.icon, middle - picture / 2, top, picture)
            sheet.paragraph(middle, top + picture + 2, names[number], STRONG, align=0.5, line=LINE)
            if number:
                _arrow(sheet, middle - column / 2 - ARROW, top + picture / 2)
        if bus:
            at = top + drawn + (4 if ways else 0)
            sheet.pictogram("bus", sheet.left, at, picture)
            middle = at + (picture - len(lines) * BODY.size * LINE) / 2
            sheet.paragraph(sheet.left + picture + 12, middle, lines, STRONG, line=LINE)

    return Block(drawn + riding + (4 if ways and bus else 0), draw, gap=3, ruled=True)


def _arrow(sheet: Sheet, x: float, middle: float) -> None:
    tip = x + ARROW - 4
    sheet.stroke(((x + 2, middle), (tip, middle)), thick=3.6)
    sheet.stroke(((tip - 8, middle - 7), (tip, middle), (tip - 8, middle + 7)), thick=3.6)
