"""A county served as a test wants it, and what a monitor or a stranger asks of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import requests

from sync.server import running
from sync.server.settings import Serving
from tests.sync.county import AT, County


@contextmanager
def served(database: str, settings: Serving) -> Iterator[County]:
    """The county of `database` under these settings, on a free port."""
    county = County(database, running.start(database, clock=lambda: AT, settings=settings))
    try:
        yield county
    finally:
        county.running.stop()


def ask(url: str, path: str, method: str = "GET", **more: object) -> requests.Response:
    """One request, straight to this computer."""
    with requests.Session() as session:
        session.trust_env = False
        return session.request(method, url + path, timeout=30, **more)  # type: ignore[arg-type]  # passed on


def figure(url: str, name: str) -> float:
    """One figure of /metrics by its whole name with labels."""
    for line in ask(url, "/metrics").text.splitlines():
        found, _, value = line.rpartition(" ")
        if found == f"shoufangtong_{name}":
            return float(value)
    raise AssertionError(f"no such figure: {name}")
