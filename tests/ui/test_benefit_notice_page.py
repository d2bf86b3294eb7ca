"""The sheet for the wall inside the house: one press from the family, and noted when it came out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtPrintSupport import QPrinter

from app.actions.desk import Desk
from app.domain.people.person import Benefit, Person
from tests.facts import GRANNY, HOME
from tests.ui.paperwork import begin, papers_page, settle
from tests.ui.village import asked
from ui import printing
from ui.pages.paperwork import PaperworkPage
from ui.tasks import Tasks


@pytest.fixture
def page(tasks: Tasks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PaperworkPage]:
    with papers_page(tasks, tmp_path, monkeypatch) as made:
        yield made


def give(page: PaperworkPage) -> None:
    def enter(desk: Desk) -> None:
        granny = desk.store.reading.get(Person, GRANNY)
        with desk.unit("benefit") as unit:
            unit.save(replace(granny, benefits=(Benefit("GL", None, 10000),)))

    asked(page.tasks, page, enter)


def log(page: PaperworkPage) -> list[str]:
    lines = asked(page.tasks, page, lambda desk: desk.store.audit.lines(HOME))
    return [one.verb for one in lines if "notice" in one.verb or "papers" in one.verb]


def test_it_is_made_at_once_and_nothing_has_to_be_chosen(page: PaperworkPage) -> None:
    give(page)
    begin(page, household=HOME, wall=True)
    assert page.title_label.text().endswith("户内告知单")
    assert page.view.choice.isHidden()
    assert page.view.pane.paper.page_count() == 1
    assert page.primary is page.view.print_button
    assert log(page) == [], "it shows no number: looking leaves no line"


def test_only_what_came_out_is_noted(
    page: PaperworkPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    give(page)
    begin(page, household=HOME, wall=True)
    titles: list[str] = []

    def named(title: str, _look: Any) -> QPrinter:
        titles.append(title)
        printer = QPrinter()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "out.pdf"))
        return printer

    monkeypatch.setattr(printing, "named", named)
    monkeypatch.setattr(printing, "stands_still", lambda _printer: False)  # it writes a file
    page.view.print_button.click()
    settle(page)
    assert log(page) == []
    page.view.outcome.good.click()
    settle(page)
    assert log(page) == ["print benefit notice"]
    assert titles == ["户内告知单"]


def test_a_family_that_draws_nothing_is_told_so(page: PaperworkPage) -> None:
    begin(page, household=HOME, wall=True)
    assert "没有可打的" in page.note.lead.text()


def test_another_time_the_papers_are_chosen_again(page: PaperworkPage) -> None:
    give(page)
    begin(page, household=HOME, wall=True)
    begin(page, household=HOME, items=("DB",))
    assert not page.view.choice.isHidden()
    assert page.title_label.text().endswith("申请材料")
