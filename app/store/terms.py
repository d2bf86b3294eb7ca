"""From a name, a number or a place to the words that find it: sounds, initials, tails, fragments.

A Chinese character may have several readings; all of them are indexed (the 32 likeliest combinations
of full sounds, and every combination of initials), surnames by their surname reading first (单 is
Shàn, 仇 is Qiú), because results are ordered by it.
"""

from __future__ import annotations

import itertools
import os
import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

# Only surnames whose reading is not the one a dictionary gives first.
SURNAME_SOUNDS = {
    "单": "shan", "曾": "zeng", "仇": "qiu", "覃": "qin", "查": "zha", "朴": "piao", "解": "xie", "区": "ou",
    "任": "ren", "盖": "ge", "尉": "wei", "乐": "yue", "缪": "miao", "华": "hua", "冼": "xian", "折": "she",
    "黑": "he", "员": "yun", "召": "shao", "祭": "zhai", "种": "chong", "逄": "pang", "能": "nai",
    "卜": "bu", "翟": "zhai", "阚": "kan", "都": "du", "乜": "nie", "佴": "nai", "秘": "bi", "洗": "xian",
    "繁": "po", "薄": "bo", "么": "yao", "炅": "gui", "适": "kuo", "降": "jiang", "蔚": "yu", "句": "gou",
    "谌": "chen", "行": "xing", "郄": "qie", "呙": "guo", "晟": "cheng", "牟": "mu",
}  # fmt: skip
SURNAME_ALSO = {
    "覃": "tan", "乐": "le", "盖": "gai", "尉": "yu", "能": "neng", "区": "qu", "解": "jie", "谌": "shen",
    "牟": "mou", "薄": "bao", "秘": "mi", "蔚": "wei", "翟": "di", "黑": "hei",
}  # fmt: skip
COMPOUND_SOUNDS = {
    "单于": ("chan", "yu"),
    "尉迟": ("yu", "chi"),
    "万俟": ("mo", "qi"),
    "澹台": ("tan", "tai"),
    "长孙": ("zhang", "sun"),
    "乐正": ("yue", "zheng"),
    "拓跋": ("tuo", "ba"),
}
MOST_READINGS, MOST_INITIALS = 32, 256
# Stands before the sounds of a place, so that they are asked for apart from those of a name. Nobody
# can type it: a query keeps ideographs, letters and digits only.
PLACE_MARK = "\ue000"
SHORT_TAIL, LONG_TAIL = 4, 6
LONGEST_SYLLABLE, LONGEST_SPELLING, MOST_SPELLINGS = 6, 40, 128
# Unified ideographs in every plane, 〇, and the twelve compatibility ones that are characters of their own.
IDEOGRAPHS = r"\u3007\u3400-\u9fff\ufa0e-\ufa29\U00020000-\U0003ffff"
HAN = re.compile(f"[{IDEOGRAPHS}]")
RUNS = re.compile(f"[{IDEOGRAPHS}]+|[0-9a-z]+")
NUMBER = re.compile(r"(?:sf)?\d{3,}[\dx]")
# The beginning of a syllable as it may be typed: an initial, some of the final, or both.
SYLLABLE = re.compile(r"(?![iuv])(?:[zcs]h?|[bpmfdtnlgkhjqxryw])?[aeiouv]{0,3}(?:ng?|r)?|\d")


def normal(text: str) -> str:
    """Half-width, lower case, one kind of middle dot, no spaces: how terms and queries compare."""
    plain = unicodedata.normalize("NFKC", text).lower()
    return re.sub(r"[\s'’]+", "", re.sub(r"[•・‧·．.]", "·", plain))


def name_terms(name: str) -> set[str]:
    """Everything a worker may type to find `name`: fragments, full sound, initials, from any syllable."""
    found = fragments(name)
    for syllables in readings(name):
        found.update("".join(syllables[start:]) for start in range(len(syllables)))
    letters = [sorted({sound[0] for sound in choices}) for choices in _choices(name)]
    for initials in itertools.islice(itertools.product(*letters), MOST_INITIALS):
        found.update("".join(initials[start:]) for start in range(len(initials)))
    return found


def place_terms(place: str) -> set[str]:
    """What finds those who live at `place`: its fragments, and its sound and initials from the first on.

    The door follows the group in both, so `lwz`, `lwz12`, `laowu` and `laowuzu12` all begin a term.
    """
    found = fragments(place)
    for syllables in readings(place):
        found.add(PLACE_MARK + "".join(syllables))
        found.add(PLACE_MARK + "".join(syllable[0] for syllable in syllables))
    return found


