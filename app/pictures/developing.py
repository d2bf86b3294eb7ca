"""A photo made fit to be kept: at most 1600 px and 200 kB, with nothing in it but the picture."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

from app.pictures.marking import marked
from app.pictures.opening import open_picture
from app.pictures.picture import Picture

LONG_SIDE, MOST_BYTES = 1600, 200_000  # px, bytes
SMALL_SIDE, SMALL_QUALITY = 320, 75
# From what nobody tells from the original down to what can still be read; then the picture itself shrinks.
QUALITIES = (88, 82, 76, 70, 64, 58, 52, 46, 40)
SHRINK = 0.84


def develop(data: bytes, *, mark: str = "") -> Picture:
    """The picture in the bytes of some file, with `mark` drawn across it when it is of a document.

    The same file gives the same bytes. Raises UserError, field `photo`, for what is no picture.
    """
    picture = _within(open_picture(data, LONG_SIDE), LONG_SIDE)
    if mark:
        picture = marked(picture, mark)
    picture, full = _small_enough(picture)
    return Picture(full, small_copy(picture), picture.width, picture.height)


def small_copy(picture: Image.Image) -> bytes:
    """JPEG of at most 320 px a side."""
    return _jpeg(_within(picture, SMALL_SIDE), SMALL_QUALITY)


def shape(jpeg: bytes) -> tuple[int, int]:
    """Width and height (px), read from the head of one of our own."""
    return Image.open(BytesIO(jpeg), formats=("JPEG",)).size


def peek(data: bytes) -> bytes:
    """A small copy of a picture that is not kept yet, to point at. Raises UserError as `develop`."""
    return small_copy(open_picture(data, SMALL_SIDE))


def _within(picture: Image.Image, side: int) -> Image.Image:
    made = picture.copy()
    made.thumbnail((side, side), Image.Resampling.LANCZOS, reducing_gap=2.0)
    return made


def _small_enough(picture: Image.Image) -> tuple[Image.Image, bytes]:
    """The best quality that fits; what fits at none (a lawn, noise) is made smaller."""
    while True:
        made = _best(picture)
        if made is not None:
            return picture, made
        picture = _within(picture, round(max(picture.size) * SHRINK))


def _best(picture: Image.Image) -> bytes | None:
    made = _jpeg(picture, QUALITIES[0])
    if len(made) <= MOST_BYTES:
        return made
    found = None
    low, high = 1, len(QUALITIES) - 1
    while low <= high:
        middle = (low + high) // 2
        made = _jpeg(picture, QUALITIES[middle])
        if len(made) <= MOST_BYTES:
            found, high = made, middle - 1
        else:
            low = middle + 1
    return found


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    file = BytesIO()
    picture.save(file, "JPEG", quality=quality, optimize=True)
    return file.getvalue()
