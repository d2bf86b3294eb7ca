"""A saved report is a sheet a county can go on working with: real figures, frozen titles, a chart, A4."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import Any

import openpyxl
import pytest

from app.domain.reports.catalogue import REPORTS, make
from app.domain.reports.facts import Facts, TicketFact, Whose
from app.domain.reports.period import year_of
from app.domain.reports.table import Report
from app.tables import report_out
from tests.facts import NOW

DAY = date(2026, 11, 20)


def _facts() -> Facts:
    ways = ("instant", "instant", "transfer", "deliberation", "")
    tickets = tuple(
        TicketFact(
            str(n), NOW, DAY, Whose(group="=1+1" if n == 0 else "茶园组"), disposition=way, state="archived",
            resolved_on=DAY, due_on=DAY,
        )
        for n, way in enumerate(ways)
    )  # fmt: skip
    return Facts(year_of(DAY), DAY, tickets=tickets)


def _report(key: str, cut: str = "") -> Report:
    spec = next(one for one in REPORTS if one.key == key)
    return make(spec, _facts(), place="青石垭村", cut=cut)


def _opened(*reports: Report) -> Any:
    return openpyxl.load_workbook(io.BytesIO(report_out.write(reports, DAY)))


def test_figures_are_numbers_and_shares_are_percent() -> None:
    sheet = _opened(_report("ways"))["2 三类处置占比"]
    assert [cell.value for cell in sheet[4]][:4] == ["怎么办的", "件数", "占比", "参照"]
    row = next(row for row in sheet.iter_rows() if row[0].value == "当场办")
    assert (row[1].value, row[2].value, row[2].number_format) == (2, 0.5, "0.0%")
    assert row[1].data_type == row[2].data_type == "n"


def test_title_place_days_and_the_day_it_was_made_stand_on_top_and_the_definition_below() -> None:
    sheet = _opened(_report("handled"))["1 首访受理、办结"]
    assert sheet["A1"].value == "1. 首访受理、办结"
    assert sheet["A2"].value == "青石垭村 · 2026年 · 2026-11-20 做的表"
    below = [str(row[0].value) for row in sheet.iter_rows()]
    assert any(words.startswith("怎么算的：按登记的日子算") for words in below)
    assert any(words.startswith("没算进去的：") for words in below)


def test_titles_stay_in_sight_and_it_prints_on_lying_a4() -> None:
    sheet = _opened(_report("handled"))["1 首访受理、办结"]
    assert sheet.freeze_panes == "B5"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.page_setup.fitToWidth == 1
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$4:$4"
    assert sheet.print_area.startswith("'1 首访受理、办结'!$A$1:")


def test_every_table_with_lines_to_compare_has_a_chart_of_its_own() -> None:
    data = report_out.write([_report("ways"), _report("handled", "group")], DAY)
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        charts = [name for name in packed.namelist() if name.startswith("xl/charts/chart")]
    assert len(charts) == 2


def test_a_name_that_looks_like_a_formula_stays_a_name() -> None:
    sheet = _opened(_report("handled", "group"))["1 首访受理、办结"]
    cell = next(row[0] for row in sheet.iter_rows() if row[0].value == "=1+1")
    assert cell.data_type == "s"
    assert cell.quotePrefix


def test_what_is_not_known_is_a_dash_and_never_nought() -> None:
    sheet = _opened(_report("ratings"))["8 满意度五级"]
    row = next(row for row in sheet.iter_rows() if row[0].value == "5 非常满意")
    assert [cell.value for cell in row][1:5] == [0, 0, 0, "—"]


@pytest.mark.parametrize("spec", REPORTS, ids=[spec.key for spec in REPORTS])
def test_sheets_have_names_every_program_takes(spec: Any) -> None:
    name = report_out.sheet_name(make(spec, _facts(), place="青石垭村"))
    assert len(name) <= 31
    assert not set(name) & set("[]:*?/\\")


def test_all_sixteen_make_one_workbook_in_their_order() -> None:
    reports = [make(spec, _facts(), place="青石垭村") for spec in REPORTS]
    names = _opened(*reports).sheetnames
    assert [int(name.split()[0]) for name in names] == list(range(1, 17))
