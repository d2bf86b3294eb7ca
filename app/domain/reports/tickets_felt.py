"""Reports 6 to 9: what was explained, trips in vain, satisfaction, and the calls that followed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from app.domain.reports.cutting import Cut, count, share, tabulate, total
from app.domain.reports.facts import CallFact, Facts, TicketFact
from app.domain.reports.table import Cell, Column, Line, Shape, Table, Unit
from app.domain.reports.ticket_cuts import by_item
from app.domain.tickets.handling import ACCEPT_LEVELS, DISPUTED, NATURES

OPENS = "ticket"
SCORES = {5: "非常满意", 4: "满意", 3: "基本满意", 2: "不满意", 1: "非常不满意"}
HERSELF = "本人"


def disputed(one: TicketFact) -> bool:
    """Against the rules or not for us, as the worker proposes: it counts once the township agrees."""
    return one.nature in DISPUTED


def explained(facts: Facts, _cut: Cut) -> tuple[Table, ...]:
    """6: what was explained instead of done, as confirmed by the township, and how it was taken."""
    natures = tuple(NATURES[code] for code in DISPUTED)
    cut = Cut("nature", "按性质", "性质", lambda one: (NATURES[one.nature],), natures, whole=True)
    taken = [count(words, OPENS, _taken(code)) for code, words in ACCEPT_LEVELS.items()]
    unsaid = count("没记怎么说", OPENS, lambda one: one.accepted not in ACCEPT_LEVELS)
    rights = share("告诉了哪里申诉", OPENS, lambda one: one.rights_told)
    counted = [one for one in facts.tickets if disputed(one) and one.confirmed]
    others = [one for one in facts.tickets if one.explained and not disputed(one)]
    return (
        tabulate("镇里认定的", counted, cut, [count("件数", OPENS), *taken, unsaid, rights], charted=(0,)),
        tabulate("别的讲政策", others, by_item(facts.names), [count("件数", OPENS), *taken], charted=(0,)),
    )


def provisional(facts: Facts) -> int:
    """How many wait for the township's word."""
    return sum(disputed(one) and not one.confirmed for one in facts.tickets)


def _taken(code: str) -> Callable[[TicketFact], bool]:
    return lambda one: one.accepted == code


def second_trips(facts: Facts, cut: Cut) -> tuple[Table, ...]:
    """7: who came in vain, and the causes W01–W20."""
    measures = (
        count("受理", OPENS),
        count("跑两趟以上", OPENS, lambda one: len(one.trips) > 1),
        share("二次跑腿率", OPENS, lambda one: len(one.trips) > 1),
        count("一趟都没跑", OPENS, lambda one: not one.trips),
        total("多跑的趟数", OPENS, lambda one: max(0, len(one.trips) - 1)),
    )
    return (
        tabulate(f"二次跑腿率，{cut.words}", facts.tickets, cut, measures, charted=(1,)),
        _causes(facts),
    )


def _causes(facts: Facts) -> Table:
    found: dict[str, list[str]] = {code: [] for code in facts.causes}
    for one in facts.tickets:
        for _on, cause in one.trips[1:]:
            found.setdefault(cause or "", []).append(one.id)
    every = [ticket for ids in found.values() for ticket in ids]
    lines = tuple(
        Line(_cause(facts, code), (_count(ids), Cell(len(ids) / len(every) if every else None)))
        for code, ids in sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0]))
        if code or ids
    )
    whole = Line("合计", (_count(every), Cell(1.0 if every else None)))
    columns = (Column("多跑的趟数", Unit.COUNT, OPENS), Column("占比", Unit.SHARE))
    return Table("白跑的原因", "原因", columns, lines, whole, Shape.BARS, (0,))


def _cause(facts: Facts, code: str) -> str:
    return f"{code} {facts.causes.get(code, '')}".strip() or "没写原因"


def _count(ids: list[str]) -> Cell:
    # A ticket with three trips gave two causes: two trips, one ticket to open.
    return Cell(len(ids), tuple(dict.fromkeys(ids)))


def ratings(facts: Facts, cut: Cut) -> tuple[Table, ...]:
    """8: the five levels, those pointed at by somebody else apart."""
    rated = [one for one in facts.tickets if one.rating is not None]
    lines = [_level(rated, score, words) for score, words in SCORES.items()]
    columns = (
        Column("本人指的", Unit.COUNT, OPENS), Column("别人代指的", Unit.COUNT, OPENS),
        Column("一共", Unit.COUNT, OPENS), Column("占比", Unit.SHARE, OPENS),
    )  # fmt: skip
    herself, others = _split(rated)
    every = tuple(one.id for one in rated)
    whole = (Cell(len(herself), herself), Cell(len(others), others), Cell(len(every), every))
    sums = Line("合计", (*whole, Cell(1.0 if every else None, every)))
    levels = Table("满意度五级", "评了什么", columns, tuple(lines), sums, Shape.BARS, (0, 1))
    measures = (
        count("评了", OPENS, lambda one: one.rating is not None),
        share("满意率", OPENS, lambda one: (one.rating or 0) >= 3, lambda one: one.rating is not None),
        count("不满意", OPENS, lambda one: one.rating is not None and one.rating <= 2),
        share("代评占比", OPENS, lambda one: one.rated_by != HERSELF, lambda one: one.rating is not None),
        count("不愿评", OPENS, lambda one: one.rating is None and bool(one.rated_by)),
    )
    return (levels, tabulate(f"满意率，{cut.words}", facts.tickets, cut, measures, charted=(1,)))


def _level(rated: list[TicketFact], score: int, words: str) -> Line:
    here = [one for one in rated if one.rating == score]
    herself, others = _split(here)
    every = tuple(one.id for one in here)
    part = Cell(len(every) / len(rated) if rated else None, every)
    cells = (Cell(len(herself), herself), Cell(len(others), others), Cell(len(every), every), part)
    return Line(f"{score} {words}", cells)


def _split(rated: list[TicketFact]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    herself = tuple(one.id for one in rated if one.rated_by == HERSELF)
    return herself, tuple(one.id for one in rated if one.rated_by != HERSELF)


def calls(facts: Facts, cut: Cut) -> tuple[Table, ...]:
    """9: the calls that fell due, and whether they were made (SD-006)."""
    opens, today = "followup", facts.today
    measures = (
        count("该回访", opens),
        count("回访了", opens, lambda one: one.done_on is not None),
        count("到日子没回访", opens, lambda one: _missed(one, today)),
        share("回访完成率", opens, lambda one: one.done_on is not None, lambda one: _due(one, today)),
        count("上门回访", opens, lambda one: one.channel == "home"),
        count("有没打通的", opens, lambda one: one.unanswered > 0),
    )
    return (tabulate(f"回访完成率，{cut.words}", facts.calls, cut, measures, charted=(0, 1)),)


def _due(one: CallFact, today: date) -> bool:
    return one.done_on is not None or one.on <= today


def _missed(one: CallFact, today: date) -> bool:
    return one.done_on is None and one.on <= today
