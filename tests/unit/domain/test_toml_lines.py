"""Every key of every pack is found on the line it was written on, however it was written."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app import packs
from app.domain.packs.pack_merge import identity
from app.domain.packs.toml_lines import line_of, lines
from tests.policy import COUNTY

AWKWARD = '''# [[office]] in a comment
title = "a [b] # c" # d
"quoted key" = "it's"
dotted.key = 1
long = """
[[not_a_table]]
x = "1"
"""
words = [
  "one", # why
  "two",
]
[[office]]
id = "town" # the first
hours = [{ id = "summer", from = "05-01" },
  { id = "winter", from = "10-01" }]
[office.more]
deep = { er = [1, [2, 3]] }
[[office]]
key = "second"
rule = { all = [{ fact = "x", is = 1 }, { any = [{ rule = "y" }] }] }
'''


def _places(value: Any, place: str = "") -> Iterator[str]:
    pairs = (
        ((f".{key}" if place else key, inner) for key, inner in value.items())
        if isinstance(value, dict)
        else ((f"[{identity(one) or number}]", one) for number, one in enumerate(value, 1))
        if isinstance(value, list)
        else ()
    )
    for step, inner in pairs:
        yield place + step
        yield from _places(inner, place + step)


FILES = [*sorted(packs.reference().rglob("*.toml")), *sorted(COUNTY.rglob("*.toml"))]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_nothing_in_a_pack_is_without_its_line(file: Path) -> None:
    text = file.read_text("utf-8")
    data = tomllib.loads(text)
    known = lines(text, data)
    assert set(_places(data)) <= set(known)
    rows = text.splitlines()
    for place, line in known.items():
        if not place.endswith("]"):
            assert place.rpartition(".")[2] in rows[line - 1], place


def test_comments_strings_and_nesting_lead_nobody_astray() -> None:
    known = lines(AWKWARD, tomllib.loads(AWKWARD))
    found = {place: known[place] for place in ("title", "quoted key", "dotted.key", "long", "words")}
    assert found == {"title": 2, "quoted key": 3, "dotted.key": 4, "long": 5, "words": 9}
    assert known["words[2]"] == 11
    assert known["office[town]"] == 13
    assert known["office[town].hours[winter].from"] == 16
    assert known["office[town].more.deep.er[2]"] == 18
    assert known["office[second].rule.all[2].any[1].rule"] == 21
    assert "not_a_table" not in known


def test_what_is_missing_is_looked_for_where_it_should_stand() -> None:
    text = '[[office]]\nid = "town"\nwindow = "3"\n'
    known = lines(text, tomllib.loads(text))
    assert line_of("office[town].phone", known) == (1, len("office[town]"))
    assert line_of("office[town].window", known) == (3, len("office[town].window"))
    assert line_of("standard[x].amount", known) == (1, 0)
