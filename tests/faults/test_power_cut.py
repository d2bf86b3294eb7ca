"""The power may go at any moment: what was confirmed is there, and nothing is there by half."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from app.domain.people.household import Household
from app.domain.problem import WrongKey
from app.store import Store
from tests.conftest import KEY
from tests.facts import HOME, NOW, household
from tests.faults import steps
from tests.faults.kills import Campaign
from tests.store.agreement import assert_agrees


@pytest.mark.timeout(600)  # some forty processes, on a machine that may be busy
def test_a_day_killed_in_any_of_its_steps_loses_nothing_it_confirmed(tmp_path: Path) -> None:
    """One kill a step; `python3 dev.py faults` goes on for hundreds."""
    campaign = Campaign(tmp_path, seed=1)
    for name in steps.load():
        campaign.kill(name)
    assert set(campaign.tally.kills) == set(steps.load())
    assert sum(campaign.tally.confirmed.values()) > len(campaign.steps)


def test_a_first_page_torn_while_the_log_was_folded_in_is_taken_from_the_log(tmp_path: Path) -> None:
    store = Store(tmp_path / "s.db", KEY, create=True)
    store._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    with store.unit(actor="w", at=NOW) as unit:
        unit.save(household(note="新" * 9_000))
    torn = tmp_path / "torn"
    torn.mkdir()
    for file in tmp_path.glob("s.db*"):
        shutil.copy(file, torn)
    store.close()
    page = (torn / "s.db").read_bytes()
    (torn / "s.db").write_bytes(page[:2048] + os.urandom(2048) + page[4096:])
    before = {file.name: file.read_bytes() for file in torn.iterdir()}
    with pytest.raises(WrongKey):
        Store(torn / "s.db", bytes(32))
    assert {file.name: file.read_bytes() for file in torn.iterdir()} == before
    again = Store(torn / "s.db", KEY)
    assert again.reading.get(Household, HOME).note == "新" * 9_000
    assert_agrees(again)
    again.close()
