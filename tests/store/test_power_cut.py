"""The power may go at any moment: what was confirmed is there, and nothing is there by half."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.domain.household import Household
from app.domain.person import Person
from app.domain.ticket import Ticket
from app.domain.visit import Visit
from app.store import Store
from tests.conftest import KEY
from tests.facts import HOME, NOW, household, person
from tests.store.agreement import assert_agrees
from tests.store.worker import ROSTER_GROUP, ROSTER_HOUSEHOLDS

ROOT = Path(__file__).resolve().parents[2]
KILLS = 5
LONGEST_SECONDS = 0.5


@pytest.fixture
def path(tmp_path: Path) -> Path:
    store = Store(tmp_path / "s.db", KEY, create=True)
    with store.unit(actor="w", at=NOW) as unit:
        unit.save(household())
        unit.save(person())
    store.close()
    return tmp_path / "s.db"


def killed(mode: str, path: Path, after_seconds: float) -> list[list[str]]:
    """What a worker had confirmed when she was killed, as words of whole lines."""
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.store.worker", mode, str(path)], cwd=ROOT, stdout=subprocess.PIPE
    )
    try:
        assert child.stdout is not None
        assert child.stdout.readline() == b"ready\n"
        time.sleep(after_seconds)
    finally:
        child.kill()
    out = child.communicate(timeout=30)[0]
    return [line.split(" ", 1) for line in out.decode().splitlines(keepends=True) if line.endswith("\n")]


def moments(seed: int) -> list[float]:
    """When to kill: at random, the same on every run."""
    source = random.Random(seed)
    return [source.uniform(0, LONGEST_SECONDS) for _ in range(KILLS)]


def test_small_saves_survive_the_kill_that_follows_them(path: Path) -> None:
    tickets: set[str] = set()
    for moment in moments(1):
        said = killed("saves", path, moment)
        notes = [words[1].strip() for words in said if words[0] == "note"]
        tickets |= {words[1].strip() for words in said if words[0] == "ticket"}
        store = Store(path, KEY)
        assert_agrees(store)
        kept = store.reading.get(Household, HOME).note
        if notes and kept != notes[-1]:
            assert int(kept.split()[0]) == int(notes[-1].split()[0]) + 1  # committed, not yet confirmed
        assert tickets <= {one.id for one in store.reading.each(Ticket)}
        store.close()
    assert tickets


def test_a_roster_comes_in_whole_or_not_at_all(path: Path) -> None:
    confirmed = 0
    for moment in moments(2):
        confirmed += sum(words[0].strip() == "roster" for words in killed("roster", path, moment))
        store = Store(path, KEY)
        assert_agrees(store)
        came = sum(one.group == ROSTER_GROUP for one in store.reading.each(Household))
        assert came % ROSTER_HOUSEHOLDS == 0
        assert confirmed <= came // ROSTER_HOUSEHOLDS <= confirmed + 1
        assert store.reading.count(Person) == came + 1
        confirmed = came // ROSTER_HOUSEHOLDS
        store.close()


def test_a_visit_is_a_draft_or_signed_with_all_it_found(path: Path) -> None:
    signed: dict[str, str] = {}
    for moment in moments(3):
        said = killed("visits", path, moment)
        signed |= dict(words[1].split() for words in said if words[0] == "visit")
        begun = [words[1].strip() for words in said if words[0] == "draft"]
        store = Store(path, KEY)
        assert_agrees(store)
        visits = {one.id: one for one in store.reading.each(Visit)}
        tickets = {one.id: one for one in store.reading.each(Ticket)}
        assert signed.items() <= {(key, one.answers["findings"][0]["ticket"]) for key, one in visits.items()}
        assert {one.answers["findings"][0]["ticket"] for one in visits.values()} == set(tickets)
        drafts = {one.id for one in store.drafts.of_kind("visit")}
        assert set(begun) <= drafts | set(visits)
        assert not drafts & set(visits)
        store.close()
    assert signed
