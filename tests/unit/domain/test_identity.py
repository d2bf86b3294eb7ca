"""Everyone's card is read: long and short, X or not, from anywhere, also from counties long abolished."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.people.identity import BadIdentity, IdKind, Sex, check_character, group, mask, read

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("typed", "number", "birth", "sex", "kind"),
    [
        ("11010519491231002X", "11010519491231002X", date(1949, 12, 31), Sex.FEMALE, IdKind.RESIDENT),
        ("440524188001010014", "440524188001010014", date(1880, 1, 1), Sex.MALE, IdKind.RESIDENT),
        ("110105491231002", "11010519491231002X", date(1949, 12, 31), Sex.FEMALE, IdKind.RESIDENT),
        ("439901380615102", "439901193806151025", date(1938, 6, 15), Sex.FEMALE, IdKind.RESIDENT),
        ("43990119360305003x", "43990119360305003X", date(1936, 3, 5), Sex.MALE, IdKind.RESIDENT),
        ("439901194402293013", "439901194402293013", date(1944, 2, 29), Sex.MALE, IdKind.RESIDENT),
        ("439901201709012020", "439901201709012020", date(2017, 9, 1), Sex.FEMALE, IdKind.RESIDENT),
        ("430221195001013010", "430221195001013010", date(1950, 1, 1), Sex.MALE, IdKind.RESIDENT),
        ("81000019890101001X", "81000019890101001X", date(1989, 1, 1), Sex.MALE, IdKind.RESIDENCE_PERMIT),
        ("820000199005050028", "820000199005050028", date(1990, 5, 5), Sex.FEMALE, IdKind.RESIDENCE_PERMIT),
        ("830000197012311233", "830000197012311233", date(1970, 12, 31), Sex.MALE, IdKind.RESIDENCE_PERMIT),
        ("439901 19440229-3013", "439901194402293013", date(1944, 2, 29), Sex.MALE, IdKind.RESIDENT),
        ("４３９９０１１９４４０２２９３０１３", "439901194402293013", date(1944, 2, 29), Sex.MALE,
         IdKind.RESIDENT),
    ],
)  # fmt: skip
def test_a_good_number_is_read(typed: str, number: str, birth: date, sex: Sex, kind: IdKind) -> None:
    found = read(typed, today=TODAY)
    assert (found.number, found.birth, found.sex, found.kind) == (number, birth, sex, kind)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("439901194402293014", "最后一位对不上"),
        ("439901199002301234", "没有 1990 年 02 月 30 日"),
        ("43990119440229301", "现在是 17 位"),
        ("", "现在是 0 位"),
        ("4399011944022930AX", "不是数字"),
        ("439901209901011234", "比今天还晚"),
    ],
)
def test_a_bad_number_says_which_part_to_read_again(typed: str, words: str) -> None:
    with pytest.raises(BadIdentity, match=words):
        read(typed, today=TODAY)


def test_a_foreigner_s_card_starts_with_nine() -> None:
    first17 = "91110119850604001"
    assert read(first17 + check_character(first17), today=TODAY).kind is IdKind.FOREIGN_PERMANENT


def test_an_odd_serial_and_an_unknown_province_warn_but_pass() -> None:
    first17 = "99990119440229000"
    assert read(first17 + check_character(first17), today=TODAY).warnings
    first17 = "47990119440229301"
    assert "哪个省" in read(first17 + check_character(first17), today=TODAY).warnings[0]


@given(
    st.dates(date(1900, 1, 1), date(2026, 1, 1)), st.integers(1, 999), st.integers(0, 16), st.integers(1, 9)
)
def test_one_wrong_digit_is_always_noticed(birth: date, serial: int, place: int, by: int) -> None:
    first17 = f"439901{birth:%Y%m%d}{serial:03d}"
    number = first17 + check_character(first17)
    wrong = number[:place] + str((int(number[place]) + by) % 10) + number[place + 1 :]
    with pytest.raises(BadIdentity):
        read(wrong, today=date(2200, 1, 1))


def test_lists_show_a_masked_number() -> None:
    assert mask("439901195512033013") == "4399**********3013"
    assert mask(None) == "没有证号"
    assert group("439901195512033013") == "439901 19551203 3013"
