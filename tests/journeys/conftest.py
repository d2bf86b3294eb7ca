"""A county, an enrolled laptop and a small village, all of it real, for journeys through the window."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
import shiboken6
from PySide6.QtWidgets import QApplication

from app.vault.derive import FLOOR_MEMORY_KIB, Cost
from demo import stage
from demo.hand import Hand
from demo.village import story
from demo.village.village import Village
from tests import strays
from tests.desks import Clock
from tests.ui.conftest import look, qapp_args, tasks
from ui.bootstrap import Program

__all__ = ["look", "qapp_args", "tasks"]  # fixtures of pages without a county

HOUSEHOLDS = 40


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform has no window manager to pass size hints to, and says so at every window."""
    for item in items:
        item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints"))


def small(village: Village) -> Village:
    """The first forty households and the grandmother's."""
    keep = {home.id for home in village.households[:HOUSEHOLDS]} | {village.grandmother.household}
    return replace(
        village,
        households=tuple(home for home in village.households if home.id in keep),
        people=tuple(person for person in village.people if person.household in keep),
    )


@pytest.fixture
def clock() -> Clock:
    return Clock(story.AT)


@pytest.fixture
def play(tmp_path: Path, clock: Clock) -> Iterator[stage.Stage]:
    """A county server on its own PostgreSQL and a laptop that has been enrolled and filled."""
    cost = Cost(1, FLOOR_MEMORY_KIB)
    with stage.set_up(tmp_path, clock, lambda _: None, cost=cost, small=small) as play:
        yield play


@pytest.fixture
def hand(play: stage.Stage, qapp: QApplication) -> Iterator[Hand]:
    """A worker before the lock page."""
    program = Program(qapp, play.paths, play.clock, automatic_sync=False)
    with strays.none_shown(qapp):
        program.start()
        yield Hand(program)
        program.stop()
    # Not left to the collector: what it finds later it may destroy on a thread of the county.
    shiboken6.delete(program.window)
    shiboken6.delete(program)
