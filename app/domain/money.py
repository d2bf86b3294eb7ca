"""Money as villagers say it: reading sums aloud in Chinese, and understanding sums as they are typed.

Every amount is an integer number of fen (分). The reading is shown below each money field, so that a
slipped zero is heard before it is saved.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation
from fractions import Fraction

FEN_IN_YUAN = 100
LARGEST_FEN = 10**9 * FEN_IN_YUAN
DIGITS = "零一二三四五六七八九"
DIGIT_OF = {one: value for value, one in enumerate(DIGITS)} | {"〇": 0, "两": 2, "俩": 2}
ZEROS = ("零", "〇")
UNIT_OF = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
PLAIN = re.compile(r"\d+(\.\d+)?|\.\d+")
TOKEN = re.compile(r"\d+(?:\.\d+)?|[零〇一二两俩三四五六七八九]|[十百千万亿]")
LONGEST_PART = 12  # digits after the point that any published number may have
ODD_RATIO = 10  # more than ten times, or under a tenth of, last time's sum is worth asking about


class BadMoney(ValueError):
    """The text is no sum of money; `words` say what to write instead."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


def parse(text: str) -> int:
    """Fen in `text`: `12000`, `12,000`, `1.2万`, `1万2`, `3千5`, full-width digits, `85块`, `5毛`.

    Raises BadMoney with words for the worker.
    """
    tidy = unicodedata.normalize("NFKC", text).replace("。", ".").replace("圆", "元").replace("块钱", "元")
    tidy = re.sub(r"[\s,，¥￥]", "", tidy).replace("块", "元").replace("毛", "角").removesuffix("整")
    found = re.fullmatch(r"(?:([^元角分]+)元?零?)?(?:(.)角)?(?:(.)分)?", tidy)
    if not tidy or found is None or found[0] == "":
        raise BadMoney("这里填钱数，像 1200 或 1.2万。")
    yuan = _number(found[1]) if found[1] else Decimal(0)
    small = 10 * _digit(found[2]) + _digit(found[3])
    fen = yuan * FEN_IN_YUAN + small
    if fen != int(fen):
        raise BadMoney("钱数最小到分，小数点后面最多两位。")
    if fen > LARGEST_FEN:
        raise BadMoney("这个数太大了，看看是不是多打了零。")
    return int(fen)


def spoken(fen: int) -> str:
    """The sum as it is read aloud: 1200000 → `一万二千元`, 350 → `三元五角`, 0 → `零元`."""
    if fen < 0:
        return "负" + spoken(-fen)
    yuan, rest = divmod(fen, FEN_IN_YUAN)
    jiao, cents = divmod(rest, 10)
    parts = f"{_read(yuan)}元" if yuan or not rest else ""
    if jiao:
        parts += f"{DIGITS[jiao]}角"
    elif cents and yuan:
        parts += "零"
    return parts + (f"{DIGITS[cents]}分" if cents else "")


def plain(fen: int) -> str:
    """The sum in figures as it is typed and shown: no separators, cents only when there are any."""
    sign, (yuan, rest) = "-" if fen < 0 else "", divmod(abs(fen), FEN_IN_YUAN)
    return f"{sign}{yuan}" + (f".{rest:02d}".rstrip("0") if rest else "")


def exact(yuan: Fraction) -> str:
    """A published number as it was printed (`92.2`, `1.255`), never rounded; what has no end stays `16/3`."""
    digits = 0
    while yuan.denominator != 1 and digits < LONGEST_PART:
        yuan, digits = yuan * 10, digits + 1
    if yuan.denominator != 1:
        return str(yuan / 10**digits)
    whole, rest = divmod(abs(yuan.numerator), 10**digits)
    sign = "-" if yuan < 0 else ""
    return f"{sign}{whole}" + (f".{rest:0{digits}d}" if digits else "")


def monthly_words(fen_a_year: int) -> str:
    """`平均每月 1000 元`; rounded to whole yuan and then marked 约."""
    yuan, rest = divmod(fen_a_year, 12 * FEN_IN_YUAN)
    about = yuan + (1 if rest * 2 >= 12 * FEN_IN_YUAN else 0)
    return f"平均每月约 {about} 元" if rest else f"平均每月 {yuan} 元"


def times_words(fen: int, last_fen: int) -> str:
    """What makes `fen` odd beside last time's sum: `是上次的 100 倍`, `还不到上次的十分之一`, or ""."""
    if fen <= 0 or last_fen <= 0:
        return ""
    if fen > last_fen * ODD_RATIO:
        return f"是上次的 {round(fen / last_fen)} 倍"
    return "还不到上次的十分之一" if fen * ODD_RATIO < last_fen else ""


def likely(fen: int, last_fen: int) -> int | None:
    """The sum probably meant when a zero or two slipped in or out: nearest to last time's, or None."""
    candidates = [fen // factor for factor in (10, 100, 1000) if fen % factor == 0]
    candidates += [fen * factor for factor in (10, 100)]
    near = [one for one in candidates if last_fen * 2 >= one and one * 2 >= last_fen]
    return min(near, key=lambda one: abs(one - last_fen)) if near else None


def _number(text: str) -> Decimal:
    if PLAIN.fullmatch(text):
        try:
            return Decimal(text)
        except InvalidOperation:  # pragma: no cover - the pattern admits only decimals
            raise BadMoney("这里填钱数，像 1200 或 1.2万。") from None
    tokens = TOKEN.findall(text)
    if not tokens or "".join(tokens) != text:
        raise BadMoney("这里填钱数，像 1200 或 1.2万。")
    return _add_up(tokens)


def _add_up(parts: list[str]) -> Decimal:
    total, section, unit, gap = Decimal(0), Decimal(0), 1, False
    pending: Decimal | None = None
    for part in parts:
        if part in UNIT_OF:
            unit, gap = UNIT_OF[part], False
            if unit < 10_000:
                section += (Decimal(1) if pending is None else pending) * unit
            else:
                total, section = total + (section + (pending or 0)) * unit, Decimal(0)
            pending = None
        elif part in ZEROS:
            gap = True
        elif pending is not None:
            raise BadMoney("这里填钱数，像 1200 或 1.2万。")
        else:
            pending = Decimal(DIGIT_OF[part]) if part in DIGIT_OF else Decimal(part)
    if pending is not None:
        # 「一万二」 is twelve thousand: a lone last digit counts in tenths of the unit before it.
        lone = unit >= 100 and not gap and pending < 10
        section += pending * (unit // 10) if lone else pending
    return total + section


def _digit(text: str | None) -> int:
    if not text:
        return 0
    if text.isascii() and text.isdigit():
        return int(text)
    if text in DIGIT_OF:
        return DIGIT_OF[text]
    raise BadMoney("这里填钱数，像 1200 或 1.2万。")


def _read(number: int) -> str:
    if number == 0:
        return "零"
    words, gap = "", False
    for unit, name in ((100_000_000, "亿"), (10_000, "万"), (1, "")):
        section, number = divmod(number, unit)
        if section:
            if words and (gap or section < 1000):
                words += "零"
            words += _section(section) + name
        gap = bool(words) and not section
    return words.removeprefix("一") if words.startswith("一十") else words


def _section(number: int) -> str:
    words, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            words += ("零" if gap and words else "") + DIGITS[digit] + name
        gap = not digit
    return words
