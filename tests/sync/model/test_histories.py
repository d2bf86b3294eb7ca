"""Whatever befalls laptops, line and county: nothing is lost, overwritten unseen, or seen differently."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.server.embedded import EmbeddedDatabase
from tests.sync.model.campaign import Campaign, campaign, fresh_database

HISTORIES = 4
SEEDS = ("a", "b", "c")


@pytest.fixture(scope="module")
def run(county_cluster: EmbeddedDatabase, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Campaign]:
    folder: Path = tmp_path_factory.mktemp("laptops")
    with campaign(fresh_database(county_cluster, "model"), folder) as made:
        yield made


@pytest.mark.parametrize("seed", SEEDS)
def test_every_promise_is_kept_in_every_history(run: Campaign, seed: str) -> None:
    run.failures.clear()
    run.run(HISTORIES, seed)
    assert [(failure.seed, failure.words) for failure in run.failures] == []


def test_the_histories_met_faults(run: Campaign) -> None:
    run.run(1, "a")
    assert run.seen.total() > 10
