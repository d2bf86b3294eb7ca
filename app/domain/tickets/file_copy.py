"""The sheet of one ticket for the file (存档单): every fact and its whole story, as words to print."""

from __future__ import annotations

from dataclasses import dataclass

Pair = tuple[str, str]


@dataclass(frozen=True)
class StoryLine:
    """One line of the story. `seal` are the first eight figures of its hash."""

    when: str
    who: str
    verb: str
    note: str
    seal: str


@dataclass(frozen=True)
class FileCopy:
    """`facts` and `kept` are (name, words); `kept` are the three 件件.

    Rows of `trips` are (day, where, outcome, cause), of `calls` (day, asked, heard), of `ratings` (day,
    face, who pointed). `seal` begins the hash of the last line; `unbroken`: every line names the one before.
    """

    number: str
    village: str
    facts: tuple[Pair, ...]
    kept: tuple[Pair, ...]
    story: tuple[StoryLine, ...]
    trips: tuple[tuple[str, str, str, str], ...] = ()
    calls: tuple[tuple[str, str, str], ...] = ()
    ratings: tuple[tuple[str, str, str], ...] = ()
    seal: str = ""
    unbroken: bool = True
    simulated: bool = False
