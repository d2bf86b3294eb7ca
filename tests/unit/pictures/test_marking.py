"""The purpose stands across a document's picture so that it can be read, and so can the document."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image, ImageChops, ImageStat

from app.pictures.developing import develop
from app.pictures.marking import OPAQUE, marked
from tests.unit.pictures.shots import saved

WORDS = "仅供青石垭村申请调查用 2026年11月20日"


def changed(before: Image.Image, after: Image.Image, box: tuple[int, int, int, int]) -> float:
    """The share of pixels in `box` that differ."""
    difference = ImageChops.difference(before, after).convert("L").crop(box)
    return float(ImageStat.Stat(difference.point(lambda value: 255 * (value > 20))).mean[0]) / 255


@pytest.mark.parametrize("paper", [(255, 255, 255), (128, 128, 128), (20, 20, 20)])
@pytest.mark.parametrize("size", [(1600, 1100), (700, 1600), (320, 240)])
def test_no_part_of_it_can_be_cut_out_without_the_words(
    paper: tuple[int, int, int], size: tuple[int, int]
) -> None:
    plain = Image.new("RGB", size, paper)
    made = marked(plain, WORDS)
    third = (size[0] // 3, size[1] // 3)
    for left in range(3):
        for top in range(3):
            box = (left * third[0], top * third[1], (left + 1) * third[0], (top + 1) * third[1])
            assert changed(plain, made, box) > 0.01, (left, top)


def test_what_stands_beneath_can_still_be_told() -> None:
    ink, paper = Image.new("RGB", (900, 600), (0, 0, 0)), Image.new("RGB", (900, 600), (255, 255, 255))
    dark, light = marked(ink, WORDS).convert("L"), marked(paper, WORDS).convert("L")
    assert OPAQUE < 128
    assert min(light.getextrema()) > max(dark.getextrema())  # type: ignore[type-var]  # one band: two numbers


def test_it_is_in_the_picture_that_is_kept_and_in_its_small_copy() -> None:
    raw = saved(Image.new("RGB", (1200, 800), (250, 250, 245)), "JPEG")
    plain, made = develop(raw), develop(raw, mark=WORDS)
    for before, after in ((plain.full, made.full), (plain.small, made.small)):
        first, second = (Image.open(BytesIO(one)).convert("RGB") for one in (before, after))
        assert changed(first, second, (0, 0, *first.size)) > 0.01
