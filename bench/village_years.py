"""Ten years of a village behind every page: in the real window, beside the first day and beside a township.

What is promised in milliseconds is the processor's own time, so that a machine busy with other things gives
no other answer. A page is measured from the going there until it is painted with all it asked for.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache, partial
from typing import Any

from app.actions import today
from app.actions.desk import Desk
from app.actions.entry.opening import close_desk
from app.actions.reports import reports
from app.actions.tickets import ticket_views
from app.actions.village import finding, households
from app.actions.visits import visit_lists
from app.actions.visits.plan import plan
from app.domain.people.household import Household
from app.domain.people.person import Person
from app.domain.reports.catalogue import REPORTS
from app.domain.reports.period import Period
from app.domain.visits.visit import Visit
from app.paths import Paths
from app.store import counted
from app.store.terms import sound
from bench import ten_years
from bench.measure import Row, absolute, p95, processor_seconds
from demo.village import story
from demo.village.years import DECADE

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

ROUNDS, SEARCHES = 7, 200
TODAY, HOUSEHOLD, SEARCH, REPORT, LIST = 0.150, 0.100, 0.050, 1.0, 0.150  # seconds of the processor
TOWNSHIP_TIMES = 3.0
Work = Callable[[], object]


def rows() -> Iterator[Row]:
    """Pages in the window, then what stands behind them alone, then the township."""
    full = ten_years.laptop(DECADE, _say)
    empty = ten_years.laptop(None, _say)
    big = ten_years.township(full, _say)  # copied from the village's file, which one alone may have open
    yield from _pages(full, empty)
    desk, first_day = ten_years.desk_at(full), ten_years.desk_at(empty)
    try:
        yield from _beside(desk, first_day)
        yield _search(desk, SEARCH)
        yield from _reports(desk, REPORT)
        yield from _township(desk, big)
    finally:
        close_desk(big)
        close_desk(desk)
        close_desk(first_day)


def _pages(full: Paths, empty: Paths) -> Iterator[Row]:
    """From the going there until painted; the same page on the first day beside it."""
    names = (
        ("today", "今日", TODAY),
        ("households", "住户：一家", HOUSEHOLD),
        ("tickets", "首访单", LIST),
        ("visits", "走访", LIST),
    )
    found: dict[str, list[float]] = {name: [] for name, _, _ in names}
    for paths in (full, empty):
        with _window(paths) as (go, home):
            for name, _, _ in names:
                params = {"household": home} if name == "households" else {}
                times = [processor_seconds(partial(go, name, **params)) for _ in range(ROUNDS)]
                found[name].append(statistics.median(times))
    for name, words, limit in names:
        after, before = found[name]
        beside = f"第一天同一页 {before * 1000:.0f} ms；从点到画好"
        yield absolute(f"{words}（十年后，窗口里）", after, beside, limit)


@contextmanager
def _window(paths: Paths) -> Iterator[tuple[Callable[..., None], str]]:
    """The program with its worker in; gives how to go to a page, and the family seen most often."""
    from PySide6.QtCore import QEventLoop

    from ui.bootstrap import Program

    app = _application()
    desk = ten_years.desk_at(paths)
    home = _most_visited(desk)
    close_desk(desk)
    program = Program(app, paths, ten_years.clock, automatic_sync=False)
    program.gate = program.keeper.gate = ten_years.gate(paths)
    program.start()
    app.processEvents()
    page = program.window.centralWidget()
    page.box.setText(story.PASSPHRASE)
    page.open_button.click()
    assert program.tasks.wait_idle(120_000)

    def go(name: str, **params: str) -> None:
        program.window.go(name, **params)
        while not program.tasks.idle:  # asleep, not asking: only work is measured
            app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        app.processEvents()
        program.window.grab()

    go("sync")
    try:
        yield go, home
    finally:
        program.stop()
        program.window.deleteLater()
        app.processEvents()


@cache
def _application() -> Any:
    from ui.bootstrap import application

    return application(sys.argv[:1])


def _most_visited(desk: Desk) -> str:
    counts: dict[str, int] = {}
    for _, home in desk.store.reading.columns(Visit, "household"):
        counts[home] = counts.get(home, 0) + 1
    homes = sorted(one.id for one in desk.store.reading.each(Household))
    return max(counts, key=lambda home: counts[home]) if counts else homes[0]


def _works(desk: Desk) -> dict[str, Work]:
    """What stands behind the pages, by the words of the row."""
    home = _most_visited(desk)
    return {
        "今日（资料里）": lambda: today.agenda(desk),
        "一家人（资料里）": lambda: households.family(desk, home),
        "首访单四列（资料里）": lambda: ticket_views.sheet(desk),
        "走访两列（资料里）": lambda: visit_lists.overview(desk),
        "该去的人家（资料里）": lambda: visit_lists.doors(desk, ""),
    }


def _beside(desk: Desk, first_day: Desk) -> Iterator[Row]:
    """The first today of a morning works everything out; later ones remember it."""
    yield from _mornings(desk, TODAY)
    ours, theirs = _works(desk), _works(first_day)
    for words, work in ours.items():
        after, before = _median(work), _median(theirs[words])
        limit = HOUSEHOLD if words.startswith("一家") else TODAY
        yield absolute(words, after, f"第一天 {before * 1000:.1f} ms", limit)


def _mornings(desk: Desk, limit: float, where: str = "") -> Iterator[Row]:
    took = processor_seconds(lambda: today.agenda(desk))
    yield Row(f"{where}开锁后第一次今日（资料里）", f"{took * 1000:.0f} ms", "以后只重算变了的那一家")
    took = statistics.median(_after_a_save(desk) for _ in range(ROUNDS))
    yield absolute(f"{where}改了一个人之后的今日", took, "存好之后，重算这一家", limit)


def _after_a_save(desk: Desk) -> float:
    one = desk.store.reading.find(Person, _somebody(desk))
    assert one is not None
    with desk.unit("bench") as unit:
        unit.save(replace(one, phone="15400001111" if one.phone != "15400001111" else "15400001112"))
    return processor_seconds(lambda: today.agenda(desk))


def _somebody(desk: Desk) -> str:
    return str(desk.store.reading.columns(Person, "phone")[0][0])


def _search(desk: Desk, limit: float, where: str = "十年的村") -> Row:
    chance = random.Random(7)
    names = [str(name) for _, name in desk.store.reading.columns(Person, "name")]
    queries = []
    for name in chance.sample(names, SEARCHES // 2):
        syllables = sound(name).split()
        queries += [name[:2], "".join(one[0] for one in syllables) or "lgy"]
    times = [processor_seconds(partial(finding.people, desk, query)) for query in queries]
    times += [processor_seconds(partial(finding.papers, desk, query)) for query in queries[::2]]
    return absolute(f"{where}里找人找单，p95", p95(times), f"{len(times)} 次敲键的回答", limit)


def _reports(desk: Desk, limit: float, where: str = "") -> Iterator[Row]:
    """The slowest of the sixteen over a year, and over ten: right after something it counts was written, and
    looked at again or split otherwise."""
    year = Period(desk.today.replace(month=1, day=1), desk.today)
    ten = Period(desk.today.replace(year=desk.today.year - 10), desk.today)
    for words, period in (("一年", year), ("十年", ten)):
        cold, warm = dict[str, float](), dict[str, float]()
        for spec in REPORTS:
            make = partial(reports.make, desk, spec.key, period)
            desk.store.remembered.forget(frozenset(counted.COUNTED))
            if "rounds" in spec.needs:
                plan(desk)  # which today has asked for before anybody opens a report
            cold[spec.title], warm[spec.title] = processor_seconds(make), processor_seconds(make)
        for how, took in (("头一次", cold), ("再看", warm)):
            slowest = max(took, key=lambda title: took[title])
            beside = f"16 张里最慢的：{slowest}；中间的 {statistics.median(took.values()) * 1000:.0f} ms"
            yield absolute(f"{where}报表，{words}，{how}", took[slowest], beside, limit)


def _township(village: Desk, big: Desk) -> Iterator[Row]:
    """Twenty times as much, at most three times the limits of the village."""
    yield from _mornings(big, TODAY * TOWNSHIP_TIMES, "全镇，")
    ours, theirs = _works(big), _works(village)
    for words, work in ours.items():
        after, before = _median(work), _median(theirs[words])
        limit = (HOUSEHOLD if words.startswith("一家") else TODAY) * TOWNSHIP_TIMES
        yield absolute(
            f"全镇，{words}", after, f"一个村 {before * 1000:.1f} ms，{after / before:.1f} ×", limit
        )
    yield _search(big, SEARCH * TOWNSHIP_TIMES, "全镇")
    yield from _reports(big, REPORT * TOWNSHIP_TIMES, "全镇，")


def _median(work: Work) -> float:
    work()
    return statistics.median(processor_seconds(work) for _ in range(ROUNDS))


def _say(words: str) -> None:
    print(f"  {words}", file=sys.stderr, flush=True)
