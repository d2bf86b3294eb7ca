"""Driving the visits page in tests the way a worker does: by its own controls, on a real store."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.actions.desk import Desk
from app.actions.visits import visits
from app.domain.visits.visit import Met, Visit
from tests.facts import GRANNY
from tests.ui.conftest import compose
from tests.ui.village import GRANDSON, OTHER_HOME, asked, open_village
from ui.forms.visits.visit_form import VisitForm
from ui.pages.visits import VisitsPage
from ui.tasks import Tasks


def opened_page(qtbot: QtBot, tasks: Tasks, folder: Path) -> Iterator[VisitsPage]:
    """The page in an office window, over a store with a handful of families."""
    made = VisitsPage(tasks)
    qtbot.addWidget(made)
    made.resize(1190, 628)
    open_village(tasks, made, folder)
    made.show()
    yield made
    made.leave()
    tasks.close(lambda desk: desk.store.close())


def begin(page: VisitsPage, **params: Any) -> VisitForm:
    page.open(**params)
    assert page.tasks.wait_idle()
    assert page.writing is not None
    return page.writing.form


def kept(page: VisitsPage, form: VisitForm) -> Visit:
    """The draft as it is on disk."""
    assert page.tasks.wait_idle()
    return asked(page.tasks, page, lambda desk: visits.resume(desk, form.session.visit.id))


def editor(form: VisitForm, name: str) -> Any:
    form.go_to_field(name)
    return form.page.rows[name].control


def choose(form: VisitForm, name: str, *codes: str, person: str = "") -> None:
    control = editor(form, name)
    choices = control.lines[person].choices if person else control
    for code in codes:
        buttons = {button.option.key: button for button in choices.group.buttons}
        if code not in buttons:
            buttons["…"].click()
            buttons = {button.option.key: button for button in choices.group.buttons}
        buttons[code].click()


def earn(form: VisitForm, name: str, yuan: str, proof: int = 0) -> None:
    told = form.session.visit.answers.get("income_changed")
    if "income_changed" in {one.id for one in form.session.situation.active(form.form)} and not told:
        choose(form, "income_changed", "first")
    control = editor(form, name)
    control.money.box.clear()
    compose(control.money.box, "", yuan)
    QTest.keyClick(control.money.box, Qt.Key.Key_Return)
    control.proof.buttons[proof].click()


def at_home(form: VisitForm) -> None:
    """What every visit at home must have, up to the signatures."""
    choose(form, "met", "home")
    choose(form, "purpose", "VP12")
    choose(form, "respondent", GRANNY)
    for one in (GRANNY, GRANDSON):
        choose(form, "members", "same", person=one)
    choose(form, "child_safety", "fine", person=GRANDSON)
    choose(form, "alive", "met", person=GRANNY)


def sign(form: VisitForm) -> None:
    """The worker with the pen on the screen, the old woman with her thumb on paper."""
    pad = editor(form, "signatures")._pad.pad
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=pad.rect().center())
    QTest.mouseMove(pad, pad.rect().center() / 2)
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton)
    signing = editor(form, "signatures")
    signing.group.buttons[1].click()
    signing._pad.thumb.click()


def visited(page: VisitsPage) -> str:
    """A household with a signed visit in which its crops brought 8600 元."""

    def work(desk: Desk) -> str:
        visits.throw_away(desk, visits.drafts(desk)[0].visit.id)
        visit = replace(
            visits.begin(desk, OTHER_HOME, purpose="VP01"),
            met=Met.HOME,
            respondent=GRANNY,
            signatures=("蒋",),
        )
        visits.finish(desk, visit.answered("farm_crop", {"fen": 860_000, "kind": "slip"}))
        return OTHER_HOME

    return asked(page.tasks, page, work)
