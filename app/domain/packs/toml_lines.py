"""Where each key of a pack's file stands: the reader of TOML says what was written, not on which line."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from typing import Any

from app.domain.packs.pack_merge import identity

Path = tuple[str | int, ...]
KEY = re.compile(r"""[ \t]*(?:([A-Za-z0-9_-]+)|"((?:[^"\\\n]|\\.)*)"|'([^'\n]*)')[ \t]*""")
STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'',
    re.DOTALL,
)
BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
BARE = re.compile(r"[^,\]}\n#]+")


def lines(text: str, data: Mapping[str, Any]) -> dict[str, int]:
    """The line, from 1, of every key in `text` by the place a problem names (`office[town].window`).

    `data` is what tomllib reads in the text; a text it refuses has no places to ask for.
    """
    scan = _Scan(text)
    scan.document()
    return {_place(path, data): line for path, line in reversed(scan.found)}


def line_of(place: str, known: Mapping[str, int]) -> tuple[int, int]:
    """The line of `place` or of the nearest thing around it, and how much of `place` was found."""
    near = place
    while near and near not in known:
        near = near[: near.rindex("[")] if near.endswith("]") else near.rpartition(".")[0]
    return known.get(near, 1), len(near)


def _place(path: Path, data: Any) -> str:
    place = ""
    for part in path:
        if isinstance(part, int):
            data = data[part]
            place += f"[{identity(data) or part + 1}]"
        else:
            data = data[part]
            place += f".{part}" if place else part
    return place


class _Scan:
    """One walk over a text known to be TOML; `found` names each key and entry with its line."""

    def __init__(self, text: str) -> None:
        self.found: list[tuple[Path, int]] = []
        self._text = text
        self._at = 0
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self._counts: dict[Path, int] = {}

    def document(self) -> None:
        table: Path = ()
        self._blank()
        while self._at < len(self._text):
            table = self._header() if self._text[self._at] == "[" else self._pair(table)
            self._blank()

    def _header(self) -> Path:
        line, many = self._line(), self._text.startswith("[[", self._at)
        self._at += 2 if many else 1
        *before, last = self._key()
        self._at += 2 if many else 1
        path: Path = ()
        for part in before:
            self.found.append(((*path, part), line))
            path = self._newest((*path, part))
        path = (*path, last)
        if many:
            if path not in self._counts:
                self.found.append((path, line))
            self._counts[path] = self._counts.get(path, 0) + 1
        path = self._newest(path)
        self.found.append((path, line))
        return path

    def _newest(self, path: Path) -> Path:
        return (*path, self._counts[path] - 1) if path in self._counts else path

    def _pair(self, table: Path) -> Path:
        line, keys = self._line(), self._key()
        self._at += 1  # the equals sign
        self.found += [((*table, *keys[:count]), line) for count in range(1, len(keys) + 1)]
        self._value((*table, *keys))
        return table

    def _key(self) -> list[str]:
        keys = []
        while match := KEY.match(self._text, self._at):
            self._at = match.end()
            keys.append(next(part for part in match.groups() if part is not None))
            if self._text[self._at] != ".":
                break
            self._at += 1
        return keys

    def _value(self, path: Path) -> None:
        self._blank()
        if self._text[self._at] == "[":
            self._several(path, "]")
        elif self._text[self._at] == "{":
            self._several(path, "}")
        elif match := STRING.match(self._text, self._at) or BARE.match(self._text, self._at):
            self._at = match.end()

    def _several(self, path: Path, end: str) -> None:
        self._at += 1
        number = 0
        while True:
            self._blank()
            if self._text[self._at] == end:
                self._at += 1
                return
            if self._text[self._at] == ",":
                self._at += 1
            elif end == "}":
                self._pair(path)
            else:
                self.found.append(((*path, number), self._line()))
                self._value((*path, number))
                number += 1

    def _blank(self) -> None:
        match = BLANK.match(self._text, self._at)
        self._at = match.end() if match else self._at

    def _line(self) -> int:
        return bisect_right(self._starts, self._at)
