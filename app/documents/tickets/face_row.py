"""Five faces on paper, for somebody who cannot read to point at: equal in size, nothing chosen."""

from __future__ import annotations

from collections.abc import Sequence

from app.documents.block import Block
from app.documents.paper import STRONG, Sheet, Type
from app.domain.tickets.ticket_terms import FACES

FACE = 62.0
GRID = 28.0  # the grid the screen's faces are drawn on, so that both are the same faces
LINE = 1.2
NARROW = Type(18)
Point = tuple[float, float]
# Mouths as quadratic curves (start, bend, end); eyes as short lines.
MOUTHS: dict[int, tuple[Point, Point, Point]] = {
    5: ((7.5, 15.5), (14, 25), (20.5, 15.5)),
    4: ((8.5, 17), (14, 22.5), (19.5, 17)),
    3: ((9, 18.3), (14, 19.7), (19, 18.3)),
    2: ((9, 20), (14, 15.8), (19, 20)),
    1: ((8, 21), (14, 15), (20, 21)),
}
STEPS = 14


def block(sheet: Sheet, question: str) -> Block:
    """The question, and under it the five from the best to the worst with their words."""
    heading = sheet.lines(question, sheet.across, STRONG)
    column = sheet.across / len(FACES)
    face = min(sheet.drawn(FACE), column - 12)
    words = {score: sheet.lines(word, column - 4, NARROW) for score, word in FACES.items()}
    most = max(len(lines) for lines in words.values())
    asked = len(heading) * STRONG.size * LINE + 4
    height = asked + face + 4 + most * NARROW.size * LINE

    def draw(top: float) -> None:
        at = top + sheet.paragraph(sheet.left, top, heading, STRONG, line=LINE) + 4
        for place, score in enumerate(FACES):
            middle = sheet.left + column * (place + 0.5)
            _face(sheet, score, middle - face / 2, at, face)
            sheet.paragraph(middle, at + face + 4, words[score], NARROW, align=0.5, line=LINE)

    return Block(height, draw, gap=6, ruled=True)


def _face(sheet: Sheet, score: int, x: float, top: float, size: float) -> None:
    unit = size / GRID
    sheet.box(x + 1, top + 1, size - 2, size - 2, radius=(size - 4) / 2, thick=2.6)

    def placed(points: Sequence[Point]) -> tuple[Point, ...]:
        return tuple((x + a * unit, top + b * unit) for a, b in points)

    mouth = _curve(*MOUTHS[score])
    if score == max(FACES):  # a laughing mouth is open
        mouth = (*mouth, mouth[0])
    sheet.stroke(placed(mouth), thick=2.6)
    for eye in _eyes(score):
        sheet.stroke(placed(eye), thick=3.2)


def _eyes(score: int) -> tuple[tuple[Point, ...], ...]:
    if score == 5:
        return _curve((8, 12), (9.5, 9.5), (11, 12)), _curve((17, 12), (18.5, 9.5), (20, 12))
    eyes = ((9.5, 10.8), (9.5, 12.2)), ((18.5, 10.8), (18.5, 12.2))
    if score == 1:  # brows drawn together
        return ((8, 9), (11, 11)), ((20, 9), (17, 11)), ((9.7, 13), (9.7, 14)), ((18.3, 13), (18.3, 14))
    return eyes


def _curve(start: Point, bend: Point, end: Point) -> tuple[Point, ...]:
    found = []
    for step in range(STEPS + 1):
        t = step / STEPS
        weights = ((1 - t) ** 2, 2 * t * (1 - t), t * t)
        found.append(
            (
                sum(w * p[0] for w, p in zip(weights, (start, bend, end), strict=True)),
                sum(w * p[1] for w, p in zip(weights, (start, bend, end), strict=True)),
            )
        )
    return tuple(found)
