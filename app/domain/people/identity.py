"""The resident identity number (公民身份号码): reading one, checking it, masking it.

Source: GB 11643 (structure, MOD 11-2 check digit of ISO 7064); residence permits for people from
Hong Kong, Macao and Taiwan use 810000/820000/830000 and the same check; permanent-residence cards
for foreigners issued since 2023-12 start with 9. County codes are never looked up: hundreds were
abolished and the numbers on people's cards stay valid.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_CHARACTERS = "10X98765432"
PROVINCES = frozenset(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54"
    " 61 62 63 64 65 71 81 82 83 91".split()
)
SEPARATORS = str.maketrans("", "", " -·\u3000\u00a0\t")


class Sex(StrEnum):
    """GB/T 2261.1."""

    UNKNOWN = "0"
    MALE = "1"
    FEMALE = "2"
    UNSTATED = "9"


class IdKind(StrEnum):
    """Which card a number belongs to."""

    RESIDENT = "resident"
    RESIDENCE_PERMIT = "permit"  # 港澳台居民居住证
    FOREIGN_PERMANENT = "foreign"  # 外国人永久居留身份证


@dataclass(frozen=True)
class Identity:
    """A checked 18-character number and what it says: birth date, sex, kind of card.

    `warnings` are worth showing but never stop the worker: the card in her hand is right.
    """

    number: str
    kind: IdKind
    birth: date
    sex: Sex
    warnings: tuple[str, ...] = ()


class BadIdentity(ValueError):
    """The text is no identity number; `words` say which part to read again."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


def read(text: str, *, today: date) -> Identity:
    """Check `text` as typed (spaces, hyphens, full-width digits, small x and 15 digits are fine).

    Raises BadIdentity naming the part to look at again.
    """
    number = tidy(text)
    if len(number) == 15 and number.isdigit():
        number = _lengthen(number)
    if len(number) != 18:
        raise BadIdentity(f"身份证号是 18 位，现在是 {len(number)} 位。照着证再念一遍。")
    if not number[:17].isdigit() or number[17] not in CHECK_CHARACTERS:
        raise BadIdentity("身份证号里有不是数字的字。只有最后一位可以是 X。")
    birth = _birth(number[6:14], today)
    if number[17] != check_character(number[:17]):
        raise BadIdentity("最后一位对不上，再看一眼第 7–14 位（生日）。")
    sex = Sex.MALE if int(number[16]) % 2 else Sex.FEMALE
    return Identity(number, _kind(number), birth, sex, _warnings(number))


def tidy(text: str) -> str:
    """Half-width, upper-case, without separators: the one form a number is stored and compared in."""
    return unicodedata.normalize("NFKC", text).translate(SEPARATORS).upper()


def check_character(first17: str) -> str:
    """The 18th character for the first 17 digits (ISO 7064 MOD 11-2)."""
    total = sum(int(digit) * weight for digit, weight in zip(first17, WEIGHTS, strict=True))
    return CHECK_CHARACTERS[total % 11]


def mask(number: str | None) -> str:
    """`4399**********3013`: enough to tell two people apart across a table, no more."""
    if not number:
        return "没有证号"
    return f"{number[:4]}{'*' * (len(number) - 8)}{number[-4:]}" if len(number) > 8 else "*" * len(number)


def group(number: str) -> str:
    """`439901 19551203 3013`, as it is read aloud."""
    return f"{number[:6]} {number[6:14]} {number[14:]}".strip()


def _lengthen(fifteen: str) -> str:
    # 1984-1999 cards: two-digit year, no check digit. 996–999 marked people born before 1900.
    century = "18" if fifteen[12:] in ("996", "997", "998", "999") else "19"
    first17 = fifteen[:6] + century + fifteen[6:]
    return first17 + check_character(first17)


def _birth(digits: str, today: date) -> date:
    try:
        birth = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise BadIdentity(
            f"没有 {digits[:4]} 年 {digits[4:6]} 月 {digits[6:]} 日这一天，看看第 7–14 位。"
        ) from None
    if birth > today:
        raise BadIdentity("生日比今天还晚，看看第 7–14 位。")
    return birth


def _kind(number: str) -> IdKind:
    if number.startswith("9"):
        return IdKind.FOREIGN_PERMANENT
    if number[:6] in ("810000", "820000", "830000"):
        return IdKind.RESIDENCE_PERMIT
    return IdKind.RESIDENT


def _warnings(number: str) -> tuple[str, ...]:
    found = []
    if not number.startswith("9") and number[:2] not in PROVINCES:
        found.append("前两位不是哪个省的代码，照着证再看一眼。")
    if number[14:17] == "000":
        found.append("第 15–17 位是 000，很少见，照着证再看一眼。")
    return tuple(found)
