"""A worker's laptop: the real store in its cipher file, that can lose its power at any statement."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from app.domain.change import Change, Verb
from app.domain.device import DeviceIdentity
from app.domain.record import Json
from app.store import Store
from app.store.leaving import leaving
from app.store.unit import change_in
from sync.client.pace import FULL_PACE, Pace
from sync.client.syncer import SyncReport, sync_once
from tests.sync.model import words
from tests.sync.model.road import Road

KEY = bytes(range(32))
_lines = count(1)


@dataclass(frozen=True)
class Made:
    """A change that was called saved, with what its maker had seen: the county's number of the record, under
    which epoch, and the own changes of the record that lay before it."""

    change: Change
    line: int
    seen: int
    epoch: str
    before: tuple[str, ...] = ()


@dataclass
class Kept:
    """The files of a store as they lay on the disk at one moment."""

    folder: Path
    line: int


class Looked:
    """What there is to look at in a store."""

    store: Store

    @property
    def me(self) -> DeviceIdentity:
        return self.store.meta.device()

    def sql(self, query: str, *values: Any) -> list[Any]:
        """What the file says."""
        return list(self.store._db.execute(query, list(values)).fetchall())

    def outbox(self) -> dict[str, tuple[Change, str | None]]:
        """Every change it holds, with its outcome if it has one."""
        rows = self.sql("SELECT payload, outcome FROM outbox ORDER BY n")
        found = ((change_in(_json(payload)), outcome) for payload, outcome in rows)
        return {change.id: (change, outcome) for change, outcome in found}

    def numbers(self) -> dict[str, int | None]:
        """The number of every change it holds that was applied; None while it waits or was not."""
        rows = self.sql("SELECT change, iif(outcome = 'applied', seq, NULL) FROM outbox")
        return dict(rows)

    def ids(self) -> set[str]:
        """The ids of every change it holds."""
        return {change for (change,) in self.sql("SELECT change FROM outbox")}

    def kind_of(self, record: str) -> str:
        return str(self.sql("SELECT type FROM record WHERE id = ?", record)[0][0])

    def row(self, record: str) -> tuple[str, dict[str, Json], str]:
        kind, body, village = self.sql("SELECT type, body, village FROM record WHERE id = ?", record)[0]
        return str(kind), _json(body), str(village)

    def visible(self, kind: str = "") -> list[str]:
        """Records she can work at: none that she is just taking away."""
        rows = self.sql("SELECT id FROM record WHERE deleted = 0 AND body <> '{}' ORDER BY id")
        leaving_ = {c.record for c, o in self.outbox().values() if c.verb is Verb.DELETE and o is None}
        found = [record for (record,) in rows if record not in leaving_]
        return [record for record in found if not kind or self.kind_of(record) == kind]

    def view(self) -> dict[str, tuple[str, dict[str, Json]]]:
        """What she sees: village and body of every record, by id."""
        rows = self.sql("SELECT id, village, body FROM record WHERE deleted = 0")
        return {record: (village, _full(_json(body))) for record, village, body in rows}

    def print_of(self) -> list[Any]:
        """What a repeat may not alter."""
        return [
            self.sql("SELECT * FROM record ORDER BY id"),
            self.sql("SELECT change, record, payload, seq, outcome FROM outbox ORDER BY n"),
            self.sql("SELECT village, seq FROM cursor ORDER BY village"),
        ]


@dataclass
class Laptop(Looked):
    """`line` names its timeline: a disk that was put back begins another."""

    name: str
    folder: Path
    worker: str
    line: int = field(default_factory=lambda: next(_lines))
    needs_code: bool = False  # the county refused it in a way that takes a new code
    readmitted: bool = False  # what it had sent may wait again
    epoch: str = ""  # the life of the county it knew first
    set_aside: set[str] = field(
        default_factory=set
    )  # changes of which it ever heard that they were not applied

    def __post_init__(self) -> None:
        self.path = self.folder / "store.db"
        self.store = Store(self.path, KEY)
        self.epoch = self.epoch or self.me.epoch

    # What the laptop does.

    def sync(
        self,
        road: Road,
        at: datetime,
        die_at: int = 0,
        pace: Pace = FULL_PACE,
        meanwhile: Callable[[], None] = lambda: None,
    ) -> SyncReport:
        """One round; with `die_at` its power goes at that statement of its store, whatever it is doing.
        `meanwhile` is done after each of its pages."""
        ledger, line = self.store.ledger, road.transport(self.name)
        if not die_at:
            return sync_once(ledger, line, at=at, progress=partial(self._look, meanwhile), pace=pace)
        left, moment = count(die_at, -1), self.folder / "moment"

        def last(_: str) -> None:
            if next(left) == 0:
                self._copy_to(moment)
                road.dead = True

        self.store._db.conn.set_trace_callback(last)
        try:
            return sync_once(ledger, line, at=at, pace=pace)
        finally:
            self.store._db.conn.set_trace_callback(None)
            if road.dead:
                road.dead = False
                self.lie_as(Kept(moment, self.line))

    def _look(self, meanwhile: Callable[[], None], _: object) -> None:
        self.assert_own_work_is_seen()
        self.assert_nothing_else_is_seen()
        meanwhile()

    def assert_nothing_else_is_seen(self) -> None:
        """I5: where the county's copy is at hand, she sees it and her own work on it, and nothing that was
        set aside meanwhile."""
        rows = self.sql(
            "SELECT id, body, county_body, revision FROM record WHERE revision > 0"
            " AND county_body IS NOT NULL AND deleted = 0 AND county_deleted = 0 AND county_village = village"
        )
        for record, body, county_body, revision in rows:
            wanted = _json(county_body)
            own = self.sql(
                "SELECT change, payload, seq, outcome FROM outbox WHERE record = ? ORDER BY n", record
            )
            for change, payload, seq, outcome in own:
                if seq is None and change in self.set_aside:
                    break
                if seq is None or (outcome == "applied" and seq > revision):
                    wanted.update({name: new for name, (_, new) in change_in(_json(payload)).fields.items()})
            else:
                seen, is_ = _full(_json(body)), _full(wanted)
                odd = words.beyond(seen, is_, words.decided(self, record, revision))
                assert not (odd and _json(body)), f"I5: {self.name} sees {record} as {seen}, it is {is_}"

    def assert_own_work_is_seen(self) -> None:
        """I5: what she wrote, and the county has not told back yet, is what she sees.

        What was set aside may be shown or not while it waits again for a county that was put back.
        """
        self.readmitted = self.readmitted or self.me.epoch != self.epoch
        aside = "outcome IS NOT NULL AND outcome <> 'applied'"
        self.set_aside |= {one for (one,) in self.sql(f"SELECT change FROM outbox WHERE {aside}")}  # noqa: S608  # ours
        for record in {record for (record,) in self.sql("SELECT DISTINCT record FROM outbox")}:
            found = self.sql(
                "SELECT body, deleted, revision, county_body IS NOT NULL FROM record WHERE id = ?", record
            )
            # A copy from a life the county has lost, and has heard of: what had a number then is in it.
            lost = bool(found and found[0][2] == 0 and found[0][3])
            mine = [
                change_in(_json(payload))
                for payload, seq, outcome in self.sql(
                    "SELECT payload, seq, outcome FROM outbox WHERE record = ? ORDER BY n", record
                )
                if seq is None
                or (outcome == "applied" and found and not lost and seq > abs(found[0][2] or 0))
            ]
            if not mine or not found:
                # After a new enrolment, or in a new life of the county, what was long sent waits again, also
                # of records that moved away.
                assert self.readmitted or not mine or not self._waits(record), f"I5: {record} is out of sight"
                continue
            wanted: dict[str, Json] = {}
            for change in mine:
                wanted.update({name: new for name, (_, new) in change.fields.items()})
            for change in mine:
                for name in change.fields if change.id in self.set_aside else ():
                    wanted.pop(name, None)
            body = _json(found[0][0])
            wrong = [name for name, new in wanted.items() if not _alike(body.get(name), new)]
            assert not wrong or (found[0][1] and mine[-1].verb is Verb.DELETE), (
                f"I5: own work of {self.name} out of sight in {record}: {wrong}"
            )

    def _waits(self, record: str) -> bool:
        return bool(self.sql("SELECT 1 FROM outbox WHERE record = ? AND seq IS NULL", record))

    # What befalls the laptop.

    def keep(self, folder: Path) -> Kept:
        """Its files as they lie on the disk now."""
        self._copy_to(folder)
        return Kept(folder, self.line)

    def _copy_to(self, folder: Path) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for path in self.folder.glob("store.db*"):
            if not path.name.endswith("-shm"):
                shutil.copyfile(path, folder / path.name)

    def lie_as(self, kept: Kept) -> None:
        """Its disk as it was then; what was only on it since is gone."""
        self.store.close()
        for path in self.folder.glob("store.db*"):
            path.unlink()
        for path in kept.folder.glob("store.db*"):
            shutil.copyfile(path, self.folder / path.name)
        if kept.line != self.line or kept.folder.name != "moment":
            self.line = next(_lines)
        self.store = Store(self.path, KEY)

    def clone(self, name: str, folder: Path) -> Laptop:
        """Another laptop with a copy of this one's folder."""
        self._copy_to(folder)
        return Laptop(
            *(name, folder, self.worker),
            readmitted=self.readmitted,
            epoch=self.epoch,
            set_aside=set(self.set_aside),
        )

    def put_back(self, kept: Kept, at: datetime) -> None:
        """A backup put back by the worker herself, on this same computer: what waits comes along."""
        beside = self.folder / "beside"
        shutil.rmtree(beside, ignore_errors=True)
        shutil.copytree(kept.folder, beside)
        backup = Store(beside / "store.db", KEY)
        known, said = backup.sent_and_said()
        self.store.close()
        left = leaving(self.path, KEY, known, said)
        backup.put_back(left, made_at=at, actor=self.worker, at=at, where="model", aside="aside")
        backup.close()
        self.lie_as(Kept(beside, self.line))
        shutil.rmtree(beside)

    def readmit(self, identity: DeviceIdentity) -> None:
        """Enrolled again with a new code."""
        self.store.readmit(identity)
        self.needs_code, self.readmitted = False, True

    def close(self) -> None:
        """Shuts the file."""
        self.store.close()


def _json(text: str) -> Any:
    import json

    return json.loads(text)


def _alike(one: Json, other: Json) -> bool:
    empty = (None, "", [], {})
    return one == other or (one in empty and other in empty)


def _full(body: Mapping[str, Json]) -> dict[str, Json]:
    return {name: value for name, value in body.items() if value not in (None, "", [], {})}


__all__ = ["KEY", "Kept", "Laptop", "Made"]
