"""A worker's day in a process of its own, to be killed.

`python -m tests.faults.day FOLDER NUMBER PASSPHRASE STEP …`. The number says which day it is, and seeds
what is made up. It does the steps named, and then the last one again and again. Before every commit it
says what the commit will change, and after it that it is done: that is what a worker saw as 已存好.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.actions.desk import Desk
from app.actions.entry import opening
from app.actions.entry.gate import Gate, Opened
from app.paths import Paths
from app.vault.derive import FLOOR_MEMORY_KIB, Cost
from tests.desks import Clock
from tests.faults.content import Difference, content, difference

QUICK = Cost(passes=1, memory_kib=FLOOR_MEMORY_KIB)


@dataclass(frozen=True)
class Step:
    """`do` is one thing of the day. `check` looks after the kill at what lies beside the store: it is
    given the folder, what was confirmed, and what was about to be (None: nothing)."""

    do: Callable[[Day], None]
    check: Callable[[Path, Mapping[str, str], Mapping[str, str] | None], None] | None = None


STEPS: dict[str, Step] = {}


@dataclass
class Day:
    """`opened` and `desk` change when a step locks and opens again, or gives the store another key."""

    paths: Paths
    clock: Clock
    chance: random.Random
    passphrase: str

    def __post_init__(self) -> None:
        self.gate = Gate(self.paths, self.clock, cost=QUICK)
        self.open()

    def open(self) -> None:
        """From the passphrase to the desk, as at the lock page."""
        (card, *_) = self.gate.workers()
        self.opened: Opened = self.gate.unlock(card.worker, self.passphrase)
        self.desk: Desk = opening.open_desk(self.opened, self.paths, self.clock)

    def close(self) -> None:
        opening.close_desk(self.desk)

    def words(self, length: int = 4) -> str:
        """Some Chinese nobody wrote before."""
        return "".join(self.chance.choice("山水田园风雨晴雪梅兰竹菊松柏桃李") for _ in range(length))


def about(changes: Difference) -> None:
    """Say what the next commit will change. `~name` stands for something beside the store's tables."""
    say(about=changes)


def done() -> None:
    """Say that what was announced has been committed: the worker has read 已存好."""
    say(done=True)


def say(**words: object) -> None:
    """One line to the parent, out of this process before the next thing is done."""
    os.write(1, json.dumps(words, ensure_ascii=False).encode() + b"\n")


def watch(path: Path) -> None:
    """From now on every transaction on the store at `path` is announced and confirmed.

    Put where all of the store's writing passes: `atomic`, and single statements outside of it.
    """
    kind: Any = _database()
    whole, single = kind.atomic, kind.execute

    def watched(db: Any) -> bool:
        return not db.conn.in_transaction and os.path.samefile(path, _file(db))

    @contextlib.contextmanager
    def atomic(db: Any) -> Iterator[Any]:
        if not watched(db):
            with whole(db):
                yield db
            return
        try:
            with whole(db):
                before = content(db)
                yield db
                about(difference(before, content(db)))
        except BaseException:
            say(undone=True)
            raise
        done()

    def execute(db: Any, sql: str, *values: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE", "DELETE")) and watched(db):
            with atomic(db):
                return single(db, sql, *values)
        return single(db, sql, *values)

    kind.atomic, kind.execute = atomic, execute


def _database() -> type:
    from app.store import cipher

    return cipher._Kept


def _file(db: Any) -> str:
    (row,) = db.conn.execute("PRAGMA database_list").fetchall()[:1]
    return str(row[2])


def perform(day: Day, name: str) -> None:
    """One step with its beginning and its end."""
    say(begin=name)
    day.clock.forward(minutes=3)
    STEPS[name].do(day)
    say(end=name)


def main() -> None:
    """Work until killed."""
    from tests.faults import steps

    folder, number, passphrase, *names = sys.argv[1:]
    steps.load()
    paths, clock = Paths(Path(folder)), Clock()
    clock.forward(days=int(number))
    watch(paths.store)
    day = Day(paths, clock, random.Random(number), passphrase)
    for name in names:
        perform(day, name)
    while True:
        perform(day, names[-1])


if __name__ == "__main__":
    # The steps must register where they will be looked up, not in a second copy called __main__.
    from tests.faults.day import main as named_main

    named_main()
