"""Whatever befalls laptops, line and county: nothing is lost, overwritten unseen, or seen differently."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.server.embedded import EmbeddedDatabase
from tests.sync.model.campaign import Campaign, campaign, fresh_database, scratch_cluster
from tests.sync.model.more_steps import EVERYTHING

HISTORIES = 4
SEEDS = ("a", "b", "c")
DEADLY = [
    f"{number} {name}" for number, name in enumerate(("create", "visit", "edit", "database killed") * 4)
]


@pytest.fixture(autouse=True)
def loud(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Faults are what these are about: the county says in its log that it met them."""
    yield
    caplog.clear()


@pytest.fixture(scope="module")
def run(county_cluster: EmbeddedDatabase, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Campaign]:
    folder: Path = tmp_path_factory.mktemp("laptops")
    with campaign(fresh_database(county_cluster, "model"), folder, more=0.5) as made:
        yield made


@pytest.mark.parametrize("seed", SEEDS)
def test_every_promise_is_kept_in_every_history(run: Campaign, seed: str) -> None:
    run.failures.clear()
    run.run(HISTORIES, seed)
    assert [(failure.seed, failure.words) for failure in run.failures] == []


def test_every_promise_is_kept_over_real_sockets(run: Campaign, monkeypatch: pytest.MonkeyPatch) -> None:
    run.failures.clear()
    before = run.seen["over HTTP"]
    monkeypatch.setattr(run, "wired", 1.0)
    run.run(2, "d")
    assert [(failure.seed, failure.words) for failure in run.failures] == []
    assert run.seen["over HTTP"] == before + 2


@pytest.mark.skipif(sys.platform == "win32", reason="nothing there ends a program like SIGKILL")
def test_what_was_called_saved_outlives_a_killed_postgresql(tmp_path: Path) -> None:
    with scratch_cluster() as cluster, campaign(fresh_database(cluster, "m"), tmp_path, cluster) as run:
        run.ways = EVERYTHING
        failure = run.play("a", DEADLY, run.seen)
    assert failure is None
    assert run.seen["PostgreSQL killed in a batch"] > 0, dict(run.seen)


def test_the_histories_met_faults(run: Campaign) -> None:
    run.run(1, "a")
    assert run.seen.total() > 10
