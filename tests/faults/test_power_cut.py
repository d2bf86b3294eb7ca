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
from tests.faults.form_hands import FORMS
from tests.faults.forms import FormCampaign, Heard
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


@pytest.mark.timeout(600)  # each kill is a window started anew
def test_forms_killed_while_they_are_filled_lose_at_most_the_field_in_hand(tmp_path: Path) -> None:
    """`python3 dev.py faults --forms 200` goes on for hundreds."""
    campaign = FormCampaign(tmp_path, seed=1)
    names = {campaign.kill() for _ in FORMS}
    assert names == {"visit", "ticket", "register", "household"}
    assert campaign.tally.kept.total() > len(FORMS)


def test_a_form_that_lost_what_it_called_kept_is_found_out() -> None:
    heard = Heard(kept={"answers.mood": "fine"})
    heard.hear({"opened": {"answers.mood": "fine"}})
    heard.hear({"hand": ["phone"]})
    heard.hear({"now": {"answers.mood": "fine", "answers.phone": "1"}, "hand": []})
    heard.hear({"kept": {"answers.mood": "fine", "answers.phone": "1"}})
    heard.hear({"hand": ["mood"]})
    assert heard.explains({"answers.mood": "low", "answers.phone": "1"})
    assert heard.explains({"answers.phone": "1"})
    assert not heard.explains({"answers.mood": "fine"}), "the telephone was kept"
    assert not heard.explains({"answers.mood": "fine", "answers.phone": "2"})


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
