"""Which characters of a found name the typed letters stand for, so that a list can mark them."""

from __future__ import annotations

from collections.abc import Sequence

from app.store.terms import HAN, normal, readings

Span = tuple[int, int]


def span(query: str, title: str) -> Span | None:
    """(start, length) in `title` of what `query` found there: its characters, or those it spells.

    None when the query found the record by something else: a number, a place, a tag.
    """
    wanted = normal(query)
    if not wanted:
        return None
    start = title.lower().find(wanted)
    if start >= 0:
        return start, len(wanted)
    return _spelt(wanted, title) if wanted.isascii() and wanted.isalpha() else None


def _spelt(letters: str, title: str) -> Span | None:
    places = [place for place, character in enumerate(title) if HAN.match(character) or character.isalnum()]
    for syllables in readings(title):
        if len(syllables) != len(places):
            continue
        for start in range(len(syllables)):
            if count := _used(letters, syllables[start:]):
                first, last = places[start], places[start + count - 1]
                return first, last - first + 1
    return None


def _used(letters: str, syllables: Sequence[str]) -> int:
    """How many syllables in a row `letters` are beginnings of; 0 when they are not."""
    if not letters or not syllables:
        return 0
    head, rest = syllables[0], syllables[1:]
    for length in range(min(len(letters), len(head)), 0, -1):
        if letters[:length] != head[:length]:
            continue
        if length == len(letters):
            return 1
        if more := _used(letters[length:], rest):
            return 1 + more
    return 0
