"""The page for whoever looks after a county, and a clerk who does what it says, word by word."""

from __future__ import annotations

import argparse
import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from sync.client.enrol import Enrolment
from sync.server import enrolment, running
from sync.server.__main__ import _parser, main
from sync.server.postgres import connect
from tests.sync.county import COUNTY, TEA
from tests.sync.enrolling import answer, newcomer

PAGE = Path(__file__).resolve().parents[2] / "docs" / "county.md"
WORDS = "xian li de yaoshi suo hao"
STANDS_FOR: Mapping[str, tuple[str, ...]] = {
    "CODE": (TEA,),
    "姓名": ("向海燕",),
    "名字": ("冬季排查",),
    "WHO": ("王主任",),
    "WORDS": ("写错了村",),
    "DAY": ("2027-01-20",),
}


@cache
def commands() -> Mapping[str, argparse.ArgumentParser]:
    """Every command of the program, `pack key` as two words."""
    return dict(_leaves(_parser(), ()))


def _leaves(
    parser: argparse.ArgumentParser, names: tuple[str, ...]
) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    below = [one for one in parser._actions if isinstance(one, argparse._SubParsersAction)]
    if not below:
        yield " ".join(names), parser
    for one in below:
        for name, inner in one.choices.items():
            yield from _leaves(inner, (*names, name))


@cache
def spans() -> tuple[str, ...]:
    """What the page sets as something to type, each once."""
    return tuple(
        dict.fromkeys(" ".join(one.split()) for one in re.findall("`([^`]+)`", PAGE.read_text("utf-8")))
    )


def command_of(span: str) -> str:
    """The command a span begins with, or ""."""
    first = span.split()
    return next((name for n in (2, 1) if (name := " ".join(first[:n])) in commands()), "")


@dataclass
class Clerk:
    """Types what the page says; `means` are the words for one span beyond `STANDS_FOR`."""

    database: str
    folder: Path
    means: dict[str, dict[str, Sequence[str]]] = field(default_factory=dict)

    def types(self, span: str) -> int:
        """Run it; the exit code."""
        known = {**STANDS_FOR, **self.means.get(span, {})}
        words: list[str] = []
        for word in shlex.split(span):
            if word == "…" and word not in self.means.get(span, {}):
                words += [COUNTY] if words[-1] == "--county" else []
            else:
                words += known.get(word, (word,))
        where = () if words[:2] == ["pack", "sign"] else ("--database", self.database)
        return main([*words, *where])

    def does(self, listed: Sequence[str]) -> None:
        """Run them in order; every one has to go well. `doctor` may find something."""
        for span in listed:
            assert self.types(span) in ((0, 1) if span == "doctor" else (0,)), span

    def file(self, name: str) -> str:
        return str(self.folder / name)

    def enrol(self, *villages: str, worker: str = "向海燕") -> Enrolment:
        """A computer enrolled by files alone."""
        now, root = running.now(), self.folder / "enrolling"
        root.mkdir(exist_ok=True)
        with connect(self.database) as connection:
            code = enrolment.issue(connection, villages or (TEA,), worker, now).code
        one = newcomer(root, code)
        answer(self.database, one.write(now), at=now)
        return one.read().enrolment
