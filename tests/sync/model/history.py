"""One history: a few dozen steps drawn from a seed, then rest, then every promise is asked."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from app.domain.problem import Offline
from sync.client.enrol import enrol
from sync.client.pace import FULL_PACE, Pace
from sync.client.syncer import reason
from sync.protocol.errors import CURSOR_AHEAD, Malformed, Refused
from sync.server import enrolment, witness
from sync.server.postgres import connect
from tests.sync.county import AT
from tests.sync.model import carried, promises
from tests.sync.model.asked import Asked
from tests.sync.model.laptop import Kept, Laptop, Made
from tests.sync.model.pictures import Pictures, send
from tests.sync.model.promises_of_photos import every_photo_is_there
from tests.sync.model.road import Road
from tests.sync.model.shire import Dump, Shire
from tests.sync.model.wire import Box


def _nothing() -> None: ...


WANTS_CODE = ("epoch", "device_revoked", "unknown_device", "replica_spent")
ROUNDS_TO_REST = 12


@dataclass
class Backup:
    """The county as it was, and the names of the files it had."""

    dump: Dump
    files: Collection[str] = ()


@dataclass
class Met:
    """Whether something with the county went through."""

    well: bool = False


@dataclass(frozen=True)
class Scope:
    """`villages` are the worker's from after number `after` on."""

    after: int
    worker: str
    villages: frozenset[str]


Ways = Mapping[str, tuple[int, Callable[["History"], object]]]  # how often a step comes, and what it does


