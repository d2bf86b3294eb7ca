"""Every pictogram follows the drawing rules and can be told from every other at its printed size."""

from __future__ import annotations

import ast
from datetime import date
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest

import resources
from app.documents import pictograms, specimen, svgpath
from app.documents.pen import BOTTOM, LEFT, RIGHT, TOP, WIDTH
from app.documents.pictograms import BadPictogram
from app.documents.preview import page_count, page_image
from app.domain.icons import AWAITING, ICONS, STANDIN, THEMES
from tests.policy import county
from tests.unit.documents import pages

ROOT = Path(__file__).resolve().parents[3]
OUTLINE, INNER, FINE, EDGE, CROSS = 5, 4, 3, 2, 9  # stroke widths; FINE only inside a coin or a scale pan
CROSSED = ("closed_day", "not_needed")
PRINTED_PX = 76  # 20 mm at 96 dpi
GROUP = '<g fill="none" stroke="#000" stroke-width="5" stroke-linecap="round" stroke-linejoin="round">'


def svg(inner: str) -> str:
    head = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96"><title>样</title>'
    return f"{head}{GROUP}{inner}</g></svg>"


def test_every_drawing_stands_under_one_theme_and_every_theme_is_drawn() -> None:
    listed = [name for theme in THEMES for name in theme.names]
    assert sorted(listed) == list(pictograms.names())
    assert set(listed) == ICONS
    assert STANDIN in ICONS


def test_a_drawing_that_nothing_names_yet_says_what_it_is_for() -> None:
    assert set(AWAITING) <= ICONS
    assert all(AWAITING.values())
    assert ICONS - named_by_packs() - named_by_papers() - set(AWAITING) == set()


@pytest.mark.parametrize("name", pictograms.names())
def test_a_pictogram_follows_the_drawing_rules(name: str) -> None:
    drawing = pictograms.load(name)
    left, top, right, bottom = drawing.bounds
    assert min(left, top) >= 4
    assert max(right, bottom) <= 92
    assert len(resources.read_bytes(f"pictograms/{name}.svg")) <= 2048
    assert drawing.title


@pytest.mark.parametrize("name", pictograms.names())
def test_one_weight_draws_the_outline_and_thinner_ones_only_what_is_inside(name: str) -> None:
    lines = [shape for shape in pictograms.load(name).shapes if shape.stroke != "none"]
    assert any(line.stroke_width == OUTLINE for line in lines)
    for line in lines:
        solid = line.fill == "#000"  # the edge of a solid spot rounds its corners and is no line
        assert line.stroke_width in (OUTLINE, INNER, FINE, CROSS) or (solid and line.stroke_width == EDGE)
    assert name in CROSSED or all(line.stroke_width != CROSS for line in lines)


@pytest.mark.parametrize("name", pictograms.names())
def test_a_drawing_stands_in_the_middle_of_the_grid_and_fills_it(name: str) -> None:
    left, top, right, bottom = pictograms.load(name).bounds
    assert abs((left + right) / 2 - pictograms.SIZE / 2) <= 8
    assert abs((top + bottom) / 2 - pictograms.SIZE / 2) <= 8
    assert max(right - left, bottom - top) >= 72


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
    assert not any(pages.overlaps(pages.glyphs(pdf, page)) for page in range(page_count(pdf)))
    text = "".join(pages.words(pdf, page) for page in range(page_count(pdf)))
    for name in pictograms.names():
        assert name in text
        assert pictograms.load(name).title in text
    assert all(theme.title in text for theme in THEMES)


def test_the_specimen_sheet_keeps_its_margins_and_a_heading_with_its_theme() -> None:
    for theme in THEMES:
        first, *rest = [specimen.places()[name] for name in theme.names]
        assert first.top - specimen.HEAD >= TOP - 0.01
        assert all(place.page > first.page or place.top >= first.top for place in rest)
    for place in specimen.places().values():
        assert place.left >= LEFT
        assert place.left + specimen.PICTURE <= RIGHT
        assert place.top + specimen.ROW <= BOTTOM


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
    for name, at in specimen.places().items():
        starts = [(round(at.top * scale) + row) * width + round(at.left * scale) for row in range(PRINTED_PX)]
        pixels = b"".join(sheets[at.page][start : start + PRINTED_PX] for start in starts)
        found[name] = int("".join("1" if value < 128 else "0" for value in pixels), 2)
    return found


def named_by_packs() -> set[str]:
    """What the reference pack and the demo county name, in items, papers, errands and offices."""
    named = {office.icon for office in county().offices}
    for item in county().items():
        named |= {item.icon, *(each.icon for each in item.materials), *(each.icon for each in item.errands)}
    return named & ICONS


def named_by_papers() -> set[str]:
    """What the printed page and the list it shows name themselves."""
    folders = (ROOT / "app" / "documents", ROOT / "app" / "domain" / "checklists")
    files = [file for folder in folders for file in folder.rglob("*.py")]
    trees = (ast.parse(file.read_text("utf-8")) for file in files)
    nodes = (node for tree in trees for node in ast.walk(tree))
    return ICONS & {
        node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
