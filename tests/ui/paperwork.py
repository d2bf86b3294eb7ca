"""Driving the page of application papers in tests: two printers in the room, a real store behind it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import shiboken6
from PySide6.QtWidgets import QApplication

from app.domain.papers.paperwork import FormKind
from tests.desks import Clock
from tests.policy import COUNTY
from tests.ui.village import furnished_desk
from ui import printing
from ui.forms.papers import paper_flow
from ui.pages.paperwork import PaperworkPage
from ui.tasks import Tasks
from ui.widgets.choice import ChoiceButton

PATIENCE_MS = 60_000  # the first paper of a run opens the typefaces


@contextmanager
def papers_page(tasks: Tasks, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PaperworkPage]:
    """The page at the office's size over the families of `tests.ui.village`."""
    monkeypatch.setattr(paper_flow, "SHEET_PX", 300)  # what is on the pages is looked at elsewhere
    monkeypatch.setattr(printing, "printers", lambda: ["村部打印机", "HP LaserJet 1020"])
    made = PaperworkPage(tasks)
    made.resize(1190, 628)
    tasks.open(made, lambda: furnished_desk(folder / "s.db", Clock(), COUNTY))
    assert tasks.wait_idle()
    made.show()
    yield made
    tasks.close(lambda desk: desk.store.close())
    shiboken6.delete(made)


def settle(page: PaperworkPage) -> None:
    for _ in range(3):
        assert page.tasks.wait_idle(PATIENCE_MS)
        QApplication.processEvents()


def begin(page: PaperworkPage, **params: Any) -> None:
    page.open(**params)
    settle(page)


def tick(page: PaperworkPage, kind: FormKind) -> None:
    button(page, kind).click()
    settle(page)


def button(page: PaperworkPage, kind: FormKind) -> ChoiceButton:
    return next(one for one in page.view.choice.kinds.buttons if one.option.key == kind.value)


def make(page: PaperworkPage) -> None:
    assert page.primary is page.view.make_button
    page.view.make_button.click()
    settle(page)
