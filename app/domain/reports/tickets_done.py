"""Reports 1 to 5: what was received and ended, how it was handled, for what, by whom, and answered or not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from app.domain.reports.cutting import VILLAGE, Cut, Measure, count, mean, share, tabulate
from app.domain.reports.facts import Facts, TicketFact, VisitFact
from app.domain.reports.table import Cell, Column, Line, Shape, Table, Unit
from app.domain.reports.ticket_cuts import DISPOSITIONS, by_item, disposition, ticket_cuts

OPENS = "ticket"
THREE_WAYS = ("instant", "transfer", "deliberation")
# 辽宁「走进困难家庭」2021: 7987, 1402 and 2137 of 11526 matters. A mark to compare with, no target.
REFERENCE = {"instant": 7987 / 11526, "transfer": 1402 / 11526, "deliberation": 2137 / 11526}


def days_taken(one: TicketFact) -> float | None:
    """Calendar days from registering to the result; None while there is none."""
    return float((one.resolved_on - one.on).days) if one.resolved_on else None


RECEIVED = count("受理", OPENS)
DONE = count("办结", OPENS, lambda one: one.done)
ON_TIME_RATE = share("按期率", OPENS, lambda one: one.on_time, lambda one: one.on_time or one.late)
DAYS = mean("平均天数", OPENS, days_taken, Unit.DAYS)
REPLY_RATE = share("答复率", OPENS, lambda one: one.replied, lambda one: not one.dropped)


def handled(facts: Facts, cut: Cut) -> tuple[Table, ...]:
    """1: received, ended, in time, late."""
    today = facts.today
    measures = (
        RECEIVED,
        DONE,
        count("按期", OPENS, lambda one: one.on_time),
        count("超期", OPENS, lambda one: one.late),
        count("在办", OPENS, lambda one: one.open),
        count("在办超期", OPENS, lambda one: overdue(one, today)),
        count("不办了", OPENS, lambda one: one.dropped),
        ON_TIME_RATE,
        DAYS,
    )
    return (tabulate("受理、办结、按期、超期", facts.tickets, cut, measures, charted=(0, 1)),)


def overdue(one: TicketFact, today: object) -> bool:
    """No result yet although the day it was due has passed."""
    return one.open and one.resolved_on is None and one.due_on is not None and one.due_on < today  # type: ignore[operator]  # a date


def dispositions(facts: Facts, cut: Cut) -> tuple[Table, ...]:
    """2: the three ways of handling (SD-079) and their parts, beside the figures of Liaoning."""
    decided = [one for one in facts.tickets if one.disposition in THREE_WAYS]
    lines = []
    for code in THREE_WAYS:
        ids = tuple(one.id for one in decided if one.disposition == code)
        part = Cell(len(ids) / len(decided) if decided else None, ids)
        lines.append(Line(DISPOSITIONS[code], (Cell(len(ids), ids), part, Cell(REFERENCE[code]))))
    everything = tuple(one.id for one in decided)
    whole = Cell(1.0 if decided else None, everything)
    ways = Table(
        "三类处置",
        "怎么办的",
        (Column("件数", Unit.COUNT, OPENS), Column("占比", Unit.SHARE, OPENS), Column("参照", Unit.SHARE)),
        tuple(lines),
        Line("合计", (Cell(len(decided), everything), whole, Cell(1.0))),
        Shape.BARS,
        (1, 2),
        ("参照：辽宁省 2021 年排查 11526 件，只作比较，不是指标。",),
    )
    measures = [_handled_as(words) for words in DISPOSITIONS.values()]
    split = tabulate(f"三类处置，{cut.words}", facts.tickets, cut, [RECEIVED, *measures], charted=(1, 2, 3))
    return (ways, split)


def _handled_as(words: str) -> Measure:
    return count(words, OPENS, lambda one: disposition(one) == words)


def items(facts: Facts, _cut: Cut) -> tuple[Table, ...]:
    """3: by the matter asked about."""
    twice = share("跑两趟以上", OPENS, lambda one: len(one.trips) > 1)
    measures = (RECEIVED, DONE, ON_TIME_RATE, DAYS, twice)
    return (tabulate("按事项", facts.tickets, by_item(facts.names), measures),)


def people(facts: Facts, _cut: Cut) -> tuple[Table, ...]:
    """4: by village and by first receiver, with the visits they made (SD-022)."""
    rated = share("满意率", OPENS, lambda one: (one.rating or 0) >= 3, lambda one: one.rating is not None)
    measures = (RECEIVED, DONE, ON_TIME_RATE, REPLY_RATE, rated)
    by_village = tabulate("按村", facts.tickets, VILLAGE, measures)
    by_receiver = tabulate("按首访人", facts.tickets, ticket_cuts(facts.names)["receiver"], measures)
    return (
        _with_visits(by_village, facts.visits, lambda one: (one.whose.village,)),
        _with_visits(by_receiver, facts.visits, lambda one: one.workers),
    )


def _with_visits(
    table: Table, visits: tuple[VisitFact, ...], labels: Callable[[VisitFact], tuple[str, ...]]
) -> Table:
    under: dict[str, list[str]] = {}
    for visit in visits:
        for label in dict.fromkeys(labels(visit)):
            under.setdefault(label, []).append(visit.id)

    def line(one: Line, found: tuple[str, ...]) -> Line:
        return replace(one, cells=(*one.cells, Cell(len(found), found)))

    lines = tuple(line(one, tuple(under.get(one.label, ()))) for one in table.lines)
    assert table.total is not None
    return replace(
        table,
        columns=(*table.columns, Column("走访", Unit.COUNT, "visit")),
        lines=lines,
        total=line(table.total, tuple(v.id for v in visits)),
    )


def callers(facts: Facts, cut: Cut) -> tuple[Table, ...]:
    """5: how many came, and whether each was answered (SD-012)."""
    measures = (
        count("人次", OPENS),
        count("已答复", OPENS, lambda one: one.replied),
        count("没答复", OPENS, lambda one: not one.replied and not one.dropped),
        REPLY_RATE,
    )
    return (tabulate(f"来访人次、答复率，{cut.words}", facts.tickets, cut, measures, charted=(0, 1)),)
