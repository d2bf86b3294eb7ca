"""A report on paper, as a print job names it: which one, of which days, and how it is divided."""

from __future__ import annotations

from datetime import date

from app.actions.desk import Desk
from app.actions.reports import report_files, reports
from app.domain.reports.period import Period
from app.domain.reports.table import Report


def subject_of(report: Report, period: Period) -> str:
    """`ways 2026-11-01..2026-11-30 village`."""
    return f"{report.key} {period.first.isoformat()}..{period.last.isoformat()} {report.cut}".rstrip()


def sheet(desk: Desk, subject: str) -> bytes:
    """The PDF. Raises UserError for who may not print."""
    key, period, cut = _read(subject)
    return report_files.sheet(desk, key, period, cut=cut)


def title(desk: Desk, subject: str) -> str:
    """`三类处置占比 2026年11月`."""
    key, period, cut = _read(subject)
    made = reports.make(desk, key, period, cut=cut)
    return f"{made.title} {made.period}"


def _read(subject: str) -> tuple[str, Period, str]:
    key, days, cut = (*subject.split(" "), "")[:3]
    first, _, last = days.partition("..")
    return key, Period(date.fromisoformat(first), date.fromisoformat(last)), cut
