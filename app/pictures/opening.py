"""From the bytes of some file to an upright picture in plain colours, or words why it cannot be one.

Files come from telephones, from strangers and through worn sticks: what is not a picture, is cut short, or
would swell to gigabytes when unpacked is refused before it does harm.
"""

from __future__ import annotations

import contextlib
from functools import cache
from io import BytesIO

from PIL import Image, ImageOps

from app.domain.problem import UserError

# 200 megapixels is the largest telephone camera; only JPEG can be read smaller than it is.
MOST_PIXELS_JPEG = 220_000_000
MOST_PIXELS = 60_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "BMP", "GIF", "TIFF")
DEEPEST = 65_535  # the lightest of sixteen bits
PAPER = (255, 255, 255)  # what shows through where a picture is transparent
# The fourth to twelfth byte of what Apple's telephones save, and of films.
HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")

# Refused here by their size, before a pixel is unpacked; the library itself would only warn at first.
Image.MAX_IMAGE_PIXELS = None


def open_picture(data: bytes, side: int) -> Image.Image:
    """The picture in `data` as RGB, turned as it was held; about `side` px long or as large as it is.

    It may come larger than `side`, and carries nothing but pixels. Raises UserError with field `photo`.
    """
    if data[4:8] == b"ftyp":
        raise _refused(_film_or_apple(data[8:12]))
    try:
        opened = Image.open(BytesIO(data), formats=_readable())
    except Exception as error:  # a decoder meets hostile bytes: whatever it says, it is no picture
        raise _refused("这不是照片，或者坏了，打不开。换一张。") from error
    jpeg = opened.format in ("JPEG", "MPO")  # the second is a JPEG with more pictures behind it
    if opened.width * opened.height > (MOST_PIXELS_JPEG if jpeg else MOST_PIXELS):
        raise _refused("这张图太大，电脑吃不消，没有收。用手机另拍一张。")
    try:
        if jpeg:
            opened.draft("RGB", (side, side))  # unpacks at a half, quarter or eighth, never below `side`
        opened.load()
        return _plain(_upright(opened))
    except Exception as error:  # as above: cut short, broken inside, or not what its header says
        raise _refused("这张照片没有传完整，或者坏了。从手机里再传一次。") from error


@cache
def _readable() -> tuple[str, ...]:
    """Those of FORMATS that this build of the library reads."""
    Image.init()
    return tuple(name for name in FORMATS if name in Image.OPEN)


def _upright(picture: Image.Image) -> Image.Image:
    """Turned as the camera says it was held; a camera that says nonsense is not heard."""
    with contextlib.suppress(Exception):  # any fault in a stranger's tag leaves the picture as it is
        return ImageOps.exif_transpose(picture)
    return picture


def _plain(picture: Image.Image) -> Image.Image:
    """In three colours of eight bits, on white where it was transparent, and nothing said beside them."""
    if picture.mode.startswith(("I", "F")):
        picture = _eight_bits(picture)
    if picture.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in picture.info:
        seen = picture.convert("RGBA")
        flat = Image.new("RGB", seen.size, PAPER)
        flat.paste(seen, mask=seen.getchannel("A"))
    else:
        flat = picture.convert("RGB")
    clean = Image.new("RGB", flat.size)  # a new one: comments, profiles and places stay with the old
    clean.paste(flat)
    return clean


def _eight_bits(picture: Image.Image) -> Image.Image:
    """A scan of sixteen bits keeps its lights and darks; converted as it is, it would come out white."""
    wide = picture.convert("F")
    most = wide.getextrema()[1]
    top = DEEPEST if isinstance(most, float) and most > 255 else 255
    return wide.point(lambda value: value * (255 / top)).convert("L")


def _film_or_apple(brand: bytes) -> str:
    if brand in HEIC_BRANDS:
        return (
            "这是苹果手机的 HEIC 照片，这里打不开。"
            "在手机上点「设置、相机、格式、兼容性最佳」再拍一张，或者用微信传过来。"
        )
    return "这是录像，不是照片。拍一张照片再加。"


def _refused(words: str) -> UserError:
    return UserError(words, field="photo")
