"""Reports 12, 13 and 15: what was handed out and explained, who was visited, and what the reviews found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.domain.people.household import CLASSES
from app.domain.registers.event import EventKind
from app.domain.registers.publicity import CHANNELS
from app.domain.reports.cutting import (
    GROUP,
    HOUSE_HUKOU,
    MONTH,
    UNKNOWN,
    VILLAGE,
    Cut,
    by_class,
    count,
    distinct,
    month_words,
    tabulate,
    total,
)
from app.domain.reports.facts import EventFact, Facts, VisitFact
from app.domain.reports.table import Cell, Column, Line, Shape, Table, Unit
from app.domain.visits.form_words import ORIGINS
from app.domain.visits.visit import PURPOSES

OPENS = "visit"
GIFTS = "VP17"  # 慰问
# 在册低保和低收入家庭 (SD-080): visited every month.
MONTHLY = frozenset({"DB", "BY", "GX"})
CHANNEL_WORDS = {channel.value: words for channel, words in CHANNELS.items()}
EVENT_WORDS = {kind.value: kind.words for kind in EventKind}


def visit_cuts() -> dict[str, Cut]:
    """Every way to split visits, by key."""
    cuts = (
        MONTH,
        VILLAGE,
        GROUP,
        Cut("purpose", "按为什么去", "为什么去", lambda one: (PURPOSES.get(one.purpose, UNKNOWN),)),
        Cut("worker", "按谁去的", "谁去的", lambda one: tuple(one.workers)),
        Cut("origin", "按怎么起的", "怎么起的", lambda one: (ORIGINS.get(one.origin, UNKNOWN),)),
        by_class(CLASSES),
        HOUSE_HUKOU,
    )
    return {cut.key: cut for cut in cuts}


def handed_out(facts: Facts, _cut: Cut) -> tuple[Table, ...]:
    """12: leaflets and papers given, what was made known, and the policies explained at home."""
    return (
        _copies_in_all(facts),
        _materials(facts.visits),
        _publicity(facts),
        _explained(facts.visits, facts.names),
        _events(facts.events),
        _calls_with_gifts(facts.visits),
    )


def _copies_in_all(facts: Facts) -> Table:
    given = Cell(
        sum(copies for one in facts.visits for _, copies in one.materials),
        tuple(one.id for one in facts.visits if one.materials),
    )
    told = Cell(
        sum(one.copies for one in facts.publicity), tuple(one.id for one in facts.publicity if one.copies)
    )
    both = Cell(int(given.value or 0) + int(told.value or 0))
    lines = (Line("入户发的", (given,)), Line("宣传发的", (told,)))
    # Two kinds of record stand behind the figures: each is opened from its own table below.
    return Table("资料份数", "怎么发的", (Column("份数"),), lines, Line("合计", (both,)))


def _materials(visits: Sequence[VisitFact]) -> Table:
    given = [one for one in visits if one.materials]
    found: dict[str, list[tuple[str, int]]] = {}
    for one in given:
        for what, copies in one.materials:
            found.setdefault(what, []).append((one.id, copies))
    lines = [
        Line(what, (_copies(pairs), Cell(len(pairs), tuple(dict.fromkeys(one for one, _ in pairs)))))
        for what, pairs in found.items()
    ]
    lines.sort(key=lambda line: (-int(line.cells[0].value or 0), line.label))
    every = [pair for pairs in found.values() for pair in pairs]
    ids = tuple(one.id for one in given)
    columns = (Column("份数", Unit.COUNT, OPENS), Column("次数", Unit.COUNT, OPENS))
    whole = Line("合计", (_copies(every), Cell(len(every), ids)))
    return Table("入户发的资料", "什么资料", columns, tuple(lines), whole)


def _copies(pairs: Sequence[tuple[str, int]]) -> Cell:
    return Cell(sum(copies for _, copies in pairs), tuple(dict.fromkeys(one for one, _ in pairs)))


def _publicity(facts: Facts) -> Table:
    cut = Cut("channel", "按渠道", "怎么宣传的", lambda one: (CHANNEL_WORDS.get(one.channel, UNKNOWN),))
    measures = (
        count("次数", "publicity"),
        total("听到看到的人", "publicity", lambda one: one.reached),
        total("份数", "publicity", lambda one: one.copies),
    )
    return tabulate("宣传", facts.publicity, cut, measures)


def _events(events: Sequence[EventFact]) -> Table:
    cut = Cut("kind", "按哪种", "活动慰问", lambda one: (EVENT_WORDS.get(one.kind, UNKNOWN),))
    measures = (
        count("场次", "event"),
        total("人次", "event", lambda one: one.people),
        total("钱（元）", "event", lambda one: one.money_fen // 100),
    )
    return tabulate("活动、慰问", events, cut, measures)


def _calls_with_gifts(visits: Sequence[VisitFact]) -> Table:
    calls = [one for one in visits if one.purpose == GIFTS]
    measures = (
        count("上门", OPENS),
        distinct("几户", "household", lambda one: (one.whose.household,)),
        total("钱（元）", OPENS, lambda one: one.gift_yuan),
    )
    return tabulate("上门慰问", calls, by_class(CLASSES), measures)


def _explained(visits: Sequence[VisitFact], names: Mapping[str, str]) -> Table:
    told = [one for one in visits if one.explained]
    cut = Cut(
        "policy", "按政策", "讲了什么", lambda one: tuple(names.get(code, "别的") for code in one.explained)
    )
    measures = (count("讲了几次", OPENS), distinct("几户", "household", lambda one: (one.whose.household,)))
    return tabulate("入户讲的政策", told, cut, measures)


def coverage(facts: Facts, cut: Cut) -> tuple[Table, ...]:
    """13: visits made and whom they reached; and month by month, who on the roll was not seen."""
    measures = (
        count("走访", OPENS),
        distinct("几户", "household", lambda one: (one.whose.household,)),
        count("见到人的", OPENS, lambda one: one.met == "home"),
        distinct("见到几人", "person", lambda one: (one.respondent,)),
        distinct("出动人次", "", lambda one: [(one.on, worker) for worker in one.workers]),
        count("家里没人", OPENS, lambda one: one.met == "absent"),
        count("不让进", OPENS, lambda one: one.met == "refused"),
    )
    made = tabulate(f"走访，{cut.words}", facts.visits, cut, measures)
    return (made, _planned(facts), _monthly(facts))


def _planned(facts: Facts) -> Table:
    """The plan's own reckoning: who was owed which visit, and who had none of it."""
    home = "household"
    lines = tuple(
        Line(
            one.words,
            (
                Cell(one.owed),
                Cell(one.owed - len(one.unvisited)),
                Cell(len(one.unvisited), one.unvisited),
                Cell((one.owed - len(one.unvisited)) / one.owed if one.owed else None),
                Cell(one.times_owed),
                Cell(one.times_kept),
            ),
        )
        for one in facts.rounds
    )
    columns = (
        Column("应访", Unit.COUNT), Column("访到", Unit.COUNT), Column("没访到", Unit.COUNT, home),
        Column("覆盖率", Unit.SHARE), Column("应访次数", Unit.COUNT), Column("访到次数", Unit.COUNT),
    )  # fmt: skip
    notes = ("一户可能为几样事该去，各样分开算，不加合计。按今天在册的人。",)
    return Table("该走访的，走到了没有", "为什么去", columns, lines, None, Shape.BARS, (3,), notes)


