"""The figures counties have published come out of our reports, from a real store and from .xlsx."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from app.actions.desk import Desk
from app.actions.reports import report_files, reports
from app.domain.reports.period import Period, year_of
from app.domain.reports.table import Unit, written
from app.store import Store
from tests import seed_figures
from tests.conftest import KEY
from tests.desks import Clock, desk_on
from tests.unit.actions.reporting import figures

LEIYANG, ZHANGJIAJIE = year_of(date(2018, 6, 1)), year_of(date(2023, 6, 1))
LIAONING = Period(date(2021, 4, 1), date(2021, 8, 31))


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One store with all three."""
    store = Store(tmp_path_factory.mktemp("seeds") / "store.db", KEY, create=True)
    desk = desk_on(store, Clock())
    seed_figures.tell(desk)
    yield desk
    store.close()


def test_liaoning_solved_eleven_thousand_matters_in_three_ways(desk: Desk) -> None:
    ways = reports.make(desk, "ways", LIAONING).tables[0]
    assert [line.cells[0].value for line in ways.lines] == [7987, 1402, 2137]
    assert [written(line.cells[1].value, Unit.SHARE) for line in ways.lines] == ["69.3%", "12.2%", "18.5%"]
    assert [line.cells[1].value for line in ways.lines] == [line.cells[2].value for line in ways.lines]
    assert ways.total is not None
    assert ways.total.cells[0].value == 11_526
    assert len(set(ways.total.cells[0].ids)) == 11_526


def test_the_workbook_says_the_same_as_the_screen(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "ways.xlsx"
    report_files.save(desk, (reports.make(desk, "ways", LIAONING),), path)
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    read = {row[0]: row[1:3] for row in sheet.iter_rows(min_row=5, max_row=8, values_only=True)}
    for label, many in (("当场办", 7987), ("转出去", 1402), ("一事一议", 2137), ("合计", 11_526)):
        assert read[label] == (many, pytest.approx(many / 11_526))


def test_leiyang_answered_everybody_who_came(desk: Desk) -> None:
    callers = figures(reports.make(desk, "callers", LEIYANG).tables[0], "来访")
    assert callers == {"人次": 1512, "已答复": 1512, "没答复": 0, "答复率": 1.0}


def test_leiyang_went_out_visited_and_handed_out(desk: Desk) -> None:
    visits = figures(reports.make(desk, "coverage", LEIYANG).tables[0])
    assert (visits["出动人次"], visits["见到几人"]) == (504, 3024)
    assert figures(reports.make(desk, "handed_out", LEIYANG).tables[0])["份数"] == 4044


@pytest.mark.parametrize(
    ("signal", "clues", "relief", "temporary"),
    [("重病", 2251, 49, 45), ("住院自付高", 1473, 23, 42), ("新增重残", 196, 13, 0)],
)
def test_the_funnel_of_zhangjiajie(desk: Desk, signal: str, clues: int, relief: int, temporary: int) -> None:
    line = figures(reports.make(desk, "funnel", ZHANGJIAJIE).tables[0], signal)
    assert (line["线索"], line["核实了"], line["低保特困"], line["临时救助"]) == (
        clues,
        clues,
        relief,
        temporary,
    )
    assert line["纳入率"] == (relief + temporary) / clues


def test_households_of_the_funnel_are_counted_by_household_and_by_head(desk: Desk) -> None:
    line = figures(reports.make(desk, "funnel", ZHANGJIAJIE).tables[0], "监测户")
    assert (line["线索"], line["涉及人数"], line["低保特困"], line["纳入人数"]) == (55, 139, 29, 71)


def test_one_year_is_not_mixed_with_another(desk: Desk) -> None:
    assert reports.make(desk, "callers", ZHANGJIAJIE).empty
    assert reports.make(desk, "funnel", LEIYANG).empty
