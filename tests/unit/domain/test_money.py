"""Money is understood as villagers type it and read back so that a slipped zero is heard."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import money


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("12000", 1_200_000),
        ("12,000元", 1_200_000),
        ("１２０００", 1_200_000),
        ("1.2万", 1_200_000),
        ("1。2万", 1_200_000),
        ("1万2", 1_200_000),
        ("一万二", 1_200_000),
        ("一万二千", 1_200_000),
        ("3千5", 350_000),
        ("两百五", 25_000),
        ("一百零五", 10_500),
        ("1万500", 1_050_000),
        ("85块", 8_500),
        ("85.5", 8_550),
        ("5毛", 50),
        ("三元五角二分", 352),
        ("0", 0),
    ],
)
def test_a_sum_is_understood_as_it_is_typed(typed: str, fen: int) -> None:
    assert money.parse(typed) == fen


@pytest.mark.parametrize("typed", ["", "元", "abc", "一二", "12元3", "-5", "1.234", "99999999999"])
def test_what_is_no_sum_is_refused_in_words(typed: str) -> None:
    with pytest.raises(money.BadMoney) as caught:
        money.parse(typed)
    assert caught.value.words.endswith("。")


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (0, "零元"),
        (1_000, "十元"),
        (11_000, "一百一十元"),
        (105_000, "一千零五十元"),
        (1_200_000, "一万二千元"),
        (86_000_000, "八十六万元"),
        (10_001_000, "十万零一十元"),
        (100_050_000, "一百万零五百元"),
        (350, "三元五角"),
        (105, "一元零五分"),
        (5, "五分"),
    ],
)
def test_a_sum_is_read_aloud_the_way_it_is_said(fen: int, words: str) -> None:
    assert money.spoken(fen) == words


@given(st.integers(min_value=0, max_value=money.LARGEST_FEN))
def test_what_is_read_aloud_means_the_same_sum(fen: int) -> None:
    assert money.parse(money.spoken(fen)) == fen


@given(st.integers(min_value=0, max_value=money.LARGEST_FEN))
def test_figures_shown_mean_the_same_sum(fen: int) -> None:
    assert money.parse(money.plain(fen)) == fen


def test_a_hundredfold_sum_is_doubted_and_the_likely_one_offered() -> None:
    assert money.times_words(86_000_000, 860_000) == "是上次的 100 倍"
    assert money.likely(86_000_000, 860_000) == 860_000


def test_a_sum_near_last_time_is_not_doubted() -> None:
    assert money.times_words(900_000, 860_000) == ""


def test_the_month_is_marked_about_when_it_is_rounded() -> None:
    assert money.monthly_words(1_200_000) == "平均每月 1000 元"
    assert money.monthly_words(860_000) == "平均每月约 717 元"


@given(st.decimals(min_value=0, max_value=10**9, places=4, allow_nan=False))
def test_a_published_amount_is_shown_to_its_last_digit(published: Decimal) -> None:
    assert Fraction(money.exact(Fraction(published))) == Fraction(published)


def test_an_amount_is_neither_rounded_nor_padded() -> None:
    shown = [money.exact(Fraction(text)) for text in ("5300", "92.2", "1.255", "441.67", "-0.5", "16/3")]
    assert shown == ["5300", "92.2", "1.255", "441.67", "-0.5", "16/3"]
