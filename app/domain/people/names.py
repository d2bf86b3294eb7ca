"""Two spellings of a name: the same, near enough to be the same person, or another person's."""

from __future__ import annotations

import unicodedata
from enum import StrEnum

DOTS = str.maketrans(dict.fromkeys("•・‧∙⋅●．.", "·"))
COMMON = (0x4E00, 0x9FA5)  # the block every old bank computer knows (GB 13000.1)


class Likeness(StrEnum):
    SAME = "same"
    NEAR = "near"
    OTHER = "other"


def likeness(one: str, other: str) -> Likeness:
    """NEAR: spelt with other dots, spaces or character forms, or one character of several differs.

    Such names are sent home at the window though they are one person's (生僻字, 繁简, 曾用名).
    """
    if one == other:
        return Likeness.SAME
    plain, plain_other = _plain(one), _plain(other)
    if plain == plain_other:
        return Likeness.NEAR
    same_length = len(plain) == len(plain_other) > 1
    differing = sum(a != b for a, b in zip(plain, plain_other, strict=False))
    return Likeness.NEAR if same_length and differing == 1 and plain[0] == plain_other[0] else Likeness.OTHER


def rare(name: str) -> str:
    """The characters of `name` that older computers cannot write, in their order; often "" ."""
    return "".join(one for one in name if ord(one) > COMMON[1] or 0x3400 <= ord(one) < COMMON[0])


def _plain(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).translate(DOTS).split())
