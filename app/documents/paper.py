"""A sheet of A4 with its margins, and the few strokes every printed page is made of.

Measures are points (1/72 inch) from the top left corner of the paper, y downwards; a text is placed
by the top of its em square, so that a 20 pt line fills 20 pt.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from reportlab.lib.colors import black, white
from reportlab.pdfgen.canvas import Canvas

from app.documents.pen import (
    HEIGHT,
    INK,
    WIDTH,
    Pen,
)
from app.documents.typography import typeset
from app.documents.typography.faces import Faces

ASCENT = 0.88  # of the em square above the baseline (Noto Sans SC, OS/2 typographic ascender)
FILLED, HOLLOW, OUTLINED, INVISIBLE = 0, 1, 2, 3  # text rendering modes (PDF 32000, 9.3.6)
BLANK = re.compile("__+|(?:[^_]|_(?!_))+")  # two underscores and more are a line to write on


@dataclass(frozen=True)
class Type:
    """How a text is set: size in points and weight."""

    size: float
    bold: bool = False


BODY = Type(18)  # the smallest an elder is asked to read
STRONG = Type(18, bold=True)
HEADING = Type(22, bold=True)
LINE = 1.3  # line height in em


class Sheet(Pen):
    """One PDF being drawn, page after page.

    All measures given to it are multiplied by `scale`, so that one layout serves ordinary and weak eyes:
    at a larger scale the same paper is fewer points wide. With `thrift` everything is lines, and thin.
    """

    def __init__(
        self,
        faces: Faces,
        *,
        title: str,
        on: date,
        scale: float = 1.0,
        thrift: bool = False,
        subject: str = "图文办事清单",
    ) -> None:
        self.faces = faces
        self._bytes = BytesIO()
        canvas = Canvas(
            self._bytes,
            pagesize=(WIDTH, HEIGHT),
            pageCompression=1,
            invariant=1,
            lang="zh-CN",
            initialFontName=faces.text_font,
        )
        super().__init__(canvas, scale=scale, thrift=thrift)
        self._canvas.setTitle(title)
        self._canvas.setAuthor("首访通")
        self._canvas.setCreator("首访通")
        self._canvas.setSubject(subject)
        stamp = f"D:{on:%Y%m%d}000000+08'00'"
        self._canvas.setDateFormatter(lambda *_: stamp)
        self._bookmarks = 0

    def text(
        self, x: float, top: float, words: str, style: Type = BODY, *, align: float = 0, ink: str = "#000"
    ) -> float:
        """Write one line with its left end (align 0), middle (0.5) or right end (1) at `x`.

        Returns the width it took.
        """
        words = typeset.tidy(words)
        width = self.width(words, style)
        size = style.size * self.scale
        left, baseline = (x - width * align) * self.scale, HEIGHT - top * self.scale - size * ASCENT
        canvas = self._canvas
        line, mode = canvas.beginText(left, baseline), FILLED
        line.setFillColor(INK[ink])
        for run in self.faces.runs(words, bold=style.bold and not self.thrift):
            line.setFont(run.font, size)
            if run.thicken:
                canvas.setLineWidth(size * 0.03)
            for part in BLANK.findall(run.text) if "__" in run.text else (run.text,):
                blank = part.startswith("__")
                if blank:
                    self._blank(line.getX(), baseline, self.width(part, style) * self.scale)
                wanted = INVISIBLE if blank else OUTLINED if run.thicken else FILLED
                if wanted != mode:
                    line.setTextRenderMode(mode := wanted)
                line.textOut(part)
        if mode != FILLED:
            line.setTextRenderMode(FILLED)  # the mode outlives the text object
        canvas.drawText(line)
        return width

    def width(self, words: str, style: Type = BODY) -> float:
        """How wide `words` will be on paper."""
        bold = style.bold and not self.thrift
        return self.faces.width(typeset.tidy(words), style.size, bold=bold)

    def lines(self, words: str, limit: float, style: Type = BODY) -> tuple[str, ...]:
        """`words` broken into lines of about one length and at most `limit` points."""
        return self.faces.lines(words, limit, style.size, style.bold and not self.thrift)

    def fitting(self, words: str, limit: float, *styles: Type) -> tuple[tuple[str, ...], Type]:
        """`words` in the first of `styles` that keeps them on one line, else broken in the last."""
        one_line = (style for style in styles if self.width(words, style) <= limit)
        style = next(one_line, styles[-1])
        return self.lines(words, limit, style), style

    def paragraph(
        self,
        x: float,
        top: float,
        lines: tuple[str, ...],
        style: Type = BODY,
        *,
        align: float = 0,
        line: float = LINE,
    ) -> float:
        """Write lines below each other; returns the height they took."""
        for index, words in enumerate(lines):
            offset = style.size * (line - 1) / 2
            self.text(x, top + index * style.size * line + offset, words, style, align=align)
        return len(lines) * style.size * line

    def outlined(self, words: str) -> None:
        """Large hollow words across the whole sheet: they warn and leave the text readable."""
        canvas, size = self._canvas, 230.0
        width = self.faces.width(words, size, bold=True)
        canvas.saveState()
        canvas.translate(WIDTH / 2, HEIGHT / 2)
        canvas.rotate(38)
        canvas.setLineWidth(2.4)
        # Ink along every contour, then white inside: strokes of one character overlap in this face.
        for mode, colour in ((HOLLOW, black), (FILLED, white)):
            line = canvas.beginText(-width / 2, -size * 0.38)
            line.setTextRenderMode(mode)
            line.setFillColor(colour)
            line.setFont(self.faces.runs(words, bold=True)[0].font, size)
            line.textOut(words)
            line.setTextRenderMode(FILLED)
            canvas.drawText(line)
        canvas.restoreState()

    def bookmark(self, words: str) -> None:
        """A line in the reader's contents pointing at this page."""
        self._bookmarks += 1
        key = f"step-{self._bookmarks}"
        self._canvas.bookmarkPage(key)
        self._canvas.addOutlineEntry(words, key, 0)

    def next_page(self) -> None:
        self._canvas.showPage()

    def finish(self) -> bytes:
        """Close the last page and hand the file over."""
        self._canvas.save()
        return self._bytes.getvalue()

    def _blank(self, x: float, baseline: float, width: float) -> None:
        """A line to write on: the underscores themselves stay in the text, unseen, for readers aloud.

        Takes points of the paper, not of the layout.
        """
        left, below, right = (at / self.scale for at in (x + 1, HEIGHT - baseline + 2, x + width - 1))
        self.stroke(((left, below), (right, below)), thick=1.4)
