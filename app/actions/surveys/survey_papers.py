"""Questionnaires on paper, as print jobs name them: an empty one, its totals, who was asked."""

from __future__ import annotations

from datetime import date

from app.actions.desk import Desk
from app.actions.surveys import papers
from app.domain.reports.period import Period

LARGE = " large"


def blank_subject(survey: str, *, large: bool) -> str:
    """`home`, or `home large`."""
    return f"{survey}{LARGE}" if large else survey


def counted_subject(survey: str, period: Period) -> str:
    """`home 2026-01-01..2026-12-31`."""
    return f"{survey} {period.first.isoformat()}..{period.last.isoformat()}"


def blank(desk: Desk, subject: str) -> bytes:
    """An empty one, as PDF."""
    return papers.blank_sheet(desk, subject.removesuffix(LARGE), large=subject.endswith(LARGE))


def blank_title(desk: Desk, subject: str) -> str:
    """`困难家庭情况问卷（空白）`."""
    title = papers.title(desk, subject.removesuffix(LARGE))
    return f"{title}（特大字）" if subject.endswith(LARGE) else f"{title}（空白）"


def totals(desk: Desk, subject: str) -> bytes:
    """Its totals, without names and free words, as PDF."""
    return papers.totals_pdf(desk, *_read(subject))


def totals_title(desk: Desk, subject: str) -> str:
    """`困难家庭情况问卷汇总 2026年`."""
    survey, period = _read(subject)
    return f"{papers.title(desk, survey)}汇总 {period.words}"


def asked(desk: Desk, subject: str) -> bytes:
    """Who was asked, whole names and all, as PDF."""
    return papers.asked_pdf(desk, *_read(subject))


def asked_title(desk: Desk, subject: str) -> str:
    """`困难家庭情况问卷问过谁 2026年`."""
    survey, period = _read(subject)
    return f"{papers.title(desk, survey)}问过谁 {period.words}"


def _read(subject: str) -> tuple[str, Period]:
    survey, _, days = subject.partition(" ")
    first, _, last = days.partition("..")
    return survey, Period(date.fromisoformat(first), date.fromisoformat(last))
