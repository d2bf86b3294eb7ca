"""A list made from an older pack says what the county changed, and one click takes it over."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from app import packs
from app.actions.checklists import checklists
from tests.desks import Clock
from tests.policy import COUNTY
from tests.ui.lists import begin, kept, lists_page, rows, settle
from tests.ui.village import asked
from ui.forms.checklists.place_form import PlaceForm
from ui.pages.checklists import ChecklistsPage
from ui.pages.today import TodayPage
from ui.tasks import Tasks


@pytest.fixture
def page(tasks: Tasks, tmp_path: Path) -> Iterator[ChecklistsPage]:
    with lists_page(tasks, tmp_path, Clock()) as made:
        yield made


def next_pack(page: ChecklistsPage, folder: Path) -> None:
    """The county moves the town's window and asks for more copies; the desk works by that from now on."""
    shutil.copytree(COUNTY, folder)
    for file, old, new in (
        ("pack.toml", 'version = "1"', 'version = "2"'),
        ("offices.toml", 'window = "3"', 'window = "4"'),
        ("offices.toml", '"154-0000-2202"', '"154-0000-2299"'),
        ("offices.toml", 'closed = "周六 周日"', 'closed = "周日"'),
    ):
        (folder / file).write_text((folder / file).read_text("utf-8").replace(old, new), "utf-8")
    pack = packs.load(packs.reference(), folder)
    page.tasks.change(page, lambda desk: replace(desk, pack=pack))
    assert page.tasks.wait_idle()


def test_nothing_is_said_of_a_list_that_is_up_to_date(page: ChecklistsPage) -> None:
    begin(page)
    assert not page.builder.changes.isVisible()


def test_what_changed_stands_on_the_list_and_one_click_takes_it_over(
    page: ChecklistsPage, tmp_path: Path
) -> None:
    made = begin(page)
    rows(page).rows[0].held.emit(True)
    settle(page)
    next_pack(page, tmp_path / "next")
    page.open()
    settle(page)
    (row,) = page.list.rows.rows()
    assert row.chip.startswith("县里改了 ")
    page.list.opened.emit(made.id)
    settle(page)
    note = page.builder.changes
    assert note.isVisible()
    assert note.text.text().endswith("几号窗从 3 改成 4")
    assert note.all_button.isVisible()
    note.all_button.click()
    told = [label.text() for label in page.builder.area.widget().findChildren(QLabel) if label.text()]
    assert len(told) == int(row.chip.split()[1])
    assert any("哪天不开门从 周六 周日 改成 周日" in words for words in told)
    page.builder.parts.buttons[0].click()
    assert rows(page).rows[0].tick.values()
    note.renew_button.click()
    settle(page)
    assert not note.isVisible()
    new = kept(page)
    assert [step.place.window for step in new.steps if step.place.window == "3"] == []
    assert new.steps[0].papers[0].held
    page.open()
    settle(page)
    assert page.list.rows.rows()[0].chip == "还没打"


def test_what_is_typed_and_not_yet_kept_is_hers_too(page: ChecklistsPage, tmp_path: Path) -> None:
    made = begin(page)
    next_pack(page, tmp_path / "next")
    page.open(checklist=made.id)
    settle(page)
    town = next(n for n, step in enumerate(made.steps) if step.place.window == "3")
    page.builder.show_list(made, place=town)
    form = page.builder.content
    assert isinstance(form, PlaceForm)
    form.boxes["window"].setText("9")
    page.builder.changes.renew_button.click()
    settle(page)
    assert kept(page).steps[town].place.window == "9"
    assert kept(page).steps[town].place.phone2 == "154-0000-2299"


def test_the_day_begins_with_it(page: ChecklistsPage, tmp_path: Path) -> None:
    made = begin(page)
    next_pack(page, tmp_path / "next")
    day = TodayPage(page.tasks)
    went: list[tuple[str, object]] = []
    day.navigate.connect(lambda name, params: went.append((name, params)))
    day.open()
    assert page.tasks.wait_idle()
    assert day.agenda is not None
    entry = next(one for one in day.agenda.entries if one.page == "checklists")
    day.list.opened.emit(entry)
    assert went == [("checklists", {"checklist": made.id})]
    asked(page.tasks, page, lambda desk: checklists.get(desk, made.id))
    day.deleteLater()
