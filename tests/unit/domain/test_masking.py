"""What stands on a wall gives away a surname and nothing else, however a name is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.papers.masking import (
    AgeBand,
    MaskedName,
    Neighbourhood,
    age_band,
    mask_name,
    neighbourhood,
)
from app.domain.people.person import COMPOUND_SURNAMES


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("李桂英", "李**"),
        ("王芳", "王**"),
        ("王芳芳芳", "王**"),
        ("欧阳国富", "欧阳**"),
        ("司马光", "司马**"),
        ("欧阳", "欧**"),
        ("何", "**"),
        ("", "**"),
        ("李某氏", "李**"),
        ("买合木提江·阿不都热合曼", "买**"),
        ("欧阳·阿依", "欧**"),
        ("𠮷𬎆", "𠮷**"),
        ("张 三", "张**"),
        (" 张三 ", "张**"),
        ("辻󠄀村", "辻**"),
        ("Anna Maria Schmidt", "A**"),
    ],
)
def test_a_name_is_its_surname_and_two_stars(name: str, shown: str) -> None:
    assert mask_name(name).shown == shown


def test_the_length_of_a_name_is_not_given_away() -> None:
    assert mask_name("李英") == mask_name("李桂英") == mask_name("李桂英桂")


@pytest.mark.parametrize("whole", ["李桂英", "李桂**", "李", "桂英**", "***", "李桂英**", "439901**", "1**3"])
def test_a_masked_name_cannot_hold_a_name(whole: str) -> None:
    with pytest.raises(ValueError, match="surname"):
        MaskedName(whole)


@given(st.text(max_size=20))
def test_whatever_the_name_at_most_a_surname_is_shown(name: str) -> None:
    front = mask_name(name).shown.removesuffix("**")
    assert len(front) <= 1 or front in COMPOUND_SURNAMES


@pytest.mark.parametrize(
    ("group", "shown"),
    [
        ("茶园组", "茶园组"),
        ("茶园组 3号", "茶园组"),
        ("茶园组3", "茶园组"),
        ("茶园组３号", "茶园组"),
        ("第三村民小组", "第三村民小组"),
        ("第12村民小组", "第12村民小组"),
        ("对门坡", "对门坡"),
        ("百户冲", "百户冲"),
        ("新屋场二栋四单元", "新屋场"),
        ("2栋401", ""),
        ("塘边组154-0000 3013", "塘边组"),
        ("15400003013", ""),
        ("", ""),
    ],
)
def test_an_address_is_cut_where_it_becomes_exact(group: str, shown: str) -> None:
    assert neighbourhood(group).shown == shown


@pytest.mark.parametrize("exact", ["茶园组 3号", "2栋", "15400003013", "茶" * 17])
def test_a_neighbourhood_cannot_hold_an_address(exact: str) -> None:
    with pytest.raises(ValueError, match="group"):
        Neighbourhood(exact)


@given(st.text(max_size=30))
def test_whatever_stands_in_the_register_a_neighbourhood_comes_out(group: str) -> None:
    assert len(neighbourhood(group).shown) <= 16


@pytest.mark.parametrize(
    ("years", "shown"),
    [
        (18, "18–19 岁"),
        (20, "20–29 岁"),
        (69, "60–69 岁"),
        (70, "70–79 岁"),
        (90, "90 岁以上"),
        (104, "90 岁以上"),
    ],
)
def test_an_age_is_a_band_of_ten_years(years: int, shown: str) -> None:
    assert age_band(years).shown == shown


@pytest.mark.parametrize("first", [0, 65, 100])
def test_a_band_cannot_hold_an_age(first: int) -> None:
    with pytest.raises(ValueError, match="band"):
        AgeBand(first)
