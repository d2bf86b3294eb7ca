"""The same day for each: many up from one laptop, down to another, silence, ten edits, a cut."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from pathlib import Path

from app.domain.visits.visit import Visit
from bench import line as ours
from bench.peers import records
from bench.peers.theirs import Peer, Way, said_aside
from bench.shaped_line import VILLAGE, ShapedLine, Trip
from bench.sync_county import BenchCounty

FEW, CUT_OF, CUT_AT = 10, 2_000, 100_000
PUSH, PULL, QUIET, EDITS = "push", "pull", "quiet", "edits"


@dataclass(frozen=True)
class Day:
    """What each thing cost; `stopped` are those that had not come to their end when they were stopped."""

    name: str
    trips: dict[str, Trip]
    again: int  # bytes up that a cut cost
    stopped: frozenset[str] = frozenset()


def our_day(many: int) -> Day:
    """Our own stores, messages and county, the computers of three villages."""
    found: dict[str, Trip] = {}
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="sft-line-")))
        county = stack.enter_context(BenchCounty(3))
        line = stack.enter_context(ShapedLine(county.port))
        first, *others = county.computers
        one = stack.enter_context(closing(ours.Laptop(folder, first, line)))
        two = stack.enter_context(closing(ours.Laptop(folder, county.another(first), line)))
        for laptop in (one, two):
            laptop.sync()
        made = list(records.visits(many, first.village))
        one.save(made)
        for name, laptop in ((PUSH, one), (PULL, two), (QUIET, two)):
            found[name] = laptop.sync(VILLAGE)
        one.save([replace(each, again_on=f"2026-12-{n + 1:02}") for n, each in enumerate(made[:FEW])])
        found[EDITS] = one.sync(VILLAGE)
        up = []
        for computer, cut in zip(others, (None, CUT_AT), strict=True):
            laptop = stack.enter_context(closing(ours.Laptop(folder, computer, line)))
            laptop.sync()
            laptop.save(list(records.visits(CUT_OF, computer.village)))
            up.append(laptop.sync(cut_after=cut).up)
    return _told(Day("首访通", found, up[1] - up[0]))


def their_day(name: str, start: Callable[[Path, Sequence[str]], Way], many: int, most: float) -> Day:
    """Another system's; what takes longer than `most` seconds is stopped, where it lets itself be."""
    accounts, found, stopped = ("a", "b", "c"), {}, set()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="sft-peer-")))
        (folder / "server").mkdir()
        peer = stack.enter_context(Peer(start(folder / "server", accounts)))
        made: list[Visit] = list(records.visits(many, "439901101201"))
        fields = records.written(made, folder / "many.json")
        records.written(made[:CUT_OF], folder / "some.json")
        one = peer.laptop(folder / "one", "a", fields, first=True)
        two = peer.laptop(folder / "two", "a", fields, first=False)
        one.save(folder / "many.json")
        for what, laptop, way in ((PUSH, one, "push"), (PULL, two, "pull"), (QUIET, two, "both")):
            if what == QUIET:  # what came one way is gone through once more before both ways are silent
                laptop.until_done(way, None)
            found[what], ended = laptop.sync(way, VILLAGE, most)
            if not ended:
                stopped.add(what)
                laptop.until_done(way, None)
        if two.count() != many:
            raise AssertionError(f"{name}: {two.count()} of {many} came")
        one.edit(FEW, records.EDITED)
        found[EDITS], _ = one.sync("push", VILLAGE)
        up = []
        for account, cut in zip(accounts[1:], (None, CUT_AT), strict=True):
            laptop = peer.laptop(folder / account, account, fields, first=True)
            laptop.save(folder / "some.json")
            up.append(laptop.until_done("push", cut).up)
    return _told(Day(name, found, up[1] - up[0], frozenset(stopped)))


def _told(day: Day) -> Day:
    """The day, once it was said how it went: who waits for the others, or stops here, knows so much."""
    said_aside("；".join(f"{what} {ours.told(trip)}" for what, trip in day.trips.items()) + f"：{day.name}")
    return day
