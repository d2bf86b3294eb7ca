"""The power may go at any moment: what was confirmed is there, and nothing is there by half."""

from __future__ import annotations

from pathlib import Path

from tests.faults import steps
from tests.faults.kills import Campaign


def test_a_day_killed_in_any_of_its_steps_loses_nothing_it_confirmed(tmp_path: Path) -> None:
    """One kill a step; `python3 dev.py faults` goes on for hundreds."""
    campaign = Campaign(tmp_path, seed=1)
    for name in steps.load():
        campaign.kill(name)
    assert set(campaign.tally.kills) == set(steps.load())
    assert sum(campaign.tally.confirmed.values()) > len(campaign.steps)
