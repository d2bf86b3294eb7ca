"""A worker's laptop: the real store in its cipher file, that can lose its power at any statement."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, partial
from itertools import count
from pathlib import Path
from typing import TypeVar

from app import packs
from app.actions.desk import Desk
from app.domain.change import Change, Verb
from app.domain.device import DeviceIdentity
from app.domain.packs.policy import Pack
from app.domain.record import Json
from app.domain.workdays import WorkCalendar
from app.store import Store
from app.store.leaving import leaving
from app.store.lives import FORMER
from app.store.unit import change_in
from sync.client.pace import FULL_PACE, Pace
from sync.client.syncer import SyncReport, sync_once
from tests.sync.model import words
from tests.sync.model.looking import Looked, alike, full, read
from tests.sync.model.road import Road

KEY = bytes(range(32))
FILES = "attachments"
ENDLESS = 2**62
T = TypeVar("T")
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
    answered: set[str] = field(default_factory=set)  # changes of which it ever heard what became of them

    def __post_init__(self) -> None:
        self.path = self.folder / "store.db"
        self.store = Store(self.path, KEY)
        self.epoch = self.epoch or self.me.epoch

    def desk(self, at: datetime) -> Desk:
        """Its worker at it, for what is done with photos."""
        me = self.me
        village = me.villages[0]
        return Desk(
            *(self.store, self.worker, me.worker_name, "", village, village, *_policy(), lambda: at),
            files=self.folder / FILES,
        )

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
        ledger = self.store.ledger
        look = partial(self._look, meanwhile) if not die_at else lambda _: None
        with road.transport(self.name) as line:
            return self.dying(road, die_at, lambda: sync_once(ledger, line, at=at, progress=look, pace=pace))

    def dying(self, road: Road, die_at: int, work: Callable[[], T]) -> T:
        """`work`, with its power going at that statement of its store; 0: it does not."""
        if not die_at:
            return work()
        left, moment = count(die_at, -1), self.folder / "moment"

        def last(_: str) -> None:
            if next(left) == 0:
                self._copy_to(moment)
                road.dead = True

        self.store._db.conn.set_trace_callback(last)
        try:
            return work()
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
            wanted = read(county_body)
            own = self.sql(
                "SELECT change, payload, seq, outcome FROM outbox WHERE record = ? ORDER BY n", record
            )
            for change, payload, seq, outcome in own:
                if seq is None and change in self.answered:
                    break
                if seq is None or (outcome == "applied" and seq > revision):
                    wanted.update({name: new for name, (_, new) in change_in(read(payload)).fields.items()})
            else:
                seen, is_ = full(read(body)), full(wanted)
                odd = words.beyond(seen, is_, words.decided(self, record, revision))
                assert not (odd and read(body)), f"I5: {self.name} sees {record} as {seen}, it is {is_}"

    def assert_own_work_is_seen(self) -> None:
        """I5: what she wrote, and the county has not told back yet, is what she sees.

        What was answered once may be shown or not while it waits again for a county that was put back."""
        self.readmitted = self.readmitted or self.me.epoch != self.epoch
        again = _waiting_again(self)
        former = self.store.meta.get(FORMER) or {}  # these wait again, and the copy from then holds them
        for record in {record for (record,) in self.sql("SELECT DISTINCT record FROM outbox")}:
            found = self.sql(
                "SELECT body, deleted, revision, county_body IS NOT NULL FROM record WHERE id = ?", record
            )
            # A copy from a life the county has lost, and has heard of: what had a number then is in it.
            lost = bool(found and found[0][2] == 0 and found[0][3])
            copied = abs(found[0][2] or 0) if found else 0
            upto = ENDLESS if lost else copied if found and found[0][2] < 0 else 0
            mine = [
                change_in(read(payload))
                for change, payload, seq, outcome in self.sql(
                    "SELECT change, payload, seq, outcome FROM outbox WHERE record = ? ORDER BY n", record
                )
                if (seq is None and former.get(change, ENDLESS + 1) > upto)
                or (outcome == "applied" and found and not lost and seq > copied)
            ]
            if not mine or not found:
                # After a new enrolment, or in a new life of the county, what was long sent waits again, also
                # of records that moved away.
                assert self.readmitted or not mine or not self._waits(record), f"I5: {record} is out of sight"
                continue
            wanted: dict[str, Json] = {}
            for change in mine:
                wanted.update({name: new for name, (_, new) in change.fields.items()})
            said = {name for change in mine if change.id in again for name in change.fields}
            said.update(words.decided(self, record, abs(found[0][2] or 0)))  # her word lies over it
            body = read(found[0][0])
            wrong = [
                name for name, new in wanted.items() if name not in said and not alike(body.get(name), new)
            ]
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
        if (self.folder / FILES).is_dir():
            shutil.copytree(self.folder / FILES, folder / FILES, copy_function=shutil.copyfile)

    def lie_as(self, kept: Kept) -> None:
        """Its disk as it was then; what was only on it since is gone."""
        self.store.close()
        for path in self.folder.glob("store.db*"):
            path.unlink()
        for path in kept.folder.glob("store.db*"):
            shutil.copyfile(path, self.folder / path.name)
        shutil.rmtree(self.folder / FILES, ignore_errors=True)
        if (kept.folder / FILES).is_dir():
            shutil.copytree(kept.folder / FILES, self.folder / FILES)
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
            answered=set(self.answered),
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
        if (self.folder / FILES).is_dir():  # what was taken since comes along, as `restoring` brings it
            shutil.copytree(self.folder / FILES, beside / FILES, dirs_exist_ok=True)
        self.lie_as(Kept(beside, self.line))
        shutil.rmtree(beside)

    def readmit(self, identity: DeviceIdentity) -> None:
        """Enrolled again with a new code."""
        self.store.readmit(identity)
        self.needs_code, self.readmitted = False, True

    def close(self) -> None:
        """Shuts the file."""
        self.store.close()


@cache
def _policy() -> tuple[Pack, WorkCalendar]:
    return packs.load(packs.reference()), packs.calendar()


def _waiting_again(laptop: Laptop) -> set[str]:
    """Changes that were answered once and wait now."""
    laptop.answered |= {one for (one,) in laptop.sql("SELECT change FROM outbox WHERE seq IS NOT NULL")}
    return {one for (one,) in laptop.sql("SELECT change FROM outbox WHERE seq IS NULL")} & laptop.answered


__all__ = ["KEY", "Kept", "Laptop", "Made"]
