"""Break Chinese text into lines an old reader can follow, without splitting what belongs together.

Rules: no line opens with a closing mark or ends with an opening one (避头尾, as in W3C clreq), and a
number stays with its unit, a telephone number and a Latin word stay whole.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from app.domain.people.phone import spoken

Measure = Callable[[str], float]

NO_START = frozenset("，。；：？！、）》」』】〕〉”’…—·～％℃,.;:?!)]}%")
NO_END = frozenset("（《「『【〔〈“‘￥¥([{")
UNITS = "个?工作日|个月|公里|号窗|个|天|日|月|年|号|楼|层|份|张|元|步|页|样|岁|次|人|点|分|组|户|本|级|寸|里"
NUMBER = r"\d[\d.,:/–~～-]*(?: \d[\d.,:/–~～-]*)*"
DAY = r"\d+月\d+日(?:（周[一二三四五六日]）)?"
BLANK = "__+"  # a line to write on stays whole
TOKEN = re.compile(
    rf"{DAY}|(?:第 ?)?{NUMBER}(?: ?(?:{UNITS}))?|{BLANK}|[A-Za-z][A-Za-z0-9'._@/-]*| +|.", re.DOTALL
)


@lru_cache(maxsize=2048)
def tidy(text: str) -> str:
    """One line of printable text: NFC, single spaces, no control characters or variation selectors."""
    kept = (" " if c.isspace() else c for c in unicodedata.normalize("NFC", text) if not _invisible(c))
    return re.sub(" +", " ", "".join(kept)).strip()


@lru_cache(maxsize=2048)
def units(text: str) -> tuple[str, ...]:
    """`text` cut into the smallest pieces a line may be broken between; their join is `text`."""
    pieces: list[str] = []
    glue = False
    for token in TOKEN.findall(text):
        hangs = token[0] in NO_START or (pieces and pieces[-1] == " " and len(pieces) == 1)
        if pieces and (glue or hangs):
            while token[0] in NO_START and len(pieces) > 1 and not pieces[-1].strip():
                space = pieces.pop()
                pieces[-1] += space
            pieces[-1] += token
        else:
            pieces.append(token)
        glue = token[-1] in NO_END or (glue and not token.strip())
    return tuple(pieces)


def lines(text: str, measure: Measure, limit: float) -> tuple[str, ...]:
    """`text` in lines no wider than `limit` (in the units of `measure`); spaces at a break vanish.

    A piece wider than the limit itself is broken between characters, as late as possible.
    """
    done: list[str] = []
    current = ""
    for piece in _narrow(units(tidy(text)), measure, limit):
        if current and measure((current + piece).rstrip()) > limit:
            done.append(current.strip())
            current = piece.lstrip()
        else:
            current += piece
    if current.strip():
        done.append(current.strip())
    return tuple(done)


def balanced(text: str, measure: Measure, limit: float) -> tuple[str, ...]:
    """As `lines`, but lines of about one length, so that no single character is left alone."""
    best = lines(text, measure, limit)
    if len(best) < 2:
        return best
    least = max((measure(piece.strip()) for piece in units(tidy(text))), default=limit)
    width = limit - limit / 40
    while width >= least:  # below that, something whole would be torn
        narrower = lines(text, measure, width)
        if len(narrower) > len(best):
            break
        best = narrower
        width -= limit / 40
    return best


def phone(text: str) -> str:
    """A number grouped the way it is read aloud; what is no number is only tidied."""
    said = spoken(text)
    return said if said != text else tidy(text)


def _narrow(pieces: Iterable[str], measure: Measure, limit: float) -> Iterator[str]:
    for piece in pieces:
        while piece.strip() and measure(piece.strip()) > limit and len(piece) > 1:
            fits = next((n for n in range(len(piece) - 1, 1, -1) if measure(piece[:n]) <= limit), 1)
            while fits > 1 and (piece[fits] in NO_START or piece[fits - 1] in NO_END):
                fits -= 1
            yield piece[:fits]
            piece = piece[fits:]
        yield piece


def _invisible(character: str) -> bool:
    selector = "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"
    return selector or (
        unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co") and not character.isspace()
    )