def _monthly(facts: Facts) -> Table:
    due = {home.id for home in facts.homes if MONTHLY & set(home.whose.classes)}
    seen: dict[str, set[str]] = {}
    for one in facts.visits:
        seen.setdefault(month_words(one.on), set()).add(one.whose.household)
    lines = []
    # A month that has not begun yet has missed nobody.
    months = [month for month in facts.period.months() if month.first <= facts.today]
    for month in months:
        words = month_words(month.first)
        went = due & seen.get(words, set())
        lines.append(Line(words, _reached(due, went)))
    went = {one for line in lines for one in line.cells[1].ids}
    always = due.intersection(*(set(line.cells[1].ids) for line in lines)) if lines else set[str]()
    return Table(
        "低保、低收入户每月入户",
        "月份",
        (
            Column("应访户", Unit.COUNT, "household"), Column("访到", Unit.COUNT, "household"),
            Column("没访到", Unit.COUNT, "household"), Column("月入户完成率", Unit.SHARE, "household"),
        ),
        tuple(lines),
        Line("整个时期至少一次", _reached(due, went)),
        Shape.LINE,
        (3,),
        (f"每个月都访到的 {len(always)} 户。应访户是今天名册上的低保、低保边缘、刚性支出困难户。",),
    )  # fmt: skip


def _reached(due: set[str], went: set[str]) -> tuple[Cell, ...]:
    every, done, left = tuple(sorted(due)), tuple(sorted(went)), tuple(sorted(due - went))
    part = len(done) / len(every) if every else None
    return (Cell(len(every), every), Cell(len(done), done), Cell(len(left), left), Cell(part, done))
