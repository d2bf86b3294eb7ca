"""`python3 dev.py bench peers`: what sync costs a village line, here and with others, and the table of it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

from bench.line import CUT_BYTES, EDITS_SECONDS, EDITS_UP, IDLE_BYTES
from bench.measure import Row
from bench.peers import installed, theirs
from bench.peers.played import EDITS, FEW, PULL, PUSH, QUIET, Day, our_day, their_day
from bench.shaped_line import Trip

MANY = 10_000
PATIENCE = 1.25  # times ours, after which one that lets itself be stopped is stopped
# Within which that stays, however busy the machine is.
LEAST_SECONDS, MOST_SECONDS = 60.0, 240.0
PAGE = Path(__file__).parents[2] / "docs" / "performance.md"
BEGIN, END = "<!-- made by bench peers -->\n", "<!-- end of what bench peers made -->"
NAMES = {QUIET: "没有新的", EDITS: f"改 {FEW} 条", PUSH: f"传 {MANY:,} 条", PULL: f"收 {MANY:,} 条"}
ENGLISH = {
    QUIET: "Nothing to do",
    EDITS: "Ten edits up",
    PUSH: f"{MANY:,} records up",
    PULL: f"{MANY:,} records down",
}


def rows(*, write: bool = False) -> Iterator[Row]:
    """Ours alone, then the others beside each other, each at its own end of a line of the same shape.

    With `write` the table goes into the page on speed. Where a peer cannot be had there is a row that says
    why, and it fails: what was to be compared was not.
    """
    try:
        installed.anki(), installed.pouch()
    except installed.NotThere as missing:
        yield Row("比不了", str(missing), "", 1, 0)
        return
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    us = our_day(MANY)
    most = PATIENCE * max(us.trips[PUSH].seconds, us.trips[PULL].seconds)
    most = min(MOST_SECONDS, max(LEAST_SECONDS, most))
    with ThreadPoolExecutor() as both:
        anki = both.submit(their_day, "Anki", theirs.anki, MANY, most)
        pouch = both.submit(their_day, "PouchDB", theirs.pouch, MANY, most)
    try:
        days = (us, anki.result(), pouch.result())
    except installed.NotThere as stopped:
        yield Row("比不了", str(stopped), "", 1, 0)
        return
    yield from promises(*days)
    made = table(days, load)
    print(made)
    if write:
        put(made)


def promises(us: Day, anki: Day, pouch: Day) -> list[Row]:
    """What is promised, of itself and against the others."""
    quiet, edits = us.trips[QUIET], us.trips[EDITS]
    return [
        Row(NAMES[QUIET], f"{quiet.bytes} B（≤ {IDLE_BYTES}）", "", quiet.bytes, IDLE_BYTES),
        Row("  几次", f"{quiet.requests}（= 1）", beside(QUIET, anki, pouch), quiet.requests, 1),
        Row(NAMES[EDITS], f"上 {edits.up} B（≤ {EDITS_UP}）", "", edits.up, EDITS_UP),
        Row("  几次", f"{edits.requests}（= 1）", "", edits.requests, 1),
        Row(
            "  多久", f"{edits.seconds:.2f} s（≤ {EDITS_SECONDS}）", beside(EDITS, anki, pouch),
            edits.seconds, EDITS_SECONDS,
        ),
        _against(PUSH, "字节", us, anki, 1.0),
        _against(PUSH, "多久", us, anki, 2.0),
        _against(PUSH, "多久", us, pouch, 1.0),
        _against(PULL, "字节", us, anki, 0.75),
        _against(PULL, "多久", us, anki, 1.0),
        _against(PULL, "多久", us, pouch, 1.0),
        Row(
            "断一次，多传", f"{us.again / 1000:.1f} kB（≤ 64 kB）",
            f"Anki {anki.again / 1000:.0f}，PouchDB {pouch.again / 1000:.0f} kB", us.again, CUT_BYTES,
        ),
    ]  # fmt: skip


def _against(what: str, how: str, us: Day, them: Day, limit: float) -> Row:
    ours, others = us.trips[what], them.trips[what]
    mine, other = (ours.bytes, others.bytes) if how == "字节" else (ours.seconds, others.seconds)
    value = mine / other
    shown = f"{value:.2f} ×（≤ {limit} ×）"
    late = "，没传完就停了" if what in them.stopped else ""
    words = (
        f"{mine / 1000:.0f} / {other / 1000:.0f} kB" if how == "字节" else f"{mine:.1f} / {other:.1f} s{late}"
    )
    return Row(f"{NAMES[what]}，{how}", shown, f"{them.name}：{words}", value, limit)


def beside(what: str, *days: Day) -> str:
    """The others' requests and seconds in words."""
    told = ((day.name, day.trips[what]) for day in days)
    return "，".join(f"{name} {trip.requests} 次 {trip.seconds:.1f} s" for name, trip in told)


def table(days: Sequence[Day], load: float) -> str:
    """The same for the page on speed, in Markdown."""
    day = date.today()
    lines = [
        f"Measured {day.day} {day:%B %Y} at a load of {load:.0f} on {os.cpu_count()} processors; requests,"
        " bytes both ways with all headers, seconds.",
        "",
        "| What | " + " | ".join(day.name for day in days) + " |",
        "|---" * (len(days) + 1) + "|",
    ]
    for what, name in ENGLISH.items():
        lines.append(f"| {name} | " + " | ".join(_cell(what, day) for day in days) + " |")
    cut = " | ".join(f"{day.again / 1000:.0f} kB" for day in days)
    return "\n".join([*lines, f"| A cut at 100 kB, sent again | {cut} |", ""])


def _cell(what: str, day: Day) -> str:
    trip = day.trips[what]
    after = "stopped after " if what in day.stopped else ""
    return f"{trip.requests} · {_up_and_down(trip)} · {after}{trip.seconds:.2f} s"


def _up_and_down(trip: Trip) -> str:
    if trip.bytes < 20_000:
        return f"{trip.up:,} + {trip.down:,} B"
    return f"{trip.up / 1000:,.0f} + {trip.down / 1000:,.0f} kB"


def put(made: str, page: Path = PAGE) -> None:
    """The table into its place in `page`. Raises ValueError where the place is not marked."""
    text = page.read_text(encoding="utf-8")
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"{page.name} has no place for it")
    page.write_text(before + begin + made + end + after, encoding="utf-8")
