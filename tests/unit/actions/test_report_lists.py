"""Behind a figure: the records to be opened, and as a list that may leave the house."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from app.actions.desk import Desk
from app.actions.registers import clues
from app.actions.registers.clues import Noted
from app.actions.reports import behind, lists, reports
from app.actions.tickets import followups
from app.domain.problem import UserError
from app.domain.reports.catalogue import REPORTS
from app.store import Store
from tests.desks import Clock
from tests.facts import GRANNY, HOME, NOW
from tests.unit.actions.reporting import YEAR, signed, told, village

SECRETS = ("蒋桂英", "15400003013", "439901194403023020", "3号", "问低保", "女儿住院")


@pytest.fixture
def desk(store: Store) -> Desk:
    desk = village(store, Clock())
    told(desk, items=("DB",))
    signed(desk)
    followups.schedule(desk, household=HOME, person=GRANNY, on=NOW.date(), why="蒋桂英的钱到账没有")
    clues.note(desk, Noted(NOW.date(), "grid", "illness", "女儿住院花了钱。", person=GRANNY))
    return desk


def _every_figure(desk: Desk) -> list[tuple[str, tuple[str, ...]]]:
    """The kind and ids of every figure of every report."""
    return [
        (column.opens, cell.ids)
        for spec in REPORTS
        for table in reports.make(desk, spec.key, YEAR).tables
        for line in (*table.lines, *((table.total,) if table.total else ()))
        for column, cell in zip(table.columns, line.cells, strict=True)
        if column.opens and cell.ids
    ]


def test_every_figure_opens_exactly_the_records_it_counts(desk: Desk) -> None:
    figures = _every_figure(desk)
    assert {kind for kind, _ids in figures} >= {"ticket", "visit", "followup", "household", "clue", "person"}
    for kind, ids in figures:
        found = behind.behind(desk, kind, ids)
        assert [one.id for one in found] == list(ids)
        assert all(one.title and one.page for one in found)


@pytest.mark.parametrize("kind", ["ticket", "visit", "followup", "household", "clue"])
def test_a_list_that_leaves_the_house_names_nobody_whole(desk: Desk, tmp_path: Path, kind: str) -> None:
    ids = next(ids for one, ids in _every_figure(desk) if one == kind)
    path = tmp_path / "list.xlsx"
    lists.save(desk, kind, ids, "名单", path)
    cells = [cell for row in _sheet(path).iter_rows(values_only=True) for cell in row if cell is not None]
    text = "\n".join(map(str, cells))
    assert "蒋**" in text
    assert not [secret for secret in SECRETS if secret in text]


def test_days_are_days_and_every_column_can_be_filtered(desk: Desk, tmp_path: Path) -> None:
    ids = next(ids for one, ids in _every_figure(desk) if one == "ticket")
    path = tmp_path / "list.xlsx"
    lists.save(desk, "ticket", ids, "受理 2026年", path)
    sheet = _sheet(path)
    assert sheet["A1"].value == "受理 2026年"
    assert isinstance(sheet["B5"].value, datetime)
    assert sheet["B5"].value.date() == NOW.date()
    assert sheet.auto_filter.ref == "A4:K5"
    assert sheet.freeze_panes == "B5"


def test_saving_a_list_stands_in_the_log(desk: Desk, tmp_path: Path) -> None:
    lists.save(desk, "household", (HOME,), "名单", tmp_path / "list.xlsx")
    assert any(line.verb == "export register" for line in desk.store.audit.lines())


def test_what_makes_no_list_is_refused(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(UserError):
        lists.save(desk, "seal_log", (), "名单", tmp_path / "list.xlsx")
    assert not (tmp_path / "list.xlsx").exists()


def _sheet(path: Path) -> Any:
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    return sheet


def test_the_day_of_a_figure_is_the_day_in_china(desk: Desk) -> None:
    ids = next(ids for one, ids in _every_figure(desk) if one == "visit")
    assert behind.behind(desk, "visit", ids)[0].note.startswith(str(date(2026, 11, 20)))
