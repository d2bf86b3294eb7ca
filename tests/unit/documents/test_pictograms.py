"""Every pictogram follows the drawing rules and can be told from every other at its printed size."""

from __future__ import annotations

from datetime import date
from functools import cache
from itertools import combinations

import pytest

import resources
from app.documents import pictograms, specimen, svgpath
from app.documents.pen import WIDTH
from app.documents.pictograms import BadPictogram
from app.documents.preview import page_count, page_image
from tests.unit.documents import pages

NEEDED = (
    "id_front id_back hukou bank_card passbook photo_1inch photo_2inch judgment guardian_proof "
    "disability_card dibao_card diagnosis hospital_bill death_cert police_receipt school_proof form "
    "authorisation promise income_statement letter_of_request village_proof social_card "
    "granny grandpa granny_child child proxy "
    "wheelchair_person hall village_office police_station court hospital bank photo_shop disabled_federation "
    "phone call_first clock money_card sign fingerprint copy original closed_day not_needed walk bus"
).split()
PRINTED_PX = 76  # 20 mm at 96 dpi
GROUP = '<g fill="none" stroke="#000" stroke-width="5" stroke-linecap="round" stroke-linejoin="round">'


def svg(inner: str) -> str:
    head = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96"><title>样</title>'
    return f"{head}{GROUP}{inner}</g></svg>"


def test_every_needed_pictogram_is_there() -> None:
    assert set(NEEDED) <= set(pictograms.names())


@pytest.mark.parametrize("name", pictograms.names())
def test_a_pictogram_follows_the_drawing_rules(name: str) -> None:
    drawing = pictograms.load(name)
    left, top, right, bottom = drawing.bounds
    assert min(left, top) >= 4
    assert max(right, bottom) <= 92
    assert len(resources.read_bytes(f"pictograms/{name}.svg")) <= 2048
    assert drawing.title
    assert all(shape.stroke_width >= 2 for shape in drawing.shapes)


@pytest.mark.parametrize(
    "inner",
    [
        "<text>银行</text>",
        '<ellipse cx="1" cy="1" rx="2" ry="3"/>',
        '<path d="M0 0" transform="scale(2)"/>',
        '<path d="M0 0" fill="red"/>',
        '<path d="M0 0 X 3"/>',
        '<path d="M0 0 L 3"/>',
        '<path d="3 4"/>',
        '<rect x="1" y="1"/>',
        "<g><path d='M0 0'/></g>",
    ],
)
def test_a_drawing_outside_the_rules_is_refused_by_name(inner: str) -> None:
    with pytest.raises(BadPictogram, match=r"sample\.svg"):
        pictograms.parse("sample", svg(inner))


def test_an_unknown_pictogram_is_refused_by_name() -> None:
    for name in ("no_such", "../secrets", ""):
        with pytest.raises(BadPictogram):
            pictograms.load(name)


def test_any_two_differ_by_six_percent_of_their_ink_at_printed_size() -> None:
    inks = pictures()
    for one, other in combinations(inks, 2):
        differing = (inks[one] ^ inks[other]).bit_count() / PRINTED_PX**2
        assert differing >= 0.06, (one, other, differing)


def test_ink_stays_open_enough_for_a_worn_copier() -> None:
    for name, ink in pictures().items():
        assert 0.04 < ink.bit_count() / PRINTED_PX**2 < 0.45, name


def test_the_specimen_sheet_names_every_pictogram() -> None:
    pdf = specimen.render(date(2026, 11, 20))
    text = "".join(pages.words(pdf, page) for page in range(page_count(pdf)))
    for name in pictograms.names():
        assert name in text
        assert pictograms.load(name).title in text


def test_arcs_and_curves_end_where_they_should() -> None:
    half = svgpath.parse("M10 50 A40 40 0 0 1 90 50")
    left, top, right, bottom = svgpath.bounds(half)
    assert (left, right, bottom) == pytest.approx((10, 90, 50))
    assert top == pytest.approx(10, abs=0.1)
    below = svgpath.bounds(svgpath.parse("M10 50 A40 40 0 0 0 90 50"))
    assert below[3] == pytest.approx(90, abs=0.1)
    large = svgpath.bounds(svgpath.parse("m40 40 a20 20 0 1 1 20 20"))
    assert large == pytest.approx((40, 20, 80, 60), abs=0.1)
    relative = svgpath.parse("M10 10 h5 v5 q5 5 10 0 z l1 1")
    assert relative[-1] == ("L", (11.0, 11.0))


@cache
def pictures() -> dict[str, int]:
    """The black pixels of every pictogram as it is printed, as the bits of one number each."""
    pdf = specimen.render(date(2026, 11, 20))
    scale = PRINTED_PX / specimen.PICTURE
    width = round(WIDTH * scale)
    sheets = [page_image(pdf, page, width)[2][::4] for page in range(page_count(pdf))]
    found = {}
    for index, name in enumerate(pictograms.names()):
        page, left, top = specimen.place(index)
        starts = [(round(top * scale) + row) * width + round(left * scale) for row in range(PRINTED_PX)]
        pixels = b"".join(sheets[page][start : start + PRINTED_PX] for start in starts)
        found[name] = int("".join("1" if value < 128 else "0" for value in pixels), 2)
    return found
