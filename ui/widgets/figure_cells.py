"""What a table of figures holds, and where its cells stand: one grid, or several where it is too wide."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect


@dataclass(frozen=True)
class Figure:
    """One figure as it is read; `key` is handed back when it is opened, "" when nothing stands behind it."""

    text: str
    key: str = ""


@dataclass(frozen=True)
class FigureRow:
    """One line: its label, its figures; `total` lines are bold."""

    label: str
    figures: tuple[Figure, ...]
    total: bool = False


@dataclass(frozen=True)
class Spot:
    """Where a text stands. `row` −1 is the head, `column` −1 a label."""

    box: QRect
    row: int
    column: int
    text: str
    key: str = ""
    bold: bool = False
    right: bool = False


Measure = Callable[[str, bool], int]  # width of a text, bold or not
Wrapped = Callable[[str, int], int]  # height of bold words in a width
LABELS_AT_MOST = 0.45  # of the width; longer ones wrap


@dataclass(frozen=True)
class Paper:
    """The room there is and how large letters are: `line` one row's height, `pad` the air beside words."""

    width: int
    line: int
    pad: int
    measure: Measure
    wrapped: Wrapped


def lay_out(
    head: str, columns: Sequence[str], rows: Sequence[FigureRow], paper: Paper
) -> tuple[tuple[Spot, ...], int]:
    """Every text with its place, and the height of all.

    Columns that do not fit beside the others go into a further grid below, with the labels once more:
    nothing ever has to be scrolled to sideways.
    """
    labels, widths = _widths(head, columns, rows, paper)
    spots: list[Spot] = []
    top = 0
    for first, last in _parts(labels, widths, paper.width):
        shown = range(first, last)
        lefts = _spread(labels, [widths[place] for place in shown], paper)
        more, top = _grid(head, columns, rows, paper, shown, lefts, top)
        spots += more
        top += paper.pad if last < len(columns) else 0
    return tuple(spots), top


def _widths(
    head: str, columns: Sequence[str], rows: Sequence[FigureRow], paper: Paper
) -> tuple[int, list[int]]:
    """The least the labels and each column need. Titles break into two lines only where the width asks for
    it, figures never."""
    labels = max([paper.measure(head, True), *(paper.measure(row.label, row.total) for row in rows)])
    labels = min(labels + 2 * paper.pad, int(paper.width * LABELS_AT_MOST))
    whole, broken = [], []
    for place, title in enumerate(columns):
        figures = max([paper.measure(row.figures[place].text, row.total) for row in rows], default=0)
        half = paper.measure(title[: max(2, (len(title) + 1) // 2)], True)
        whole.append(max(paper.measure(title, True), figures) + 2 * paper.pad)
        broken.append(max(half, figures) + 2 * paper.pad)
    return labels, whole if labels + sum(whole) <= paper.width else broken


def _parts(labels: int, widths: Sequence[int], room: int) -> list[tuple[int, int]]:
    """Which columns stand side by side; at least one does, and no part is much emptier than the others."""
    found = [(0, 0)]
    left = room - labels
    for place, width in enumerate(widths):
        if width > left and place > found[-1][0]:
            found.append((place, place))
            left = room - labels
        found[-1] = (found[-1][0], place + 1)
        left -= width
    even = -(-len(widths) // len(found))
    balanced = [(first, min(first + even, len(widths))) for first in range(0, len(widths), even)]
    fits = all(labels + sum(widths[first:last]) <= room for first, last in balanced)
    return balanced if fits else found


def _spread(labels: int, widths: Sequence[int], paper: Paper) -> list[int]:
    """Left edges of the labels and the columns, and the right edge of all: room to spare is given out."""
    spare = max(0, paper.width - labels - sum(widths))
    each = min(spare // (len(widths) + 1), 5 * paper.pad)
    edges = [0, labels + each]
    for width in widths:
        edges.append(edges[-1] + width + each)
    return edges


def _grid(
    head: str,
    columns: Sequence[str],
    rows: Sequence[FigureRow],
    paper: Paper,
    shown: range,
    edges: Sequence[int],
    top: int,
) -> tuple[list[Spot], int]:
    """One grid from `top` on: its texts, and where it ends."""

    def across(place: int, tall: int) -> QRect:
        return QRect(edges[place], top, edges[place + 1] - edges[place], tall)

    titles = [head, *(columns[place] for place in shown)]
    rooms = [edges[place + 1] - edges[place] - 2 * paper.pad for place in range(len(titles))]
    tall = max(paper.wrapped(text, room) for text, room in zip(titles, rooms, strict=True)) + paper.pad
    spots = [
        Spot(across(place, tall), -1, shown[place - 1] if place else -1, text, bold=True, right=place > 0)
        for place, text in enumerate(titles)
    ]
    top += tall
    for number, row in enumerate(rows):
        tall = max(paper.line, paper.wrapped(row.label, rooms[0]) + paper.pad)
        spots.append(Spot(across(0, tall), number, -1, row.label, bold=row.total))
        for place, column in enumerate(shown, 1):
            one = row.figures[column]
            spots.append(Spot(across(place, tall), number, column, one.text, one.key, row.total, right=True))
        top += tall
    return spots, top