@dataclass
class History:
    """`laptops` are real ones that stand enrolled; `seed` decides everything that happens."""

    seed: str
    shire: Shire
    folder: Path
    laptops: list[Laptop]
    beginning: Dump
    seen: Counter[str] = field(default_factory=Counter)
    copied: bool = False  # some disk was put back, or a folder copied
    made: dict[str, Made] = field(default_factory=dict)
    given_up: set[str] = field(default_factory=set)
    backups: list[Backup] = field(default_factory=list)
    kept: dict[str, list[Kept]] = field(default_factory=dict)
    restored: bool = False
    moved: dict[str, str] = field(default_factory=dict)  # the village a record was moved to last
    scopes: list[Scope] = field(default_factory=list)  # every one that ever held, in order
    former: dict[str, int] = field(default_factory=dict)  # see `office`
    again: set[str] = field(default_factory=set)  # changes that were ever lost with a county
    told: list[str] = field(default_factory=list)
    problem: Exception | None = None  # what stopped the last round
    pictures: Pictures = field(default_factory=Pictures)
    sticks: carried.Sticks = field(default_factory=carried.Sticks)

    def __post_init__(self) -> None:
        self.road = Road(self.shire, self.seen)
        self.box = Box(self.road) if self.shire.wired else None
        if self.box is not None:
            self.road.place = self.box.at
        self.random = random.Random(self.seed)  # a history is to be the same each time
        self.backups.append(Backup(self.beginning))
        for laptop in self.laptops:
            self.scopes.append(Scope(0, laptop.worker, frozenset(self.shire.scope(laptop.worker))))

    def run(self, steps: Sequence[int | str], ways: Ways) -> None:
        """Each step by its own number, so that leaving one out changes no other; one that is told by its name
        as well (`12 sync`) is that step, however often it comes now. Raises Broken."""
        names = list(ways)
        weights = [ways[name][0] for name in names]
        for step in steps:
            number, _, named = str(step).partition(" ")
            self.random = random.Random(f"{self.seed}/{number}")  # as above
            (drawn,) = self.random.choices(names, weights)
            name = named or drawn
            self.told.append(f"{number} {name}")
            ways[name][1](self)
        self.random = random.Random(f"{self.seed}/end")  # as above
        self.rest()
        self.ask()
        self.repeat()

    def now(self) -> datetime:
        """Somebody's clock: mostly right, now and then years wrong."""
        if self.random.random() < 0.1:
            self.seen["clock years wrong"] += 1
            return AT + timedelta(days=self.random.choice((-6000, -400, 400, 3650)))
        return AT + timedelta(seconds=len(self.told))

    def anyone(self) -> Laptop:
        return self.random.choice(self.laptops)

    def note(self, made: Made | None) -> None:
        """A change was called saved: from now on it is promised."""
        if made is not None:
            self.made[made.change.id] = made

    @contextmanager
    def meeting(self, laptop: Laptop) -> Iterator[Met]:
        """Something of a laptop's with the county, which may stop it; refusals go to the clerk later."""
        self.problem, met, had = None, Met(), laptop.ids()
        try:
            yield met
            met.well = True
        except Offline as offline:
            self.problem = reason(offline)
        except Malformed:
            self.seen["round stopped at nonsense"] += 1
        except Refused as refused:
            self.seen[f"refused {refused.refusal.code}"] += 1
            laptop.needs_code = laptop.needs_code or refused.refusal.code in WANTS_CODE
            if refused.refusal is CURSOR_AHEAD:
                self.shire.announce()  # the alarm was heard
        finally:
            self.road.plan.clear()
            promises.a_disk_keeps_what_was_saved(laptop, had)
            laptop.assert_own_work_is_seen()

    def round(
        self,
        laptop: Laptop,
        die_at: int = 0,
        pace: Pace = FULL_PACE,
        meanwhile: Callable[[], None] = _nothing,
    ) -> bool:
        """Whether it went through."""
        with self.meeting(laptop) as met:
            report = laptop.sync(self.road, self.now(), die_at, pace, meanwhile)
        if met.well:
            promises.nothing_is_read_twice(laptop, report)
            promises.cursors_skip_nothing(self.shire, laptop)
        return met.well

    def send_photos(
        self, laptop: Laptop, die_at: int = 0, cancelled: Callable[[], bool] = lambda: False
    ) -> bool:
        """Whether all that waited of them went through."""
        at = self.now()
        with self.meeting(laptop) as met:
            laptop.dying(self.road, die_at, lambda: send(laptop, self.road, at, cancelled))
        return met.well

    def enrol_again(self, laptop: Laptop) -> None:
        self.road.plan.clear()
        me, at = laptop.me, self.shire.at
        with connect(self.shire.url) as connection:
            scope = tuple(sorted(self.shire.scope(laptop.worker))) or me.villages
            code = enrolment.issue(connection, scope, me.worker_name, at, worker=laptop.worker).code
        with self.road.transport(laptop.name) as transport:
            laptop.readmit(enrol(transport, code, "村部电脑", at=at).identity)
        self.seen["enrolled again"] += 1

    def give_up(self, changes: set[str]) -> None:
        """A second failure at once: what no disk and no county has any more is counted, and not asked for."""
        for laptop in self.laptops:
            changes = changes - laptop.ids()
        late = {change for change in changes if change not in self.given_up}
        self.seen["changes lost in a double failure"] += len(late)
        self.given_up |= changes

    # The end.

    def rest(self) -> None:
        """No more faults; rounds until nothing moves."""
        self.road.plan.clear()
        for _ in range(ROUNDS_TO_REST):
            for laptop in self.laptops:
                if laptop.needs_code:
                    self.enrol_again(laptop)
            before = [laptop.print_of() for laptop in self.laptops]
            went = [
                self.round(laptop) and (not self.pictures.named or self.send_photos(laptop))
                for laptop in self.laptops
            ]
            _move_again(self)
            quiet = before == [laptop.print_of() for laptop in self.laptops]
            if all(went) and quiet:
                return
        raise promises.Diverged("I2: it never comes to rest")

    def ask(self) -> None:
        """Every promise."""
        log = self.shire.log()
        promises.nobody_waits_and_all_see_alike(self.shire, self.laptops)
        promises.every_change_is_in_the_log_once(log, self.made, self.laptops, self.given_up)
        promises.the_log_tells_the_records(self.shire, log, self.former, self.again)
        promises.quarantine_had_a_reason(log)
        promises.what_came_early_was_let_in(self.shire, self.moved.keys())
        if not self.copied:
            promises.nobody_was_taken_for_two(self.shire)
        promises.nobody_wrote_where_she_may_not(log, self.scopes)
        if not self.restored:  # numbers of two lives say nothing of who had seen what
            promises.who_was_alone_met_no_conflict(log, self.made)
        every_photo_is_there(self)
        if self.box is not None and self.box.broken is not None:
            raise self.box.broken

    def repeat(self) -> None:
        """I12: everything that was ever said may be said again, and nothing moves."""
        county = self.shire.print_of()
        every: list[Asked] = [*self.road.history, *self.road.late]
        for asked in self.random.sample(every, min(12, len(every))):
            if asked.path.endswith("sync"):
                self.shire.ask(asked)
        if self.shire.print_of() != county:
            self._only_late(county)
        laptops = [laptop.print_of() for laptop in self.laptops]
        carried.again(self)
        if self.sticks.read and self.shire.print_of() != county:
            raise promises.Overwritten("I12: a stick read again altered the county")
        self.rest()
        if laptops != [laptop.print_of() for laptop in self.laptops]:
            raise promises.Diverged("I12: a repeat altered what a worker sees")

    def _only_late(self, county: bytes) -> None:
        """A request may first arrive in the repeat if it never had: then it is new, and must be in order."""
        del county
        log = self.shire.log()
        known = {row["op"] for row in log}
        if known - set(self.made):
            raise promises.Overwritten("I12: a repeat altered the county")
        self.rest()
        self.ask()
        again = self.shire.print_of()
        for asked in self.road.history:
            if asked.path.endswith("sync"):
                self.shire.ask(asked)
        if self.shire.print_of() != again and not known:
            raise promises.Overwritten("I12: a repeat altered the county")

    def close(self) -> None:
        if self.box is not None:
            self.box.close()
        for laptop in self.laptops:
            laptop.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def _move_again(story: History) -> None:
    """A record that had moved after the backup that was put back: the county sounds an alarm, and the
    office moves it again."""
    alarmed = story.shire.rows("SELECT subject FROM alarm WHERE kind = %s", witness.ELSEWHERE)
    held = story.shire.held()
    for record in sorted({row["subject"] for row in alarmed} & story.moved.keys()):
        village = story.moved[record]
        if held[record]["bucket"] != f"v:{village}":
            story.shire.relocate(record, village)
            story.seen["moved again after a restore"] += 1
