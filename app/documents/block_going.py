"""Who goes and when, and the way there in up to three pictures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.documents.block import Block
from app.documents.page import Printed
from app.documents.paper import BODY, STRONG, Sheet
from app.domain.checklist import Place

PICTURE = 57.0
ARROW = 30.0
LINE = 1.25
WEEKDAYS = "一二三四五六日"


def day_words(day: date) -> str:
    """`7月3日 星期五`: how a day is said to somebody with a calendar on the wall."""
    return f"{day.month}月{day.day}日 星期{WEEKDAYS[day.weekday()]}"


def going(printed: Printed, index: int) -> Block | None:
    """The day, who carries the papers, who must be there in person, until when: None when nothing is said."""
    sheet = printed.sheet
    lines = tuple(
        line for words in _said(printed, index) for line in sheet.lines(words, sheet.across, STRONG)
    )
    if not lines:
        return None

    def draw(top: float) -> None:
        sheet.paragraph(sheet.left, top, lines, STRONG, line=LINE)

    return Block(len(lines) * STRONG.size * LINE, draw, gap=3)


def _said(printed: Printed, index: int) -> Iterator[str]:
    checklist, step = printed.checklist, printed.checklist.steps[index]
    first = index == checklist.next_step
    when = f"{day_words(checklist.going_on)}去" if checklist.going_on and first else ""
    agent = f"{checklist.goer.words}代办" if checklist.goer.words else ""
    if when or agent:
        yield " · ".join(filter(None, (when, agent)))
    if step.must_come:
        yield f"{step.must_come}本人要到场"
    if step.before:
        yield f"{day_words(step.before)}前办，过了不收"


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
