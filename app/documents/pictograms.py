"""The pictograms as shapes: one strict reader for the SVG files that the window shows as they are.

Style rules are few on purpose: a 96-unit square, black or white, `path`, `rect` and `circle` in one
`g`. Anything else in a file is an error at once, not a missing stroke on an old woman's paper.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from xml.etree import ElementTree

import resources
from app.documents import svgpath
from app.documents.svgpath import Segment
from app.domain.icons import STANDIN

SIZE = 96.0
NAMESPACE = "{http://www.w3.org/2000/svg}"
COLOURS = ("none", "#000", "#fff")
SHAPE_ATTRIBUTES = {
    "path": {"d"},
    "rect": {"x", "y", "width", "height", "rx"},
    "circle": {"cx", "cy", "r"},
}
PATH_OPERATOR = {"M": "m", "L": "l", "C": "c", "Z": "h"}
PAINT_OPERATOR = {(True, True): "B", (True, False): "f", (False, True): "S", (False, False): "n"}
STYLE = {"fill", "stroke", "stroke-width"}
GROUP = {
    "fill": "none",
    "stroke": "#000",
    "stroke-width": "5",
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
}


class BadPictogram(ValueError):
    """A pictogram file breaks the drawing rules; the message names the file and the rule."""


@dataclass(frozen=True)
class Shape:
    """One outline in the 96-unit square, y downwards; `fill` and `stroke` are a colour or "none"."""

    segments: tuple[Segment, ...]
    fill: str
    stroke: str
    stroke_width: float


@dataclass(frozen=True)
class Pictogram:
    """A drawing and its Chinese name."""

    name: str
    title: str
    shapes: tuple[Shape, ...]

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """(left, top, right, bottom) of the lines themselves, without their thickness."""
        boxes = [svgpath.bounds(shape.segments) for shape in self.shapes]
        lefts, tops, rights, bottoms = zip(*boxes, strict=True)
        return min(lefts), min(tops), max(rights), max(bottoms)


@cache
def names() -> tuple[str, ...]:
    """Every pictogram shipped, sorted: what a policy pack may name."""
    return tuple(name.removesuffix(".svg") for name in resources.names("pictograms", ".svg"))


def known(name: str) -> str:
    """`name` if it is shipped, else a plain sheet: a list made by a newer release must still print."""
    return name if name in names() else STANDIN


@cache
def load(name: str) -> Pictogram:
    """The pictogram called `name`. Raises BadPictogram if it is unknown or drawn outside the rules."""
    try:
        source = resources.read_text(f"pictograms/{name}.svg")
    except (OSError, ValueError):
        raise BadPictogram(f"{name}: no such pictogram") from None
    return parse(name, source)


@cache
def operators(name: str, thickness: float = 1.0) -> str:
    """The pictogram as PDF drawing operators in a 96-unit square with y upwards (PDF 32000, 8.5).

    `thickness` multiplies its strokes, to save toner.
    """
    return f"1 J 1 j {' '.join(_drawn(shape, thickness) for shape in load(name).shapes)}"


def parse(name: str, source: str) -> Pictogram:
    """Read one SVG text by the drawing rules. Raises BadPictogram."""
    try:
        root = ElementTree.fromstring(source)  # noqa: S314  # only our own shipped files are read
        title, group = _parts(root)
        shapes = tuple(_shape(element) for element in group)
    except (ElementTree.ParseError, ValueError) as problem:
        raise BadPictogram(f"{name}.svg: {problem}") from None
    return Pictogram(name, title, shapes)


def _parts(root: ElementTree.Element) -> tuple[str, ElementTree.Element]:
    if root.tag != f"{NAMESPACE}svg" or root.attrib != {"viewBox": "0 0 96 96"}:
        raise BadPictogram("needs <svg viewBox='0 0 96 96'> and no other attribute")
    children = list(root)
    if [child.tag for child in children] != [f"{NAMESPACE}title", f"{NAMESPACE}g"]:
        raise BadPictogram("needs one <title> and one <g>")
    title, group = (children[0].text or "").strip(), children[1]
    if not title or group.attrib != GROUP:
        raise BadPictogram("needs a title and the common stroke on <g>")
    return title, group


def _shape(element: ElementTree.Element) -> Shape:
    kind = element.tag.removeprefix(NAMESPACE)
    allowed = SHAPE_ATTRIBUTES.get(kind)
    if allowed is None or len(element) or (extra := set(element.attrib) - allowed - STYLE):
        raise BadPictogram(
            f"<{kind}> or its {sorted(extra) if allowed and not len(element) else 'use'} is not allowed"
        )
    style = {**GROUP, **{key: element.attrib[key] for key in STYLE & set(element.attrib)}}
    if style["fill"] not in COLOURS or style["stroke"] not in COLOURS:
        raise BadPictogram(f"colours are {', '.join(COLOURS)}")
    return Shape(_outline(kind, element.attrib), style["fill"], style["stroke"], float(style["stroke-width"]))


def _outline(kind: str, given: dict[str, str]) -> tuple[Segment, ...]:
    if absent := SHAPE_ATTRIBUTES[kind] - {"rx"} - set(given):
        raise BadPictogram(f"<{kind}> lacks {sorted(absent)}")
    if kind == "path":
        return svgpath.parse(given["d"])
    number = {key: float(value) for key, value in given.items() if key not in STYLE}
    if kind == "circle":
        return svgpath.circle(number["cx"], number["cy"], number["r"])
    return svgpath.rounded(number["x"], number["y"], number["width"], number["height"], number.get("rx", 0.0))


def _drawn(shape: Shape, thickness: float) -> str:
    parts = [f"{shape.stroke_width * thickness:g} w"]
    for kind, numbers in shape.segments:
        flipped = (SIZE - value if index % 2 else value for index, value in enumerate(numbers))
        parts.append(" ".join([*(f"{value:.2f}" for value in flipped), PATH_OPERATOR[kind]]))
    fill, stroke = shape.fill != "none", shape.stroke != "none"
    colours = (f"{int(shape.fill == '#fff')} g", f"{int(shape.stroke == '#fff')} G")
    return " ".join((*colours, *parts, PAINT_OPERATOR[fill, stroke]))
