"""The marks that are read without letters: a box to tick, a circled number, a cross, a window map."""

from __future__ import annotations

from app.documents.paper import Sheet, Type
from app.documents.pen import MM

SMALLEST_BOX = 8 * MM
MAP_HEIGHT = 59.0
SHOWN_WINDOWS = 5  # more would make the numbers too small to read


def tick_box(sheet: Sheet, x: float, top: float, size: float, *, ticked: bool = False) -> None:
    """A square to tick by hand; already ticked when the thing is at home."""
    sheet.box(x, top, size, size, radius=3, thick=3)
    if ticked:
        at = ((0.2, 0.52), (0.43, 0.76), (0.84, 0.2))
        sheet.stroke(tuple((x + size * a, top + size * b) for a, b in at), thick=3.6)


def ring(sheet: Sheet, x: float, top: float, diameter: float, words: str) -> None:
    """A large circled number, the first thing the eye finds on the page."""
    thick = diameter * 0.075
    sheet.box(x, top, diameter, diameter, radius=(diameter - thick) / 2, thick=thick)
    style = Type(diameter * (0.68 if len(words) == 1 else 0.5), bold=True)
    sheet.text(x + diameter / 2, top + (diameter - style.size) / 2, words, style, align=0.5)


def crossed(sheet: Sheet, name: str, x: float, top: float, size: float) -> None:
    """A pictogram marked 不用带: the cross stands at its foot, so that the thing is still recognised."""
    sheet.pictogram(name, x, top, size)
    near, far = 0.5 * size, 0.93 * size
    for ink, thick in (("#fff", 0.21), ("#000", 0.105)):
        for up, down in ((near, far), (far, near)):
            ends = ((x + near, top + up), (x + far, top + down))
            sheet.stroke(ends, thick=thick * size, ink=ink)


def window_map(sheet: Sheet, x: float, top: float, width: float, target: str, count: int) -> None:
    """The hall from above: its door, its windows in order, and the one to go to in solid black.

    Height is `MAP_HEIGHT`. An unknown target leaves every window empty, to be filled in by hand.
    """
    numbers = shown(target, count)
    x, top, width = x + 1.5, top + 1.5, width - 3
    floor, door = top + MAP_HEIGHT - 3, x + width / 2
    sheet.stroke(
        ((door - 26, floor), (x, floor), (x, top), (x + width, top), (x + width, floor), (door + 26, floor))
    )
    gap = 7.0
    cell = min(30.0, (width - 14 - gap * (len(numbers) - 1)) / len(numbers))
    label = (door + 30, 0.0)  # beside the door, on the side the way does not turn to
    left = x + (width - cell * len(numbers) - gap * (len(numbers) - 1)) / 2
    for index, number in enumerate(numbers):
        at, chosen = left + index * (cell + gap), bool(target) and number == target
        sheet.box(at, top + 5, cell, 22, radius=2, thick=1.8, solid=chosen)
        style = Type(18, bold=True)
        ink = "#fff" if chosen and not sheet.thrift else "#000"
        sheet.text(at + cell / 2, top + 7, number, style, align=0.5, ink=ink)
        if chosen:
            _way(sheet, door, floor - 1, at + cell / 2, top + 31)
            label = (door - 30, 1.0) if at + cell / 2 > door else label
    sheet.text(label[0], floor - 20, "大门", Type(18, bold=True), align=label[1])


def shown(target: str, count: int) -> tuple[str, ...]:
    """Which windows are drawn: all of a small hall, else the neighbours of the target."""
    wanted = int(target) if target.isdigit() else 0
    count = max(count, wanted)
    if count <= SHOWN_WINDOWS or not wanted:
        return tuple(str(n) if wanted else "" for n in range(1, min(count, SHOWN_WINDOWS) + 1))
    first = min(max(1, wanted - SHOWN_WINDOWS // 2), count - SHOWN_WINDOWS + 1)
    return tuple(str(n) for n in range(first, first + SHOWN_WINDOWS))


def _way(sheet: Sheet, door: float, floor: float, x: float, tip: float) -> None:
    """From the door to the window, with one bend at most."""
    bend = tip + 13
    points = (
        ((door, floor), (x, tip)) if abs(x - door) < 3 else ((door, floor), (door, bend), (x, bend), (x, tip))
    )
    sheet.stroke(points, thick=3.6)
    sheet.stroke(((x - 6, tip + 6.5), (x, tip), (x + 6, tip + 6.5)), thick=3.6)
