"""Guessing only gets slower, never locks for good, and a broken count never keeps anyone out."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app.vault import attempts
from app.vault.attempts import FIRST_WAIT, FREE_TRIES, LONGEST_WAIT, Attempts
from tests.facts import NOW


def test_the_wait_doubles_up_to_its_longest_and_stays_there() -> None:
    tries, waits = Attempts(), []
    for _ in range(400):
        tries = tries.failed_again(NOW)
        waits.append(tries.wait(NOW))
    pauses = [wait for wait in waits if wait]
    assert len(pauses) == 400 // FREE_TRIES
    assert pauses[:3] == [FIRST_WAIT, 2 * FIRST_WAIT, 4 * FIRST_WAIT]
    assert pauses == sorted(pauses)
    assert pauses[-1] == LONGEST_WAIT


def test_a_clock_set_back_by_years_waits_no_longer_than_the_longest(tmp_path: Path) -> None:
    tries = Attempts(4).failed_again(NOW)
    attempts.save(tmp_path / "a.json", tries)
    assert attempts.load(tmp_path / "a.json").wait(NOW.replace(year=2009)) == LONGEST_WAIT
    assert attempts.load(tmp_path / "a.json").wait(NOW.replace(year=2031)) == timedelta(0)


def test_what_was_counted_is_read_back(tmp_path: Path) -> None:
    tries = Attempts(7, datetime.fromisoformat("2026-11-20T15:00:00+08:00"))
    attempts.save(tmp_path / "a.json", tries)
    assert attempts.load(tmp_path / "a.json") == tries
    assert tries.left == 3


@pytest.mark.parametrize(
    "text",
    ["", "[]", "3", "null", "{}", '{"failed": null, "until": null}', '{"failed": 1e999, "until": null}',
     '{"failed": 1, "until": 5}', '{"failed": 1, "until": "2026-11-20T15:00:00"}', "[" * 100_000, "\x00"],
)  # fmt: skip
def test_a_damaged_count_starts_again(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(text, encoding="utf-8")
    assert attempts.load(path) == Attempts()


def test_a_count_below_nothing_is_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('{"failed": -12, "until": null}', encoding="utf-8")
    assert attempts.load(path).left == FREE_TRIES
