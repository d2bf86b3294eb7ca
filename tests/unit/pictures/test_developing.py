"""A photo is kept small, upright and clean, whatever it came in; what is none is refused in words."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from app.domain.problem import UserError
from app.pictures.developing import LONG_SIDE, MOST_BYTES, SMALL_SIDE, develop, peek
from app.pictures.opening import MOST_PIXELS
from tests.unit.pictures.shots import COMMENT, PLACE, from_telephone, house, noise, parts_of, saved

PURE = {0xDB, 0xC0, 0xC4, 0xDA}  # tables, size, codes, pixels
JFIF = 0xE0


def opened(data: bytes) -> Image.Image:
    picture = Image.open(BytesIO(data))
    picture.load()
    return picture


def near(colour: object, wanted: tuple[int, int, int], off: int = 24) -> bool:
    assert isinstance(colour, tuple)
    return all(abs(one - other) <= off for one, other in zip(colour, wanted, strict=True))


def test_nothing_but_the_picture_is_left() -> None:
    raw = from_telephone(house())
    assert PLACE in raw
    assert COMMENT in raw
    made = develop(raw)
    for jpeg in (made.full, made.small):
        assert set(parts_of(jpeg)) <= PURE | {JFIF}
        assert not [
            word for word in (PLACE, COMMENT, b"Exif", b"Old Wang", b"adobe", b"ICC_") if word in jpeg
        ]
        assert not opened(jpeg).getexif()


@pytest.mark.parametrize("orientation", range(1, 9))
def test_it_stands_as_it_was_held(orientation: int) -> None:
    turned = {
        2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }  # fmt: skip
    held = house().transpose(turned[orientation]) if orientation > 1 else house()
    made = opened(develop(from_telephone(held, orientation=orientation)).full)
    assert made.size == (1600, 1200)
    assert near(made.getpixel((1500, 100)), (150, 190, 230)), "the sky is above"
    assert near(made.getpixel((250, 1000)), (250, 250, 245)), "the door is on the left"


@pytest.mark.parametrize(
    "raw",
    [
        saved(noise(2000, 1500)),
        saved(noise(1600, 1600), "BMP"),
        saved(noise(6000, 90)),
        saved(noise(400, 3000, "CMYK"), "JPEG", quality=95),
        saved(house(3000, 2000), "TIFF"),
        saved(house(3000, 2000), "WEBP"),
        saved(house(2000, 3000), "GIF"),
    ],
    ids=["noise", "square", "panorama", "cmyk", "tiff", "webp", "gif"],
)
def test_nothing_is_too_long_or_too_large(raw: bytes) -> None:
    made = develop(raw)
    assert len(made.full) <= MOST_BYTES
    assert max(opened(made.full).size) <= LONG_SIDE
    assert max(opened(made.small).size) <= SMALL_SIDE
    assert len(made.small) < MOST_BYTES / 3


def test_a_small_one_stays_as_small_as_it_is() -> None:
    for size in ((1, 1), (200, 100)):
        made = develop(saved(Image.new("RGB", size, (10, 120, 10))))
        assert (made.width, made.height) == opened(made.full).size == size
        assert near(opened(made.full).getpixel((0, 0)), (10, 120, 10))


def test_the_same_file_gives_the_same_bytes() -> None:
    raw = from_telephone(house())
    assert develop(raw) == develop(raw)
    assert develop(raw) != develop(raw, mark="仅供青石垭村申请调查用")


def test_odd_colours_come_out_as_they_look() -> None:
    clear = house(300, 200).convert("RGBA")
    clear.putalpha(0)
    assert near(opened(develop(saved(clear)).full).getpixel((150, 20)), (255, 255, 255)), "on white"
    palette = saved(house(300, 200).convert("P"))
    assert near(opened(develop(palette).full).getpixel((150, 20)), (150, 190, 230), 40)
    deep = Image.new("I;16", (40, 30), 32_768)
    assert near(opened(develop(saved(deep)).full).getpixel((5, 5)), (128, 128, 128))
    ink = saved(Image.new("1", (40, 30), 0))
    assert near(opened(develop(ink).full).getpixel((5, 5)), (0, 0, 0))
    printed = saved(Image.new("CMYK", (40, 30), (0, 255, 255, 0)), "JPEG")
    assert near(opened(develop(printed).full).getpixel((5, 5)), (255, 0, 0), 40)


@pytest.mark.parametrize("left", [0.02, 0.5, 0.97])
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_one_that_was_cut_short_is_refused_in_words(left: float, kind: str) -> None:
    raw = saved(noise(900, 700), kind)
    with pytest.raises(UserError, match="坏了") as caught:
        develop(raw[: int(len(raw) * left)])
    assert caught.value.problems[0].field == "photo"


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "不是照片"),
        (b"%PDF-1.7 not a picture", "不是照片"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", "HEIC"),
        (b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00", "录像"),
    ],
    ids=["empty", "pdf", "apple", "film"],
)
def test_what_is_no_photo_is_told_so(raw: bytes, said: str) -> None:
    for look in (develop, peek):
        with pytest.raises(UserError, match=said):
            look(raw)


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    side = 50_000
    assert side * side > MOST_PIXELS
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
    bomb = b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    with pytest.raises(UserError, match="太大"):
        develop(bomb)


def test_a_camera_that_says_nonsense_of_how_it_was_held_is_not_heard() -> None:
    raw = from_telephone(house(), orientation=77)
    assert opened(develop(raw).full).size == (1600, 1200)
    broken = raw.replace(b"Exif\x00\x00II*\x00", b"Exif\x00\x00II*\xff").replace(
        b"Exif\x00\x00MM\x00*", b"Exif\x00\x00MM\xff*"
    )
    assert broken != raw
    assert opened(develop(broken).full).size == (1600, 1200)


def test_a_peek_is_small_and_clean() -> None:
    jpeg = peek(from_telephone(house(), orientation=6))
    assert max(opened(jpeg).size) == SMALL_SIDE
    assert set(parts_of(jpeg)) <= PURE | {JFIF}