def fragments(text: str) -> set[str]:
    """Single characters and pairs of Chinese text, whole words of anything else."""
    found: set[str] = set()
    for run in RUNS.findall(normal(text)):
        if HAN.match(run):
            found.update(run)
            found.update(run[i : i + 2] for i in range(len(run) - 1))
        else:
            found.add(run)
    return found


def plain_number(number: str) -> str:
    """A number as it is compared: half-width, lower case, without separators."""
    return normal(number).replace("-", "")


def number_terms(number: str) -> set[str]:
    """A card or phone number: whole, and the tails people read out (four and six)."""
    plain = plain_number(number)
    return {plain, plain[-SHORT_TAIL:], plain[-LONG_TAIL:]} if len(plain) > LONG_TAIL else {plain} - {""}


def typed_number(query: str) -> str:
    """The card, phone or ticket number (or its tail) that `query` is, without separators; or empty."""
    plain = plain_number(query)
    return plain if NUMBER.fullmatch(plain) else ""


def typed_initials(query: str) -> list[str]:
    """The initials `query` may stand for when syllables and initials are mixed: `ligy` for lgy.

    The shortest first, at most 128; none for a query longer than any name is spelt.
    """
    if len(query) > LONGEST_SPELLING:
        return []
    ends = [[""], *([] for _ in query)]
    for end in range(1, len(query) + 1):
        begins = range(max(0, end - LONGEST_SYLLABLE), end)
        cuts = [start for start in begins if SYLLABLE.fullmatch(query[start:end])]
        found = {before + query[start] for start in cuts for before in ends[start]}
        ends[end] = sorted(found, key=lambda one: (len(one), one))[:MOST_SPELLINGS]
    return ends[-1] if query else []


def sound(name: str) -> str:
    """The likeliest reading, syllables apart: what results are ordered by."""
    return " ".join(next(iter(readings(name)), ()))


def query_terms(query: str) -> list[str]:
    """The terms that must all be present for `query`: pairs for Chinese, the word itself otherwise."""
    wanted: list[str] = []
    for run in RUNS.findall(normal(query)):
        if HAN.match(run) and len(run) > 1:
            wanted.extend(run[i : i + 2] for i in range(len(run) - 1))
        else:
            wanted.append(run)
    return wanted


def sounds_like(query: str, syllables: Sequence[str]) -> bool:
    """Whether `query` is a beginning of each of some syllables in a row: `ligy` for li gui ying."""
    return any(_consumes(query, syllables[start:]) for start in range(len(syllables)))


def _consumes(query: str, syllables: Sequence[str]) -> bool:
    if not query:
        return True
    if not syllables:
        return False
    head, rest = syllables[0], syllables[1:]
    lengths = range(min(len(query), len(head)), 0, -1)
    return any(query[:n] == head[:n] and _consumes(query[n:], rest) for n in lengths)


@lru_cache(maxsize=20_000)
def readings(name: str) -> tuple[tuple[str, ...], ...]:
    """The readings of a name as tuples of syllables without tones, likeliest first.

    Where there are too many, those with the fewest unusual syllables are kept.
    """
    numbered = [tuple(enumerate(choices)) for choices in _choices(name)]
    if not numbered:
        return ()
    every = itertools.islice(itertools.product(*numbered), 4 * MOST_INITIALS)
    kept = sorted(every, key=lambda one: (sum(at > 0 for at, _ in one), [at for at, _ in one]))
    return tuple(tuple(syllable for _, syllable in one) for one in kept[:MOST_READINGS])


def _choices(name: str) -> list[list[str]]:
    characters = [character for character in normal(name) if HAN.match(character) or character.isalnum()]
    choices = [_sounds(character) for character in characters]
    if not characters:
        return []
    surname, both = characters[0], "".join(characters[:2])
    if surname in SURNAME_SOUNDS:
        known = [SURNAME_SOUNDS[surname], *filter(None, [SURNAME_ALSO.get(surname)])]
        choices[0] = [*dict.fromkeys([*known, *choices[0]])]
    if both in COMPOUND_SOUNDS:
        for place, syllable in enumerate(COMPOUND_SOUNDS[both]):
            choices[place] = [*dict.fromkeys([syllable, *choices[place]])]
    return choices


@lru_cache(maxsize=10_000)
def _sounds(character: str) -> list[str]:
    # Phrases are not needed for names; without them the import is seven times lighter.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import Style, pinyin

    if not HAN.match(character):
        return [character]
    (found,) = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore") or [[]]
    return [plain for plain in dict.fromkeys(one.replace("ü", "v") for one in found) if plain] or [character]
