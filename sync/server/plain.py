"""Words a computer said of itself, as they may stand in a line on a clerk's screen."""

from __future__ import annotations

INSTEAD = "\N{REPLACEMENT CHARACTER}"


def plain(words: str) -> str:
    """`words` with everything replaced that is not printed but obeyed: a new line forges a row of a list,
    and an escape wipes one off the screen."""
    return "".join(one if one.isprintable() else INSTEAD for one in words)
