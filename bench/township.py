"""An encrypted store with as many fictional people as are asked for, and every statement that filled it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from app import packs
from app.actions.desk import Desk
from app.domain.ids import new_id
from app.domain.people.person import Person
from app.domain.workdays import CHINA
from app.store import Store
from demo.village.village import generate

KEY = os.urandom(32)
NOW = datetime(2026, 11, 20, 14, 32, tzinfo=CHINA)
Statement = tuple[str, tuple[Any, ...]]


class Township:
    """Villages of 2,010 people, each entered in one transaction. A context manager: closes the store."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "township.db"
        self.people: list[Person] = []
        self.written: list[list[Statement]] = []  # by transaction
        self._seed = 0
        self.desk = Desk(
            store=Store(self.path, KEY, create=True), worker="w", worker_name="向海燕",
            worker_phone="15400001108", village="439901101201", village_name="青石垭村",
            pack=packs.load(packs.reference()), calendar=packs.calendar(), clock=lambda: NOW,
        )  # fmt: skip

    def __enter__(self) -> Township:
        return self

    def __exit__(self, *_: object) -> None:
        self.desk.store.close()

    def reopen(self) -> None:
        """Open the file again after it was closed."""
        self.desk = replace(self.desk, store=Store(self.path, KEY))

    def grow(self, people: int) -> None:
        """Enter further villages until there are so many people."""
        while len(self.people) < people:
            village = generate(self._seed, date(2026, 11, 20))
            self._seed += 1
            homes = {home.id: new_id(NOW) for home in village.households}
            with self._recorded(), self.desk.unit("roster import") as unit:
                for home in village.households:
                    unit.save(replace(home, id=homes[home.id]))
                for person in village.people[: people - len(self.people)]:
                    moved = replace(person, id=new_id(NOW), household=homes[person.household])
                    unit.save(moved)
                    self.people.append(moved)

    @contextmanager
    def _recorded(self) -> Iterator[None]:
        database: Any = self.desk.store._db
        said: list[Statement] = []
        execute = database.execute

        def listening(sql: str, values: Any = ()) -> Any:
            said.append((sql, tuple(values)))
            return execute(sql, values)

        database.execute = listening
        try:
            yield
        finally:
            del database.execute
        self.written.append(said)
