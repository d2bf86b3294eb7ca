"""What of a person may stand on a wall: the one place where names and places are masked for a notice.

Rules: no number of a card or account, no telephone, no exact address, no illness, no child; a name is
its surname and two asterisks, whatever its length. Values of these types cannot hold more than that:
building one from anything else raises ValueError.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from app.domain.people.person import COMPOUND_SURNAMES

STARS = "**"
# An exact address begins where a number of a door, house or room stands (茶园组 3号, 2栋401, 茶园组3).
DOOR = re.compile(
    r"\s*(?:[0-9]+\s*(?:号|栋|幢|单元|室|房|楼|户|门|[-—]\s*[0-9])"
    r"|[一二三四五六七八九十百]+\s*(?:号|栋|幢|单元|室)|(?<=[组队])\s*[0-9]).*"
)
LONG_FIGURES = re.compile(r"[0-9]{4,}")
LONGEST_GROUP = 16
BAND_YEARS = 10
OLDEST_BAND = 90  # above it people are so few that a band would name them


@dataclass(frozen=True)
class MaskedName:
    """`李**`, `欧阳**`; nothing of the given name, not even how long it is.

    `shown` is checked: one character or a compound surname before the stars, or the stars alone.
    """

    shown: str

    def __post_init__(self) -> None:
        front = self.shown.removesuffix(STARS)
        known = len(front) <= 1 or front in COMPOUND_SURNAMES
        if not self.shown.endswith(STARS) or not known or "*" in front:
            raise ValueError("a name on a notice is a surname and two asterisks")


@dataclass(frozen=True)
class Neighbourhood:
    """A village group (村民小组) without door, phone or any long figure."""

    shown: str

    def __post_init__(self) -> None:
        plain = unicodedata.normalize("NFKC", self.shown)
        if DOOR.search(plain) or LONG_FIGURES.search(plain) or len(plain) > LONGEST_GROUP:
            raise ValueError("a place on a notice is a village group, no address")


@dataclass(frozen=True)
class AgeBand:
    """`60–69 岁`: ten full years from `first`; the very old share one open band."""

    first: int

    def __post_init__(self) -> None:
        if self.first % BAND_YEARS or not 10 <= self.first <= OLDEST_BAND:
            raise ValueError("an age on a notice is a band of ten years")

    @property
    def shown(self) -> str:
        if self.first == OLDEST_BAND:
            return f"{OLDEST_BAND} 岁以上"
        low = max(self.first, 18)  # nobody under age is posted
        return f"{low}–{self.first + BAND_YEARS - 1} 岁"


def mask_name(name: str) -> MaskedName:
    """The surname and two asterisks.

    A name with a dot (买买提·阿依) or in letters has no surname to show: only its first character
    stays. A name of one character, or of a compound surname alone, would be shown whole by that rule:
    the first has nothing shown, the second its first character.
    """
    plain = [c for c in unicodedata.normalize("NFC", name).strip() if _counts(c)]
    if len(plain) < 2:
        return MaskedName(STARS)
    front = "".join(plain[:2])
    compound = front in COMPOUND_SURNAMES and len(plain) > 2 and "·" not in plain
    return MaskedName((front if compound else plain[0]) + STARS)


def neighbourhood(group: str) -> Neighbourhood:
    """The village group of `group`, cut off where an address begins; empty when it is nothing else."""
    coarse = DOOR.sub("", unicodedata.normalize("NFKC", group)).strip()
    return Neighbourhood("" if LONG_FIGURES.search(coarse) else coarse[:LONGEST_GROUP])


def age_band(years: int) -> AgeBand:
    """The band of a grown-up's full years."""
    return AgeBand(min(years // BAND_YEARS * BAND_YEARS, OLDEST_BAND))


def _counts(character: str) -> bool:
    # Variation selectors, format characters and the mask itself are no characters of a name.
    return character != "*" and unicodedata.category(character) not in ("Cf", "Cc", "Mn", "Zs", "Zl", "Zp")
