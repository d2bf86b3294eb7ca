"""Periods, cuts and figures of reports: what is counted where, and that nothing is counted twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from app.domain.problem import UserError
from app.domain.reports.catalogue import BY_KEY, GROUPS, REPORTS
from app.domain.reports.cutting import AGE, MONTH, UNKNOWN, Cut, age_band, count, mean, share, tabulate
from app.domain.reports.facts import NOBODY, Whose
from app.domain.reports.period import Period, month_before, month_of, quarter_of, year_of
from app.domain.reports.table import Unit, written

DAY = date(2026, 11, 20)


@dataclass(frozen=True)
class Thing:
    id: str
    on: date = DAY
    kinds: tuple[str, ...] = ("甲",)
    days: int | None = None
    whose: Whose = NOBODY


BY_KIND = Cut("kind", "按种", "种", lambda one: one.kinds)


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (month_of(DAY), "2026年11月"),
        (month_before(date(2026, 1, 31)), "2025年12月"),
        (quarter_of(DAY), "2026年第4季度"),
        (year_of(DAY), "2026年"),
        (Period(date(2026, 1, 2), date(2026, 1, 31)), "2026-01-02 到 2026-01-31"),
        (Period(date(2026, 2, 1), date(2026, 4, 30)), "2026-02-01 到 2026-04-30"),
    ],
)
def test_a_period_is_called_what_people_call_it(period: Period, words: str) -> None:
    assert period.words == words


def test_the_months_of_a_period_cover_each_of_its_days_once() -> None:
    period = Period(date(2025, 12, 30), date(2026, 3, 1))
    months = period.months()
    assert [(one.first, one.last) for one in months] == [
        (date(2025, 12, 30), date(2025, 12, 31)),
        (date(2026, 1, 1), date(2026, 1, 31)),
        (date(2026, 2, 1), date(2026, 2, 28)),
        (date(2026, 3, 1), date(2026, 3, 1)),
    ]


def test_a_period_that_ends_before_it_begins_says_so_at_its_field() -> None:
    with pytest.raises(UserError) as raised:
        Period(date(2026, 2, 1), date(2026, 1, 31))
    assert raised.value.problems[0].field == "last"


def test_a_fact_under_two_labels_counts_once_in_the_total() -> None:
    table = tabulate("事", [Thing("1", kinds=("甲", "乙")), Thing("2")], BY_KIND, [count("件数", "thing")])
    assert [(line.label, line.cells[0].value) for line in table.lines] == [("甲", 2), ("乙", 1)]
    assert table.total is not None
    assert table.total.cells[0].value == 2
    assert table.total.cells[0].ids == ("1", "2")
    assert table.notes


def test_a_share_of_nothing_is_no_figure_and_not_zero() -> None:
    rate = share("率", "thing", lambda one: one.days == 1, lambda one: one.days is not None)
    cell = rate.cell([Thing("1")])
    assert cell.value is None
    assert written(cell.value, Unit.SHARE) == "—"
    assert rate.cell([Thing("1", days=1), Thing("2", days=3)]).value == 0.5


def test_an_average_looks_only_at_what_is_known() -> None:
    average = mean("天数", "thing", lambda one: one.days, Unit.DAYS)
    cell = average.cell([Thing("1", days=2), Thing("2"), Thing("3", days=5)])
    assert (cell.value, cell.ids) == (3.5, ("1", "3"))


def test_months_stand_in_their_order_and_what_is_unknown_stands_last() -> None:
    days = [date(2026, 12, 1), date(2025, 2, 1), date(2026, 3, 1)]
    by_month = tabulate("事", [Thing(str(n), day) for n, day in enumerate(days)], MONTH, [count("件", "")])
    assert [line.label for line in by_month.lines] == ["2025年2月", "2026年3月", "2026年12月"]
    people = [Thing("1"), Thing("2", whose=Whose(age=81)), Thing("3", whose=Whose(age=17))]
    by_age = tabulate("事", people, AGE, [count("件", "")])
    assert [line.label for line in by_age.lines] == ["17 岁以下", "80 岁以上", UNKNOWN]


@pytest.mark.parametrize("age", range(0, 121))
def test_every_age_has_one_band(age: int) -> None:
    assert age_band(age) != UNKNOWN


def test_there_are_sixteen_reports_each_with_its_definition() -> None:
    assert [spec.number for spec in REPORTS] == list(range(1, 17))
    assert len(BY_KEY) == 16
    for spec in REPORTS:
        assert spec.group in GROUPS
        assert spec.basis.counts, spec.key
        assert spec.basis.source, spec.key


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [(12, Unit.COUNT, "12"), (0.6929, Unit.SHARE, "69.3%"), (2.5, Unit.DAYS, "2.5 天"),
     (30.0, Unit.HOURS, "30.0 小时"), ("甲", Unit.WORDS, "甲"), (0, Unit.COUNT, "0")],
)  # fmt: skip
def test_figures_are_written_as_people_read_them(value: float | str, unit: Unit, shown: str) -> None:
    assert written(value, unit) == shown
