"""The bench beside others: what it promises, the page it writes, and what it says when a peer is missing."""

from __future__ import annotations

import json
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.record import to_body
from bench.peers import compare, installed, records
from bench.peers.played import EDITS, PULL, PUSH, QUIET, Day
from bench.shaped_line import Trip

VILLAGE = "439901101201"


def day(name: str, times: float = 1.0, **changes: object) -> Day:
    """A day that costs `times` as much as a good one."""
    trips = {
        QUIET: Trip(0.3, 1, 300, 200),
        EDITS: Trip(0.4, 1, 800, 300),
        PUSH: Trip(60 * times, 30, int(600_000 * times), 100_000),
        PULL: Trip(20 * times, 10, 5_000, int(500_000 * times)),
    }
    return replace(Day(name, trips, 30_000), **changes)  # type: ignore[arg-type]  # facts of a test


def test_what_costs_more_than_the_others_is_not_kept() -> None:
    others = day("Anki", 1.4), day("PouchDB", 5.0)
    assert all(row.kept for row in compare.promises(day("首访通"), *others))
    missed = [row.name for row in compare.promises(day("首访通", 3.0), *others) if not row.kept]
    assert missed == ["传 10,000 条，字节", "传 10,000 条，多久", "收 10,000 条，字节", "收 10,000 条，多久"]
    assert [row.kept for row in compare.promises(day("首访通", again=70_000), *others)][-1] is False


def test_the_table_names_everybody_and_says_who_was_stopped() -> None:
    made = compare.table((day("首访通"), day("Anki"), day("PouchDB", stopped=frozenset({PUSH}))), 3.6)
    assert "at a load of 4" in made
    head, _, quiet, _, push, pull, cut = made.strip().splitlines()[2:]
    assert head == "| What | 首访通 | Anki | PouchDB |"
    assert quiet.startswith("| Nothing to do | 1 · 300 + 200 B · 0.30 s |")
    assert push.endswith("| 30 · 600 + 100 kB · stopped after 60.00 s |")
    assert "stopped" not in pull
    assert cut == "| A cut at 100 kB, sent again | 30 kB | 30 kB | 30 kB |"


def test_the_table_takes_the_place_of_the_one_before_and_nothing_else(tmp_path: Path) -> None:
    page = tmp_path / "performance.md"
    page.write_text(f"before\n{compare.BEGIN}old\n{compare.END}\nafter\n", encoding="utf-8")
    compare.put("new\n", page)
    compare.put("newer\n", page)
    assert page.read_text(encoding="utf-8") == f"before\n{compare.BEGIN}newer\n{compare.END}\nafter\n"
    page.write_text("no place", encoding="utf-8")
    with pytest.raises(ValueError, match="no place"):
        compare.put("new\n", page)


def test_the_page_on_speed_has_a_place_for_it() -> None:
    text = compare.PAGE.read_text(encoding="utf-8")
    assert text.count(compare.BEGIN) == text.count(compare.END) == 1


def test_a_peer_that_cannot_be_had_is_a_row_that_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SFT_PEERS", str(tmp_path))
    monkeypatch.setattr(installed, "anki", lambda: tmp_path)
    monkeypatch.setattr(shutil, "which", lambda _: None)
    (row,) = compare.rows()
    assert not row.kept
    assert "node" in row.shown


def test_an_installer_that_fails_is_told_with_its_last_words(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(installed.NotThere, match=r"Anki 没装上.*no such registry"):
        installed._run("Anki", [sys.executable, "-c", "import sys; sys.exit('no such registry')"])


def test_everybody_sends_the_same_visits_and_the_first_can_be_edited(tmp_path: Path) -> None:
    made = list(records.visits(30, VILLAGE))
    again = list(records.visits(30, VILLAGE))
    assert [to_body(one)["answers"] for one in made] == [to_body(one)["answers"] for one in again]
    assert {one.id for one in made}.isdisjoint(one.id for one in again)
    assert [one.seal == "" for one in made] == [number < records.OPEN for number in range(30)]
    fields = records.written(made, tmp_path / "many.json")
    assert records.EDITED in fields
    bodies = json.loads((tmp_path / "many.json").read_text(encoding="utf-8"))
    assert bodies == [{"id": one.id, **to_body(one)} for one in made]
    assert set().union(*bodies) <= {"id", *fields}
