"""Read a finished PDF back, as the tests need it: its words, where each character stands, its lines."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from app.documents.pen import HEIGHT


@dataclass(frozen=True)
class Glyph:
    """One printed character: its ink box in points from the top left, and its size."""

    character: str
    left: float
    top: float
    right: float
    bottom: float
    size: float


def words(pdf: bytes, page: int) -> str:
    """The text of a page without spaces and line ends."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return re.sub(r"\s", "", document[page].get_textpage().get_text_range())
    finally:
        document.close()


def glyphs(pdf: bytes, page: int) -> list[Glyph]:
    """Every character with ink on a page; halves of a pair beyond the first plane count once."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        text = document[page].get_textpage()
        found = []
        for index in range(text.count_chars()):
            code = pdfium.FPDFText_GetUnicode(text, index)
            left, bottom, right, top = text.get_charbox(index)
            if code > 32 and right > left and not 0xDC00 <= code <= 0xDFFF:
                size = pdfium.FPDFText_GetFontSize(text, index)
                found.append(Glyph(chr(code), left, HEIGHT - top, right, HEIGHT - bottom, size))
        return found
    finally:
        document.close()


def count(pdf: bytes) -> int:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def overlaps(found: list[Glyph]) -> list[tuple[Glyph, Glyph]]:
    """Pairs of characters whose ink boxes share more than a sliver: text printed over text."""
    pairs = []
    for index, one in enumerate(found):
        for other in found[index + 1 :]:
            wide = min(one.right, other.right) - max(one.left, other.left)
            high = min(one.bottom, other.bottom) - max(one.top, other.top)
            if wide > 1.5 and high > 1.5:
                pairs.append((one, other))
    return pairs
