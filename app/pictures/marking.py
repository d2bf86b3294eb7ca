"""A purpose watermark drawn into the pixels of a document's picture: 仅供某村某事用, and the day.

Rows of it run up across the whole picture, so that no part worth copying can be cut out without one, in white
on dark so that it can be read on any paper; what stands beneath it can still be read too.
"""

from __future__ import annotations

from functools import cache

from PIL import Image, ImageDraw, ImageFont

import resources

FONT = "fonts/NotoSansSC-Bold.subset.ttf"
SLANT = 24  # degrees
OPAQUE = 118  # of 255
LEAST_LETTER, LETTERS_PER_SIDE = 12, 30  # px, and how many letters would fill the long side
DARK, LIGHT = (40, 40, 40), (255, 255, 255)


def marked(picture: Image.Image, words: str) -> Image.Image:
    """The picture with `words` across it, again and again."""
    letter = max(LEAST_LETTER, max(picture.size) // LETTERS_PER_SIDE)
    font = _font(letter)
    wide, high = round(font.getlength(words)) + 2 * letter, 4 * letter
    reach = round((picture.width**2 + picture.height**2) ** 0.5)  # long enough whichever way it is turned
    sheet = Image.new("RGBA", (reach, reach), (*DARK, 0))
    pen = ImageDraw.Draw(sheet)
    for row, top in enumerate(range(letter, reach, high)):
        for left in range(-(row % 2) * wide // 2, reach, wide):
            pen.text(
                (left, top), words, font=font, fill=(*LIGHT, OPAQUE),
                stroke_width=max(1, letter // 12), stroke_fill=(*DARK, OPAQUE),
            )  # fmt: skip
    slanted = sheet.rotate(SLANT, Image.Resampling.BICUBIC)
    left, top = (reach - picture.width) // 2, (reach - picture.height) // 2
    over = slanted.crop((left, top, left + picture.width, top + picture.height))
    made = picture.copy()
    made.paste(over, mask=over.getchannel("A"))
    return made


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(resources.path(FONT)), size)
