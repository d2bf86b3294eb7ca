"""A real county for tests: one PostgreSQL for the session, a fresh database and server for each test.

Import the fixtures into a conftest: `from tests.sync.county import *`.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from itertools import count
from pathlib import Path

import psycopg
import pytest

from sync.client.enrol import Enrolment, enrol
from sync.client.http import Transport
from sync.server import county, enrolment, running
from sync.server.embedded import EmbeddedDatabase
from sync.server.postgres import connect, migrate
from sync.server.settings import Serving

__all__ = ["County", "county_cluster", "county_database", "county_server", "county_stock"]

COUNTY = "439901"
TEA = "439901101201"  # 茶园村
BRIDGE = "439901101202"  # 石桥村
AT = datetime(2026, 11, 20, 9, 30, tzinfo=timezone(timedelta(hours=8)))
TEMPLATE = "county_template"


@dataclass
class County:
    """A county that is serving; `restart` stops and starts it on the same database."""

    database: str
    running: running.Running

    @property
    def url(self) -> str:
        return self.running.url

    def issue(self, *villages: str, worker: str = "向海燕", at: datetime = AT) -> str:
        """A one-time code."""
        with connect(self.database) as connection:
            return enrolment.issue(connection, villages or (TEA,), worker, at).code

    def enrol(self, *villages: str, worker: str = "向海燕") -> Enrolment:
        """A computer that has just been enrolled over HTTP."""
        with Transport(self.url) as transport:
            return enrol(transport, self.issue(*villages, worker=worker), "村部电脑", at=AT)

    def restart(self, graceful_seconds: int = 5) -> None:
        settings = Serving(graceful_seconds=graceful_seconds)
        self.running.stop()
        self.running = running.start(self.database, clock=lambda: AT, settings=settings)


@pytest.fixture(scope="session")
def county_cluster() -> Iterator[EmbeddedDatabase]:
    """One PostgreSQL with a migrated template. Not in pytest's own folder: another user runs it."""
    folder = Path(tempfile.mkdtemp(prefix="sft-pg-"))
    with EmbeddedDatabase(folder) as database:
        with psycopg.connect(database.url_of("postgres"), autocommit=True) as connection:
            for setting in ("fsync", "full_page_writes", "autovacuum"):  # these databases are thrown away
                connection.execute(f"ALTER SYSTEM SET {setting} = off")
            connection.execute("SELECT pg_reload_conf()")
            connection.execute(f"CREATE DATABASE {TEMPLATE}")
        migrate(database.url_of(TEMPLATE))
        with connect(database.url_of(TEMPLATE)) as connection:
            county.found(connection, COUNTY, "模拟县", AT)
            county.add_village(connection, TEA, "茶园村")
            county.add_village(connection, BRIDGE, "石桥村")
        yield database
    shutil.rmtree(folder, ignore_errors=True)


class Stock:
    """Fresh databases, one always being made while the last one is in use, and swept away after."""

    def __init__(self, cluster: EmbeddedDatabase, hands: Executor) -> None:
        self.broom = hands
        self._cluster = cluster
        self._numbers = count(1)
        self._next = hands.submit(self._make)

    def take(self) -> str:
        """The name of a database nobody has used."""
        name = self._next.result()
        self._next = self.broom.submit(self._make)
        return name

    def url_of(self, name: str) -> str:
        return self._cluster.url_of(name)

    def drop(self, name: str) -> None:
        self.broom.submit(self._run, f"DROP DATABASE {name} WITH (FORCE)")

    def _make(self) -> str:
        name = f"county_{next(self._numbers)}"
        self._run(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
        return name

    def _run(self, statement: str) -> None:
        with psycopg.connect(self._cluster.url_of("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())


@pytest.fixture(scope="session")
def county_stock(county_cluster: EmbeddedDatabase) -> Iterator[Stock]:
    """Makes and sweeps away databases and servers beside the tests."""
    with ThreadPoolExecutor(max_workers=6) as hands:
        yield Stock(county_cluster, hands)


@pytest.fixture
def county_database(county_stock: Stock) -> Iterator[str]:
    """The address of a fresh county database with two villages and nothing else."""
    name = county_stock.take()
    yield county_stock.url_of(name)
    county_stock.drop(name)


@pytest.fixture
def county_server(county_database: str, county_stock: Stock) -> Iterator[County]:
    """A county serving on a free port of this computer; its clock stands at `AT`."""
    served = County(county_database, running.start(county_database, clock=lambda: AT))
    yield served
    county_stock.broom.submit(served.running.stop)
