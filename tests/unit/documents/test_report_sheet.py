"""A report on paper says what the screen says, and how it was counted."""

from __future__ import annotations

from datetime import date

from app.documents.preview import page_count
from app.documents.reports.report_sheet import render
from app.domain.reports.catalogue import BY_KEY, REPORTS, make
from app.domain.reports.facts import Facts, TicketFact
from app.domain.reports.period import year_of
from app.domain.reports.table import Report
from tests.facts import NOW
from tests.unit.documents.pages import words

DAY = date(2026, 11, 20)


def _report(key: str, *tickets: TicketFact) -> Report:
    return make(BY_KEY[key], Facts(year_of(DAY), DAY, tickets=tickets), place="青石垭村")


def _tickets() -> tuple[TicketFact, ...]:
    ways = ("instant", "instant", "transfer", "deliberation")
    return tuple(TicketFact(str(n), NOW, DAY, disposition=way) for n, way in enumerate(ways))


def test_the_figures_stand_on_paper_with_their_definition() -> None:
    text = words(render(_report("ways", *_tickets()), DAY), 0)
    for said in ("青石垭村三类处置占比", "2026年", "当场办250.0%69.3%", "合计4100.0%", "怎么算的", "参照"):
        assert said in text, said


def test_many_columns_go_into_a_second_table_with_the_labels_again() -> None:
    text = words(render(_report("handled", *_tickets()), DAY), 0)
    assert text.count("月份") == 2
    assert text.count("2026年11月") >= 2


def test_every_report_can_be_printed_also_an_empty_one() -> None:
    for spec in REPORTS:
        pdf = render(_report(spec.key), DAY)
        assert page_count(pdf) >= 1
        assert pdf == render(_report(spec.key), DAY)
