"""The table of who is to be visited how often, drawn from the pack that is in force."""

from __future__ import annotations

from app.domain.packs.policy import EVERY_PURPOSE, Cadence, Pack
from app.domain.visits.plan import often
from app.domain.visits.visit import PURPOSES

HEAD = ("走访", "谁", "多久一次", "怎么算", "别的走访也算", "依据")
EVENT = {"hour": "小时内", "workday": "个工作日内"}


def table(pack: Pack) -> str:
    """As Markdown, one line a cadence, in the order of the pack."""
    lines = [_row(HEAD), _row(("---",) * len(HEAD))]
    lines += [_row(_cells(one)) for one in pack.cadences]
    return "\n".join(lines)


def _cells(one: Cadence) -> tuple[str, ...]:
    return (
        f"{PURPOSES[one.purpose]} `{one.id}`",
        one.who,
        f"{one.count} {EVENT[one.unit]}" if one.unit in EVENT else often(one.count, one.unit),
        _how(one),
        _counts(one),
        f"{one.standing.source}{'（待核）' if one.standing.unverified else ''}",
    )


def _how(one: Cadence) -> str:
    if one.whom is None and not one.category:
        return "出了事才有" if one.unit in EVENT else "没写是谁，不自动排"
    said = "按日历" if one.calendar else "从上次算起"
    if one.by_hand:
        said += "，自己排"
    return f"{said}，提前 {one.notice} 天" if one.notice else said


def _counts(one: Cadence) -> str:
    named = [PURPOSES[purpose] for purpose in one.counts if purpose != EVERY_PURPOSE]
    if EVERY_PURPOSE in one.counts:
        named.append("见到本人的都算")
    return "、".join(named) or "不算"


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"
