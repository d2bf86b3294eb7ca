"""Read SVG path data into absolute moves, lines, cubic curves and closings: all a printer needs."""

from __future__ import annotations

import math
import re

Segment = tuple[str, tuple[float, ...]]  # ("M", (x, y)) ("L", (x, y)) ("C", (x1, y1, x2, y2, x, y)) ("Z", ())
Point = tuple[float, float]

TOKEN = re.compile(r"([MLHVCQAZmlhvcqaz])|([-+]?(?:\d+\.?\d*|\.\d+))|[\s,]+|(.)")
COUNT = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "Q": 4, "A": 7, "Z": 0}
KAPPA = 0.5522847498  # a quarter circle as one cubic, off by less than 0.03 %


class BadPath(ValueError):
    """The data uses something outside the small set the pictograms are drawn with."""


def parse(data: str) -> tuple[Segment, ...]:
    """The segments of `d`. Raises BadPath for an unknown command or a wrong count of numbers."""
    pen = _Pen()
    for command, numbers in _commands(data):
        upper = command.upper()
        count = COUNT[upper]
        if count == 0:
            pen.close()
            continue
        if not numbers or len(numbers) % count:
            raise BadPath(f"{command} takes {count} numbers, not {len(numbers)}")
        for start in range(0, len(numbers), count):
            # further pairs after a move are lines (SVG 1.1, 8.3.2)
            step = "L" if upper == "M" and start else upper
            pen.draw(step, command.islower(), numbers[start : start + count])
    return tuple(pen.segments)


def circle(x: float, y: float, radius: float) -> tuple[Segment, ...]:
    """A full circle as four cubics."""
    return rounded(x - radius, y - radius, 2 * radius, 2 * radius, radius)


def rounded(x: float, y: float, width: float, height: float, radius: float) -> tuple[Segment, ...]:
    """A rectangle with corners of `radius` (0 for square ones)."""
    r = min(radius, width / 2, height / 2)
    k = r * (1 - KAPPA)
    right, bottom = x + width, y + height
    if r == 0:
        corners = ((right, y), (right, bottom), (x, bottom))
        return (("M", (x, y)), *(("L", corner) for corner in corners), ("Z", ()))
    return (
        ("M", (x + r, y)),
        ("L", (right - r, y)),
        ("C", (right - k, y, right, y + k, right, y + r)),
        ("L", (right, bottom - r)),
        ("C", (right, bottom - k, right - k, bottom, right - r, bottom)),
        ("L", (x + r, bottom)),
        ("C", (x + k, bottom, x, bottom - k, x, bottom - r)),
        ("L", (x, y + r)),
        ("C", (x, y + k, x + k, y, x + r, y)),
        ("Z", ()),
    )


def bounds(segments: tuple[Segment, ...]) -> tuple[float, float, float, float]:
    """(left, top, right, bottom) of the drawn line itself, curves sampled at 16 points."""
    points: list[Point] = []
    at: Point = (0.0, 0.0)
    for kind, numbers in segments:
        if kind == "C":
            points += [_on_curve(at, numbers, step / 16) for step in range(17)]
        elif kind != "Z":
            points.append((numbers[0], numbers[1]))
        if numbers:
            at = (numbers[-2], numbers[-1])
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _commands(data: str) -> list[tuple[str, list[float]]]:
    found: list[tuple[str, list[float]]] = []
    for command, number, stray in TOKEN.findall(data):
        if stray:
            raise BadPath(f"unexpected {stray!r}")
        if command:
            found.append((command, []))
        elif number:
            if not found:
                raise BadPath("a path begins with a move")
            found[-1][1].append(float(number))
    return found


def _on_curve(start: Point, c: tuple[float, ...], t: float) -> Point:
    u = 1 - t
    weights = (u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t)
    xs, ys = (start[0], c[0], c[2], c[4]), (start[1], c[1], c[3], c[5])
    return sum(w * x for w, x in zip(weights, xs, strict=True)), sum(
        w * y for w, y in zip(weights, ys, strict=True)
    )


class _Pen:
    """Walks along the commands keeping the current point and where the subpath began."""

    def __init__(self) -> None:
        self.segments: list[Segment] = []
        self.at: Point = (0.0, 0.0)
        self.began: Point = (0.0, 0.0)

    def close(self) -> None:
        self.segments.append(("Z", ()))
        self.at = self.began

    def draw(self, command: str, relative: bool, numbers: list[float]) -> None:
        ox, oy = self.at if relative else (0.0, 0.0)
        if command == "H":
            self.to("L", (ox + numbers[0], self.at[1]))
        elif command == "V":
            self.to("L", (self.at[0], oy + numbers[0]))
        elif command == "A":
            self.arc(numbers[0], bool(numbers[3]), bool(numbers[4]), (ox + numbers[5], oy + numbers[6]))
        else:
            moved = tuple(n + (ox, oy)[i % 2] for i, n in enumerate(numbers))
            self.to("C", self.raised(moved)) if command == "Q" else self.to(command, moved)

    def to(self, kind: str, numbers: tuple[float, ...]) -> None:
        self.segments.append((kind, numbers))
        self.at = (numbers[-2], numbers[-1])
        if kind == "M":
            self.began = self.at

    def raised(self, q: tuple[float, ...]) -> tuple[float, ...]:
        """A quadratic as the cubic that is the same curve."""
        (x0, y0), (cx, cy), (x, y) = self.at, (q[0], q[1]), (q[2], q[3])
        return (
            x0 + (cx - x0) * 2 / 3,
            y0 + (cy - y0) * 2 / 3,
            x + (cx - x) * 2 / 3,
            y + (cy - y) * 2 / 3,
            x,
            y,
        )

    def arc(self, radius: float, large: bool, sweep: bool, end: Point) -> None:
        """A circular arc (the pictograms use no ellipses) as cubics of at most a quarter turn."""
        (x0, y0), (x1, y1) = self.at, end
        chord = math.hypot(x1 - x0, y1 - y0)
        r = max(radius, chord / 2)
        rise = math.sqrt(max(r * r - chord * chord / 4, 0.0)) * (-1 if large == sweep else 1)
        cx = (x0 + x1) / 2 + rise * (y0 - y1) / chord
        cy = (y0 + y1) / 2 + rise * (x1 - x0) / chord
        first = math.atan2(y0 - cy, x0 - cx)
        turn = math.atan2(y1 - cy, x1 - cx) - first
        if sweep and turn < 0:
            turn += 2 * math.pi
        elif not sweep and turn > 0:
            turn -= 2 * math.pi
        pieces = max(1, math.ceil(abs(turn) / (math.pi / 2) - 1e-9))
        part = turn / pieces
        k = 4 / 3 * math.tan(part / 4) * r
        for index in range(pieces):
            a, b = first + part * index, first + part * (index + 1)
            ax, ay, bx, by = math.cos(a), math.sin(a), math.cos(b), math.sin(b)
            tip = (cx + r * bx, cy + r * by)
            self.to("C", (cx + r * ax - k * ay, cy + r * ay + k * ax, tip[0] + k * by, tip[1] - k * bx, *tip))
