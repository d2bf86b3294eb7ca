"""Many histories on one PostgreSQL, what they met, and the shortest form of one that broke a promise."""

from __future__ import annotations

import os
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from unittest.mock import patch

import psycopg

from app.domain import ids
from app.store import Store
from sync.client.enrol import enrol
from sync.server import enrolment
from sync.server.embedded import EmbeddedDatabase
from sync.server.postgres import connect
from tests.sync.county import AT, BRIDGE, TEA
from tests.sync.model import work
from tests.sync.model.history import History, Ways
from tests.sync.model.laptop import KEY, Laptop, Made
from tests.sync.model.more_steps import EVERYTHING
from tests.sync.model.pictures import at_once
from tests.sync.model.promises import Broken
from tests.sync.model.road import Road
from tests.sync.model.shire import Shire
from tests.sync.model.steps import STEPS

WORKERS = {"甲": (TEA,), "乙": (TEA, BRIDGE), "丙": (BRIDGE,)}
LONGEST = 60
KINDS = ("lost", "overwritten", "diverged")


@dataclass
class Failure:
    """A history that broke a promise, and the steps of it that are enough."""

    seed: str
    words: str
    kind: str
    steps: Sequence[int | str]
    told: list[str] = field(default_factory=list)


@dataclass
class Campaign:
    """`first` is where the laptops of the beginning lie, enrolled, by name. In the part `more` of histories
    there are photos, sticks and families that move as well; the part `wired` is played over real sockets."""

    shire: Shire
    folder: Path
    more: float = 0.0
    wired: float = 0.0
    ways: Ways | None = None  # where it is not to be drawn what may happen
    seen: Counter[str] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)
    done: int = 0
    workers: dict[str, str] = field(default_factory=dict)
    made: list[tuple[str, Made]] = field(default_factory=list)  # what there is from the start, by laptop

    def __post_init__(self) -> None:
        road = Road(self.shire)
        for name, villages in WORKERS.items():
            home = self.folder / "first" / name
            home.mkdir(parents=True)
            store = Store(home / "store.db", KEY, create=True)
            with connect(self.shire.url) as connection:
                code = enrolment.issue(connection, villages, f"协理员{name}", AT).code
            with road.transport(name) as transport:
                told = enrol(transport, code, "村部电脑", at=AT)
            store.meta.set_device(told.identity)
            self.workers[name] = told.identity.worker
            store.close()
        self._settle(road)
        self.first = self.shire.dump()

    def _settle(self, road: Road) -> None:
        """Each village has a household and a ticket that every laptop has heard of: two can
        only disagree about what both have."""
        laptops = self._laptops(self.folder / "first")
        for laptop, village in ((laptops[0], TEA), (laptops[2], BRIDGE)):
            self.made.append((laptop.name, work.call(laptop, village, AT, door="1号", tags=("独居",))))
            self.made.append((laptop.name, work.register(laptop, village, AT)))
        for _ in range(2):
            for laptop in laptops:
                laptop.sync(road, AT)
        for laptop in laptops:
            laptop.close()

    def _laptops(self, folder: Path) -> list[Laptop]:
        return [Laptop(name, folder / name, self.workers[name]) for name in WORKERS]

    def play(self, seed: str, steps: Sequence[int | str], seen: Counter[str]) -> Failure | None:
        """One history from its beginning to its end; None when every promise was kept."""
        with dealt(seed), at_once():
            return self._play(seed, steps, seen)

    def _play(self, seed: str, steps: Sequence[int | str], seen: Counter[str]) -> Failure | None:
        fate = random.Random(f"{seed}/kind")  # the same each time
        drawn = EVERYTHING if fate.random() < self.more else STEPS
        self.shire.call_off()
        self.shire.at, self.shire.wired = AT, fate.random() < self.wired
        self.shire.lose_files(set())
        self.shire.load(self.first)
        folder = Path(tempfile.mkdtemp(dir=self.folder))
        shutil.copytree(self.folder / "first", folder / "laptops")
        laptops = self._laptops(folder / "laptops")
        seen["over HTTP" if self.shire.wired else "in process"] += 1
        history = History(seed, self.shire, folder, laptops, self.first, seen)
        lines = {laptop.name: laptop.line for laptop in laptops}
        for name, made in self.made:
            history.note(replace(made, line=lines[name]))
        try:
            history.run(steps, self.ways or drawn)
        except Exception as error:  # whatever breaks is a finding
            kind = error.kind if isinstance(error, Broken) else "diverged"
            words = f"{type(error).__name__}: {error}"
            return Failure(seed, words, kind, steps, history.told)
        finally:
            history.close()
        return None

    def run(self, histories: int, seed: str, minutes: float = 0, stop_at: int = 0) -> None:
        """`histories` of them, fewer when the minutes are over or `stop_at` have failed."""
        began = time.monotonic()
        for number in range(histories):
            if minutes and time.monotonic() - began > 60 * minutes:
                break
            name = f"{seed}-{number}"
            length = random.Random(name).randint(10, LONGEST)  # the same each time
            failure = self.play(name, list(range(length)), self.seen)
            self.done += 1
            if failure:
                self.failures.append(failure)
                if stop_at and len(self.failures) >= stop_at:
                    break

    def shrink(self, failure: Failure, tries: int = 60) -> Failure:
        """The same kind of failure in as few steps as leaving out finds in so many tries."""
        best, self._tries = failure, tries
        size = max(1, len(best.steps) // 2)
        while True:
            shorter = next(self._shorter(best, size), None)
            if shorter:
                best = shorter
            elif size == 1:
                return best
            size = max(1, min(size, len(best.steps)) // (1 if shorter else 2))

    def _shorter(self, best: Failure, size: int) -> Iterator[Failure]:
        for start in range(0, len(best.steps), size):
            if self._tries <= 0:
                return
            self._tries -= 1
            steps = [*best.steps[:start], *best.steps[start + size :]]
            found = self.play(best.seed, steps, Counter())
            if found and found.words[:12] == best.words[:12]:
                yield found


def table(done: int, seen: Counter[str], failures: list[Failure]) -> str:
    """How often each fault was met, and what came of it all."""
    lines = [f"  {name:38}{times:8}" for name, times in sorted(seen.items())]
    broken = Counter(failure.kind for failure in failures)
    ends = "  ".join(f"{kind} {broken[kind]}" for kind in KINDS)
    return "\n".join([f"{done} histories", *lines, ends])


@contextmanager
def dealt(seed: str) -> Iterator[None]:
    """Ids come from `seed` too: their order decides what is picked from a list."""
    deal = random.Random(f"ids {seed}")  # a history is to be the same each time
    ids._last = 0
    with patch("secrets.token_bytes", deal.randbytes), patch("secrets.randbits", deal.getrandbits):
        yield


@contextmanager
def campaign(
    url: str,
    folder: Path,
    cluster: EmbeddedDatabase | None = None,
    *,
    more: float = 0.0,
    wired: float = 0.0,
) -> Iterator[Campaign]:
    """A campaign on a database of its own at `url`; in `cluster`, where nobody else works in that."""
    shire = Shire(url, folder / "shelf", cluster if sys.platform != "win32" else None)
    try:
        with dealt("the beginning"):
            made = Campaign(shire, folder, more, wired)
        yield made
    finally:
        shire.close()


def swift() -> Path | None:
    """Where files lie in memory, on systems that have such a place; else the usual one."""
    memory = Path("/dev/shm")  # noqa: S108  # not a guess: it is looked for
    return memory if os.access(memory, os.W_OK) else None


@contextmanager
def scratch_cluster() -> Iterator[EmbeddedDatabase]:
    """A PostgreSQL that is thrown away, and so need not wait for the disk."""
    folder = Path(tempfile.mkdtemp(prefix="sft-model-", dir=swift()))
    try:
        with EmbeddedDatabase(folder) as database:
            with psycopg.connect(database.url_of("postgres"), autocommit=True) as connection:
                # Nothing here outlives the computer; what was called written outlives PostgreSQL.
                for setting in ("fsync", "full_page_writes", "autovacuum"):
                    connection.execute(f"ALTER SYSTEM SET {setting} = off".encode())
                connection.execute("SELECT pg_reload_conf()")
            yield database
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def fresh_database(cluster: EmbeddedDatabase, name: str) -> str:
    """The address of an empty database."""
    with psycopg.connect(cluster.url_of("postgres"), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())
        connection.execute(f"CREATE DATABASE {name}".encode())
    return cluster.url_of(name)
