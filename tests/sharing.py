"""Several runs of pytest share the files of tests: whichever is free takes the next one, until none is left.

`-p tests.sharing --shared=FOLDER`: a file is taken by whoever is first to make its mark in the folder, so
each is run once and whole, and what its tests share is made once.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from itertools import groupby
from pathlib import Path

import pytest

# What takes longest comes first, so that nobody is left alone with it at the end.
FIRST = ("tests/journeys", "tests/faults", "tests/ui", "tests/sync", "tests/store")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--shared", type=Path, help="an empty folder, the same for every run that shares")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=_turn)  # stable: the tests of a file stay as they stand in it


def pytest_runtestloop(session: pytest.Session) -> bool | None:
    """Pytest's own loop, over the files this run is the first to take."""
    folder = session.config.getoption("shared")
    if folder is None or session.testsfailed or session.config.option.collectonly:
        return None  # pytest says what is wrong
    taken = _taken(session.items, folder)
    item = next(taken, None)
    while item is not None:
        following = next(taken, None)  # what the next test needs too is left standing
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if session.shouldfail:
            raise session.Failed(session.shouldfail)
        if session.shouldstop:
            raise session.Interrupted(session.shouldstop)
        item = following
    return True


def _taken(items: list[pytest.Item], folder: Path) -> Iterator[pytest.Item]:
    for path, of_one_file in groupby(items, lambda item: item.path):
        try:
            (folder / sha256(bytes(path)).hexdigest()).touch(exist_ok=False)
        except FileExistsError:
            continue
        yield from of_one_file


def _turn(item: pytest.Item) -> int:
    return next((place for place, room in enumerate(FIRST) if item.nodeid.startswith(f"{room}/")), len(FIRST))
