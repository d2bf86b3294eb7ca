"""The table of the bugs in docs/proof.md, between its two marks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.sync.mutants.attempt import ROOT, Caught
from tests.sync.mutants.listed import Mutant

DOCS = ROOT / "docs" / "proof.md"
BEGIN, END = "<!-- bugs -->\n", "<!-- end of bugs -->"
PROMISE = re.compile(r"\bI(\d+)\b")
LOST_WORDS = "–"


def write(mutants: Sequence[Mutant], caught: Mapping[str, Caught | None], docs: Path = DOCS) -> None:
    """Write the rows of those in `caught`; the rows of others stay as they are. Raises ValueError where the
    marks are gone."""
    text = docs.read_text(encoding="utf-8")
    head, begin, rest = text.partition(BEGIN)
    old, end, tail = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{docs.name} has lost the marks of its table")
    before = {line.split(" | ")[0].removeprefix("| "): line for line in old.splitlines()}
    rows = [
        _row(one, caught[one.name]) if one.name in caught else before.get(one.name, _row(one, None))
        for one in mutants
    ]
    lines = ["| bug | in | noticed by | promise |", "|---|---|---|---|", *rows]
    docs.write_text("".join((head, BEGIN, *(f"{line}\n" for line in lines), END, tail)), encoding="utf-8")


def _row(mutant: Mutant, caught: Caught | None) -> str:
    if caught is None:
        return f"| {mutant.name} | `{mutant.file}` | **nothing** | {LOST_WORDS} |"
    promise = PROMISE.search(caught.broke)
    steps = f", {len(caught.story.steps)} steps" if caught.story else ""
    by = f"`{caught.by}`" if "::" in caught.by else f"a history{steps}" if caught.story else caught.by
    return f"| {mutant.name} | `{mutant.file}` | {by} | {promise.group() if promise else LOST_WORDS} |"
