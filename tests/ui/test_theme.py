"""The look keeps its promises in both contrasts and all three sizes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QFontInfo

from ui import fonts, icons, theme

ROOT = Path(theme.__file__).parent
TEXT_PAIRS = [
    ("ink", "card"), ("ink", "bg"), ("ink", "sunk"), ("ink", "hit"), ("ink2", "card"), ("ink2", "bg"),
    ("ink2", "tint"),
    ("on_pri", "pri"), ("on_pri", "pri2"), ("pri", "card"), ("pri", "bg"), ("pri", "tint"), ("pri2", "tint"),
    ("on_nav", "nav"), ("on_nav", "nav_hover"), ("nav2", "nav"), ("warn", "warn_bg"), ("bad", "bad_bg"),
    ("bad", "card"), ("info", "info_bg"), ("ok", "ok_bg"), ("ok", "card"), ("off", "sunk"), ("card", "ink"),
]  # fmt: skip
EDGE_PAIRS = [("edge", "card"), ("edge", "bg"), ("focus", "card"), ("focus", "bg"), ("focus_nav", "nav")]


@pytest.mark.parametrize("colours", [theme.PAPER, theme.CONTRAST], ids=["paper", "contrast"])
def test_every_text_colour_can_be_read_on_its_ground(colours: theme.Colours) -> None:
    for ink, ground in TEXT_PAIRS:
        assert theme.contrast(getattr(colours, ink), getattr(colours, ground)) >= 4.5, (ink, ground)


@pytest.mark.parametrize("colours", [theme.PAPER, theme.CONTRAST], ids=["paper", "contrast"])
def test_every_control_edge_and_focus_ring_can_be_seen(colours: theme.Colours) -> None:
    for edge, ground in EDGE_PAIRS:
        assert theme.contrast(getattr(colours, edge), getattr(colours, ground)) >= 3, (edge, ground)


@pytest.mark.parametrize("size", list(theme.Size))
def test_no_role_is_smaller_than_sixteen_points(size: theme.Size) -> None:
    assert min(theme.Theme(size).points(role) for role in theme.ROLES) >= 16


def test_the_largest_letters_keep_the_points_of_the_design() -> None:
    roles = ("body", "strong", "title", "figure")
    assert [theme.Theme(theme.Size.STANDARD).points(role) for role in roles] == [16, 18, 22, 24]
    assert [theme.Theme(theme.Size.LARGE).points(role) for role in roles] == [19, 21, 25, 27]
    assert [theme.Theme(theme.Size.EXTRA).points(role) for role in roles] == [23, 24, 28, 30]


def test_colours_are_named_in_the_theme_alone() -> None:
    literal = re.compile(r"#[0-9A-Fa-f]{6}\b|QColor\(\d")
    for path in ROOT.rglob("*.py"):
        if path.name != "theme.py":
            assert not literal.search(path.read_text(encoding="utf-8")), path


def test_the_letters_on_screen_are_the_ones_that_are_printed(look: object) -> None:
    assert QFontInfo(theme.font()).family() == "Noto Sans SC"
    assert fonts.can_draw("李桂英家走访，元〇壹")


@pytest.mark.parametrize("name", sorted(icons.SHAPES))
def test_every_icon_draws_something_inside_its_box(look: object, name: str) -> None:
    drawn = icons.pixmap(name, 28, theme.colour("ink"), ratio=2).toImage()
    dots = [
        (x, y) for x in range(drawn.width()) for y in range(drawn.height()) if drawn.pixelColor(x, y).alpha()
    ]
    assert len(dots) > 60
    assert max(x for x, _y in dots) <= 55
