"""From a name, a number or a place to the words that find it: sounds, initials, tails, fragments.

A Chinese character may have several readings; all of them are indexed (at most 16 combinations),
and surnames use their surname reading first (单 is Shàn, 仇 is Qiú).
"""

from __future__ import annotations

import itertools
import os
import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

SURNAME_SOUNDS = {
    "单": "shan", "曾": "zeng", "仇": "qiu", "覃": "qin", "查": "zha", "朴": "piao", "解": "xie", "区": "ou",
    "任": "ren", "盖": "ge", "尉": "wei", "乐": "yue", "缪": "miao", "华": "hua", "冼": "xian", "折": "she",
    "黑": "he", "员": "yun", "召": "shao", "祭": "zhai", "种": "chong", "逄": "pang", "能": "nai",
}  # fmt: skip
SURNAME_ALSO = {"覃": "tan", "乐": "le", "盖": "gai", "尉": "yu", "能": "neng", "区": "qu", "解": "jie"}
COMPOUND_SOUNDS = {
    "单于": ("chan", "yu"),
    "尉迟": ("yu", "chi"),
    "万俟": ("mo", "qi"),
    "澹台": ("tan", "tai"),
}
MOST_READINGS = 16
HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")


def normal(text: str) -> str:
    """Half-width, lower case, one kind of middle dot, no spaces: how terms and queries compare."""
    plain = unicodedata.normalize("NFKC", text).lower()
    return re.sub(r"[\s'’]+", "", re.sub(r"[•・‧·．.]", "·", plain))


def name_terms(name: str) -> set[str]:
    """Everything a worker may type to find `name`: fragments, full sound, initials, from any syllable."""
    found = fragments(name)
    for syllables in readings(name):
        for start in range(len(syllables)):
            tail = syllables[start:]
            found.add("".join(tail))
            found.add("".join(syllable[0] for syllable in tail))
    return found


def fragments(text: str) -> set[str]:
    """Single characters and pairs of Chinese text, whole words of anything else."""
    found: set[str] = set()
    for run in re.findall(r"[\u3400-\u9fff\U00020000-\U0003ffff]+|[0-9a-z]+", normal(text)):
        if HAN.match(run):
            found.update(run)
            found.update(run[i : i + 2] for i in range(len(run) - 1))
        else:
            found.add(run)
    return found


def number_terms(number: str) -> set[str]:
    """A card or phone number: whole, and the tails people read out (four and six)."""
    plain = normal(number).replace("-", "")
    return {plain, plain[-4:], plain[-6:]} if len(plain) > 6 else {plain} - {""}


def sound(name: str) -> str:
    """The likeliest reading, syllables apart: what results are ordered by."""
    return " ".join(next(iter(readings(name)), ()))


def query_terms(query: str) -> list[str]:
    """The terms that must all be present for `query`: pairs for Chinese, the word itself otherwise."""
    wanted: list[str] = []
    for run in re.findall(r"[\u3400-\u9fff\U00020000-\U0003ffff]+|[0-9a-z]+", normal(query)):
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
    """The readings of a name as tuples of syllables without tones, likeliest first."""
    characters = [character for character in normal(name) if HAN.match(character) or character.isalnum()]
    if not characters:
        return ()
    choices = [_sounds(character) for character in characters]
    plain = "".join(characters)
    if plain[:2] in COMPOUND_SOUNDS:
        choices[:2] = [[one] for one in COMPOUND_SOUNDS[plain[:2]]]
    elif characters[0] in SURNAME_SOUNDS:
        first = SURNAME_SOUNDS[characters[0]]
        also = SURNAME_ALSO.get(characters[0])
        choices[0] = [first, *([also] if also else [])]
    return tuple(itertools.islice(itertools.product(*choices), MOST_READINGS))


@lru_cache(maxsize=10_000)
def _sounds(character: str) -> list[str]:
    # Phrases are not needed for names; without them the import is seven times lighter.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import Style, pinyin

    if not HAN.match(character):
        return [character]
    (found,) = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore") or [[]]
    return [plain for plain in dict.fromkeys(one.replace("ü", "v") for one in found) if plain] or [character]
