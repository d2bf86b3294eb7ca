"""Pictures as telephones, scanners and strangers make them: with places, sideways, in odd colours."""

from __future__ import annotations

import random
from io import BytesIO

from PIL import Image, ImageDraw
from PIL.ExifTags import GPS, IFD, Base

PLACE = b"Xiangxi-GPS-secret"
COMMENT = b"taken by Old Wang"


def house(width: int = 2400, height: int = 1800) -> Image.Image:
    """A red wall under a blue sky, a white door at the lower left: up and left can be told."""
    picture = Image.new("RGB", (width, height), (150, 190, 230))
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, height // 3, width, height), fill=(170, 60, 40))
    pen.rectangle((width // 12, height * 3 // 5, width // 4, height), fill=(250, 250, 245))
    return picture


def noise(width: int, height: int, mode: str = "RGB", seed: int = 7) -> Image.Image:
    """What no encoder can make small."""
    bands = len(Image.new(mode, (1, 1)).getbands())
    return Image.frombytes(mode, (width, height), random.Random(seed).randbytes(width * height * bands))


def saved(picture: Image.Image, kind: str = "PNG", **more: object) -> bytes:
    file = BytesIO()
    picture.save(file, kind, **more)
    return file.getvalue()


def from_telephone(picture: Image.Image, *, orientation: int = 1) -> bytes:
    """A JPEG with everything a telephone adds: where, when, which telephone, a comment, XMP and a profile."""
    exif = Image.Exif()
    exif[Base.Orientation] = orientation
    exif[Base.Make] = "Phone of Old Wang"
    place = exif.get_ifd(IFD.GPSInfo)
    place[GPS.GPSLatitudeRef] = "N"
    place[GPS.GPSLatitude] = (28.0, 18.0, 36.0)
    place[GPS.GPSAreaInformation] = PLACE
    profile = b"\x00\x00\x02\x00" + b"profile of the camera" * 20
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + PLACE + b"</x:xmpmeta>"
    return saved(
        picture, "JPEG", quality=90, exif=exif.tobytes(), comment=COMMENT, xmp=xmp, icc_profile=profile
    )


def parts_of(jpeg: bytes) -> list[int]:
    """The markers of a JPEG up to its pixels; whatever is said beside the picture has one of its own."""
    found, place = [], 2
    while place < len(jpeg):
        assert jpeg[place] == 0xFF
        marker = jpeg[place + 1]
        found.append(marker)
        if marker == 0xDA:
            return found
        place += 2 + int.from_bytes(jpeg[place + 2 : place + 4], "big")
    raise AssertionError("no pixels")
