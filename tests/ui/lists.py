"""Driving the checklist page in tests: a real store behind it, and the few steps every story begins with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import shiboken6

from app.actions.checklists import checklists
from app.domain.checklists.checklist import Checklist
from tests.desks import Clock
from tests.facts import GRANNY
from tests.policy import COUNTY
from tests.ui.village import GRANDSON, asked, furnished_desk
from ui.forms.checklists.checklist_parts import PapersPart
from ui.forms.checklists.place_form import PlaceForm
from ui.pages.checklists import ChecklistsPage
from ui.tasks import Tasks

PATIENCE_MS = 30_000  # a busy machine draws the first paper slowly; what is done is seen at once


@contextmanager
def lists_page(tasks: Tasks, folder: Path, clock: Clock) -> Iterator[ChecklistsPage]:
    """The page at the office's size, over the families of `tests.ui.village` and the county's pack."""
    made = ChecklistsPage(tasks)
    made.resize(1190, 628)
    tasks.open(made, lambda: furnished_desk(folder / "s.db", clock, COUNTY))
    assert tasks.wait_idle(PATIENCE_MS)
    made.show()
    yield made
    tasks.close(lambda desk: desk.store.close())
    shiboken6.delete(made)


def settle(page: ChecklistsPage) -> None:
    assert page.tasks.wait_idle(PATIENCE_MS)
    if page.preview.soon.isActive():  # the pause before the paper is drawn anew
        page.preview.soon.stop()
        page.preview.draw()
    assert page.tasks.wait_idle(PATIENCE_MS)


def begin(page: ChecklistsPage, item: str = "GE", child: str = GRANDSON) -> Checklist:
    page.open(new=True, person=GRANNY, item=item, beneficiary=child)
    settle(page)
    page.beginning.begin_button.click()
    settle(page)
    assert page.builder.checklist is not None
    return page.builder.checklist


def kept(page: ChecklistsPage) -> Checklist:
    key = page._id
    return asked(page.tasks, page, lambda desk: checklists.get(desk, key))


def rows(page: ChecklistsPage) -> PapersPart:
    assert isinstance(page.builder.content, PapersPart)
    return page.builder.content


def place(page: ChecklistsPage) -> PlaceForm:
    page.builder.parts.buttons[2].click()
    assert isinstance(page.builder.content, PlaceForm)
    return page.builder.content


def go_print(page: ChecklistsPage) -> None:
    page.builder.print_button.click()
    settle(page)
