"""Lines an old reader can follow: nothing torn apart, nothing lost, whatever the text and the width."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents.typography import typeset

WORDS = st.lists(
    st.sampled_from(
        [
            *"请带户口簿原件和复印去镇里办残疾人补贴",
            *"，。；：？！、（）《》「」“”‘’…—·",
            "30 个工作日",
            "第 3 步",
            "154-0000 2201",
            "0744-123 4567",
            "8:30–12:00",
            "Noto",
            "A4",
            "100 元",
            "𬎆",
            " ",
        ]
    ),
    max_size=40,
).map("".join)


def em(text: str) -> float:
    """A width like a printed one: a Chinese character is 1, everything else about half."""
    return sum(1.0 if ord(character) > 0x2000 else 0.55 for character in text)


def widest(text: str) -> float:
    return max((em(piece.strip()) for piece in typeset.units(typeset.tidy(text))), default=0.0)


@given(WORDS, st.floats(min_value=0, max_value=12))
def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one(text: str, more: float) -> None:
    for index, line in enumerate(typeset.lines(text, em, widest(text) + more)):
        assert index == 0 or line[0] not in typeset.NO_START
        assert line == typeset.tidy(text)[-len(line) :] or line[-1] not in typeset.NO_END


@given(WORDS, st.floats(min_value=1, max_value=30))
def test_no_character_is_lost_or_moved(text: str, limit: float) -> None:
    broken = "".join(typeset.lines(text, em, limit))
    assert broken.replace(" ", "") == typeset.tidy(text).replace(" ", "")


@given(WORDS, st.floats(min_value=0, max_value=12))
def test_no_line_is_wider_than_the_limit(text: str, more: float) -> None:
    limit = widest(text) + more
    assert all(em(line) <= limit + 1e-9 for line in typeset.lines(text, em, limit))


@given(WORDS, st.floats(min_value=0, max_value=12))
def test_balancing_adds_no_line_and_loses_nothing(text: str, more: float) -> None:
    limit = widest(text) + more
    plain, balanced = typeset.lines(text, em, limit), typeset.balanced(text, em, limit)
    assert len(balanced) == len(plain)
    assert all(em(line) <= limit + 1e-9 for line in balanced)
    assert "".join(balanced).replace(" ", "") == "".join(plain).replace(" ", "")


@pytest.mark.parametrize(
    "whole", ["30 个工作日", "154-0000 2201", "NotoSans", "第 12 号窗", "8:30–12:00", "2026-11-20"]
)
def test_what_belongs_together_is_never_torn_apart(whole: str) -> None:
    text = f"请在最迟{whole}的时候去镇里办"
    for limit in range(int(em(whole)) + 1, 24):
        assert any(whole in line for line in typeset.lines(text, em, limit))


def test_a_piece_wider_than_the_line_is_broken_as_late_as_possible() -> None:
    assert typeset.lines("ABCDEFGH", em, 2.3) == ("ABCD", "EFGH")


def test_no_single_character_is_left_alone() -> None:
    assert typeset.lines("枫香镇政府便民服务中心", em, 10) == ("枫香镇政府便民服务中", "心")
    assert typeset.balanced("枫香镇政府便民服务中心", em, 10) == ("枫香镇政府便", "民服务中心")


def test_invisible_characters_do_not_reach_the_paper() -> None:
    assert typeset.tidy(" 李\u200b桂\ufe0f英\U000e0100\n奶奶\x00 ") == "李桂英 奶奶"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("15400002201", "154-0000 2201"),
        ("154-0000-2201", "154-0000 2201"),
        ("154 0000 2201", "154-0000 2201"),
        ("07441234567", "0744-123 4567"),
        ("0744-1234567", "0744-123 4567"),
        ("010-12345678", "010-1234 5678"),
        ("12345", "12345"),
        ("问村里", "问村里"),
        ("", ""),
    ],
)
def test_a_phone_is_grouped_the_way_it_is_read_aloud(typed: str, printed: str) -> None:
    assert typeset.phone(typed) == printed
