"""One of the sixteen reports for this desk's village, over any days, split as asked."""

from __future__ import annotations

from app.actions.desk import Desk
from app.actions.reports.gathering import gather
from app.domain.problem import UserError
from app.domain.reports.catalogue import BY_KEY, REPORTS, Spec, cuts_of
from app.domain.reports.catalogue import make as make_of
from app.domain.reports.facts import Facts
from app.domain.reports.period import Period
from app.domain.reports.table import Report


def make(desk: Desk, key: str, period: Period, *, cut: str = "") -> Report:
    """Report `key` over `period`, split by the cut with that key. Raises UserError for an unknown report."""
    spec = _spec(key)
    return make_of(spec, gather(desk, spec, period), place=desk.village_name, cut=cut)


def every(desk: Desk, period: Period) -> tuple[Report, ...]:
    """All sixteen, each split in its usual way."""
    return tuple(make(desk, spec.key, period) for spec in REPORTS)


def cuts(desk: Desk, key: str) -> tuple[tuple[str, str], ...]:
    """How report `key` may be split: (key, words) to point at, the usual one first."""
    spec = _spec(key)
    nothing = Facts(Period(desk.today, desk.today), desk.today)
    return tuple((cut.key, cut.words) for cut in cuts_of(spec, nothing))


def _spec(key: str) -> Spec:
    spec = BY_KEY.get(key)
    if spec is None:
        raise UserError("没有这张表。回到列表再选一张。")
    return spec
