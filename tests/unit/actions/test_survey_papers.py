"""What of questionnaires leaves the computer: figures without names, names masked, all of it logged."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from app.actions.desk import Desk
from app.actions.surveys import filling, papers
from app.actions.surveys.filling import Whom
from app.store import Store
from tests.desks import Clock
from tests.unit.actions.surveying import ALWAYS, WHOM, ask, desk_of_six, home
from tests.unit.documents.pages import count, words


@pytest.fixture
def desk(store: Store) -> Desk:
    found = desk_of_six(store, Clock())
    ask(found, "home", WHOM, mouths=3, more="我家蒋桂英的屋漏")
    ask(found, "home", Whom(home(1)), anonymous=True)
    filling.refused(found, "home", Whom(home(2)))
    return found


def cells(path: Path) -> list[Any]:
    book = load_workbook(BytesIO(path.read_bytes()))
    return [cell.value for sheet in book for row in sheet for cell in row if cell.value is not None]


def last_lines(desk: Desk) -> list[str]:
    rows = desk.store._db.execute("SELECT verb, detail FROM audit ORDER BY n DESC LIMIT 1").fetchall()
    return [f"{verb} {detail}" for verb, detail in rows]


def test_totals_go_out_as_figures_with_charts_and_nobody_in_them(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "totals.xlsx"
    papers.save_totals(desk, "home", ALWAYS, path)
    said = cells(path)
    assert 3 in said
    assert not [one for one in said if "蒋桂英" in str(one) or "屋漏" in str(one) or "田桂" in str(one)]
    book = load_workbook(BytesIO(path.read_bytes()))
    assert len(book.worksheets[0]._charts) == 9
    assert last_lines(desk) == ["export survey totals home"]


def test_who_was_asked_goes_out_with_masked_names(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "asked.xlsx"
    papers.save_asked(desk, "home", ALWAYS, path)
    said = [str(one) for one in cells(path)]
    assert {"记名答了", "问了，不记名", "不愿答"} <= set(said)
    assert not [one for one in said if "蒋桂英" in one or "田桂" in one]
    assert last_lines(desk) == ["export survey asked home 3"]


def test_the_binder_keeps_whole_names(desk: Desk) -> None:
    pdf = papers.asked_pdf(desk, "home", ALWAYS)
    said = "".join(words(pdf, page) for page in range(count(pdf)))
    assert "蒋桂英" in said
    assert "田桂一家" in said
    assert "一共问了3回" in said
