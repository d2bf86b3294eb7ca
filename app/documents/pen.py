"""A4 with its margins, and the strokes, frames and pictograms drawn on it."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from reportlab.lib.colors import black, white
from reportlab.lib.utils import ImageReader

from app.documents import pictograms

MM = 72 / 25.4
WIDTH, HEIGHT = 210 * MM, 297 * MM
LEFT, TOP, RIGHT, BOTTOM = 20 * MM, 15 * MM, WIDTH - 15 * MM, HEIGHT - 15 * MM  # left is for binding
ACROSS, DOWN = RIGHT - LEFT, BOTTOM - TOP
INK = {"#000": black, "#fff": white}
LARGE = 26 / 18  # the scale for weak eyes: 26 pt where the ordinary sheet has 18
THIN = 0.36  # of the usual thickness of a line, where toner is saved
FINE = 0.65  # the same for pictograms, which must still be seen across a room


class Pen:
    """Draws on a canvas. All measures given to it are multiplied by `scale`, so that one layout serves
    ordinary and weak eyes; with `thrift` everything is lines, and thin.
    """

    def __init__(self, canvas: Any, *, scale: float, thrift: bool) -> None:
        self.scale, self.thrift = scale, thrift
        self.left, self.top, self.right, self.bottom = (side / scale for side in (LEFT, TOP, RIGHT, BOTTOM))
        self.across, self.down = ACROSS / scale, DOWN / scale
        self._canvas = canvas

    def drawn(self, points: float) -> float:
        """The size of a drawing that is `points` at the usual scale; it grows less than the letters do."""
        return points / float(self.scale**0.5)

    def rule(
        self, top: float, *, thick: float = 2.2, left: float | None = None, right: float | None = None
    ) -> None:
        """A line across the page or part of it."""
        start, end = self.left if left is None else left, self.right if right is None else right
        self.stroke(((start, top), (end, top)), thick=thick)

    def stroke(
        self, points: tuple[tuple[float, float], ...], *, thick: float = 3.0, ink: str = "#000"
    ) -> None:
        """An open line through `points` with round ends."""
        path = self._canvas.beginPath()
        path.moveTo(points[0][0] * self.scale, HEIGHT - points[0][1] * self.scale)
        for x, y in points[1:]:
            path.lineTo(x * self.scale, HEIGHT - y * self.scale)
        self._canvas.setLineWidth(self._thickness(thick))
        self._canvas.setStrokeColor(INK[ink])
        self._canvas.drawPath(path, stroke=1, fill=0)
        self._canvas.setStrokeColor(black)

    def box(
        self,
        x: float,
        top: float,
        width: float,
        height: float,
        *,
        radius: float = 7,
        thick: float = 2.2,
        solid: bool = False,
    ) -> None:
        """A rounded frame, its outer edge on the given measures; `solid` fills it with ink.

        Where toner is saved, what would be solid gets a heavy frame instead.
        """
        line = self._thickness(thick if not (solid and self.thrift) else 3 * thick)
        left, wide, high = x * self.scale, width * self.scale, height * self.scale
        self._canvas.setLineWidth(line)
        self._canvas.roundRect(
            left + line / 2,
            HEIGHT - top * self.scale - high + line / 2,
            wide - line,
            high - line,
            radius * self.scale,
            stroke=1,
            fill=int(solid and not self.thrift),
        )

    def bar(self, x: float, top: float, width: float, height: float) -> None:
        """A black rectangle with sharp corners, for codes that machines read: never thinned."""
        scale = self.scale
        self._canvas.rect(
            x * scale, HEIGHT - (top + height) * scale, width * scale, height * scale, stroke=0, fill=1
        )

    def pictogram(self, name: str, x: float, top: float, size: float) -> None:
        """A drawing in a square of `size` points; the papers use 20 mm and more."""
        drawing = pictograms.operators(pictograms.known(name), thickness=FINE if self.thrift else 1.0)
        canvas, size = self._canvas, size * self.scale
        canvas.saveState()
        canvas.translate(x * self.scale, HEIGHT - top * self.scale - size)
        canvas.scale(size / pictograms.SIZE, size / pictograms.SIZE)
        # In place: an object of its own for each drawing costs a page more time than it saves bytes.
        canvas.addLiteral(drawing)
        canvas.restoreState()

    def picture(self, jpeg: bytes, x: float, top: float, width: float, height: float) -> None:
        """A photo, filling the given measures."""
        scale = self.scale
        self._canvas.drawImage(
            ImageReader(BytesIO(jpeg)),
            x * scale,
            HEIGHT - (top + height) * scale,
            width * scale,
            height * scale,
        )

    def _thickness(self, thick: float) -> float:
        return thick * self.scale * (THIN if self.thrift else 1.0)
