"""What sync costs a village line: our own store, messages and county, every byte through a shaped line."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import date
from pathlib import Path

from app import packs
from app.actions.desk import Desk
from app.domain.device import DeviceIdentity
from app.domain.ids import new_id
from app.domain.people.person import Person
from app.domain.record import Body, to_body
from app.store import Store
from bench.measure import Row
from bench.shaped_line import LOOPBACK, VILLAGE, Shape, ShapedLine, Trip
from bench.sync_county import AT, COUNTY, BenchCounty, Computer
from demo.village.village import generate
from sync.client.http import Transport
from sync.client.syncer import sync_once

MANY, FEW = 10_000, 10
IDLE_BYTES, EDITS_UP, EDITS_SECONDS, CUT_BYTES = 600, 1_200, 0.45, 64 * 1024
CUT_AT = 100_000
QUIET, EDITS, PUSH, PULL = "没有新的", f"改 {FEW} 条", f"传 {MANY} 条", f"收 {MANY} 条"

Trips = dict[str, Trip]


def people() -> Iterator[Person]:
    """As many fictional people as are asked for, village after village."""
    seed = 0
    while True:
        yield from (replace(one, id=new_id(AT)) for one in generate(seed, date(2026, 11, 20)).people)
        seed += 1


def bodies(count: int) -> list[Body]:
    """The same people as anything else may send them."""
    return [to_body(person) for person, _ in zip(people(), range(count), strict=False)]


class Laptop:
    """A store in a cipher file and its way to the county."""

    def __init__(self, folder: Path, computer: Computer, line: ShapedLine) -> None:
        self._line, self._speaks = line, 0
        self.desk = Desk(
            store=Store(folder / f"{computer.device}.db", bytes(range(32)), create=True),
            worker=computer.worker, worker_name="向海燕", worker_phone="15400001108",
            village=computer.village, village_name="青石垭村", pack=packs.load(packs.reference()),
            calendar=packs.calendar(), clock=lambda: AT,
        )  # fmt: skip
        self.desk.store.meta.set_device(
            DeviceIdentity(
                computer.device, computer.replica, computer.key, "", COUNTY, computer.epoch,
                computer.worker, "向海燕", (computer.village,),
            )
        )  # fmt: skip

    def close(self) -> None:
        self.desk.store.close()

    def save(self, people: list[Person]) -> None:
        with self.desk.unit("bench") as unit:
            for person in people:
                unit.save(person)

    def sync(self, shape: Shape = LOOPBACK, cut_after: int | None = None) -> Trip:
        """One round, with the line as it is then. What was learned of the county is remembered."""
        self._line.shape, self._line.cut_after = shape, cut_after
        self._line.restart()
        started = time.perf_counter()
        with Transport(self._line.url, app="0.1.0", speaks=self._speaks) as transport:
            sync_once(self.desk.store.ledger, transport, at=AT)
            self._speaks = transport.speaks
        return self._line.trip(time.perf_counter() - started)


def measured() -> Trips:
    """Ten thousand people up from one laptop and down to another, ten edits, silence, and a cut."""
    found: Trips = {}
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="sft-line-")))
        county = stack.enter_context(BenchCounty(3))
        line = stack.enter_context(ShapedLine(county.port))
        first, *others = county.computers
        one = stack.enter_context(closing(Laptop(folder, first, line)))
        two = stack.enter_context(closing(Laptop(folder, county.another(first), line)))
        for laptop in (one, two):
            laptop.sync()
        made = [person for person, _ in zip(people(), range(MANY), strict=False)]
        one.save(made)
        found[PUSH] = one.sync()
        found[PULL] = two.sync()
        found[QUIET] = two.sync()
        one.save([replace(person, phone=f"154{n:08}") for n, person in enumerate(made[:FEW])])
        found[EDITS] = one.sync(VILLAGE)
        for computer, cut in zip(others, (None, CUT_AT), strict=True):
            laptop = stack.enter_context(closing(Laptop(folder, computer, line)))
            laptop.sync()
            laptop.save([replace(person, id=new_id(AT)) for person in made[:2000]])
            found["断" if cut else "不断"] = laptop.sync(cut_after=cut)
    return found


def rows() -> list[Row]:
    """Our own promises; beside others they stand in `bench.peers`."""
    return rows_of(measured())


def rows_of(found: Trips) -> list[Row]:
    """Each with its limit."""
    quiet, edits, again = found[QUIET], found[EDITS], found["断"].up - found["不断"].up
    at_length = "300 ms，128/384 kbit/s"
    return [
        Row(QUIET, f"{quiet.requests} 次，{quiet.bytes} B（≤ {IDLE_BYTES}）", "", quiet.bytes, IDLE_BYTES),
        Row(EDITS, f"{edits.requests} 次，上 {edits.up} B（≤ {EDITS_UP}）", "", edits.up, EDITS_UP),
        Row("  多久", f"{edits.seconds:.2f} s（≤ {EDITS_SECONDS}）", at_length, edits.seconds, EDITS_SECONDS),
        *(Row(name, told(found[name]), "") for name in (PUSH, PULL)),
        Row("断一次，多传", f"{again / 1000:.1f} kB（≤ 64 kB）", "传 2000 条，断在 100 kB", again, CUT_BYTES),
    ]


def told(trip: Trip) -> str:
    """A trip in words."""
    up, down = trip.up / 1000, trip.down / 1000
    return f"{trip.seconds:.2f} s，{trip.requests} 次，上 {up:.1f} kB，下 {down:.1f} kB"
