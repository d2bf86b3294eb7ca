"""What every test may ask for: a fixed clock, a real encrypted store, and silence."""

from __future__ import annotations

import gc
import logging
import os
import sys
from collections.abc import Generator, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from app.store import Store
from tests.printers import NOBODY, USUAL, Printers, print_server
from tests.stores import new_store

os.environ["CUPS_SERVER"] = NOBODY
# No promise is about time, and a busy computer breaks none.
settings.register_profile("promises", settings.default, deadline=None)
settings.load_profile("promises")

CHINA = timezone(timedelta(hours=8))
NOW = datetime(2026, 11, 20, 14, 32, tzinfo=CHINA)
VILLAGE = "439901101201"
KEY = bytes(range(32))


def pytest_collection_finish() -> None:
    """What is imported by now stays to the end: no collection of garbage needs to look through it again."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Generator[None]:
    """Windows end with the file of tests they stood in, after everything that may still ask for them."""
    yield
    last = nextitem is None or nextitem.path != item.path
    if last and "PySide6.QtWidgets" in sys.modules:
        from tests import strays

        strays.sweep()


@pytest.fixture
def now() -> datetime:
    """Friday 20 November 2026, 14:32 in China."""
    return NOW


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty encrypted store in a real file."""
    opened = new_store(tmp_path / "store.db")
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def silence(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """An unexpected warning in the log is a failure; a test that expects one clears `caplog`."""
    yield
    loud = [record for record in caplog.get_records("call") if record.levelno >= logging.WARNING]
    assert not loud, [record.getMessage() for record in loud]


@pytest.fixture(scope="session")
def standing_printers() -> Iterator[Printers]:
    """One print server for all tests; no printer stands at it between them."""
    with print_server() as found:
        found.stand({})
        yield found


@pytest.fixture
def printers(standing_printers: Printers) -> Iterator[Printers]:
    """One printer, idle."""
    standing_printers.stand({USUAL: {"state": 3}})
    yield standing_printers
    standing_printers.stand({})
