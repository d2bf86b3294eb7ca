"""要开证明: found by the words people use, answered with whom to ring, and nobody is sent to the village."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.actions.tickets import ticket_views
from app.domain.packs.proof import ASKED
from app.domain.tickets.ticket import Ticket
from tests.facts import GRANNY
from tests.ui.ticket_driver import Driver, driving
from ui.forms.tickets.ticket_new import TicketNew
from ui.tasks import Tasks
from ui.widgets.words import Button

POLICE = "派出所"  # the reference pack knows the place, and no telephone


@pytest.fixture
def driver(qtbot: QtBot, tasks: Tasks, tmp_path: Path) -> Iterator[Driver]:
    with driving(qtbot, tasks, tmp_path) as driver:
        yield driver


def asking(driver: Driver, words: str) -> TicketNew:
    driver.open(new=True, person=GRANNY)
    form = driver.page.form
    assert form is not None
    form.what.request.setPlainText(words)
    form.what.asks.buttons[0].click()
    driver.settle()
    return form


def filled(driver: Driver) -> list[Button]:
    seen = (one for one in driver.page.findChildren(Button) if one.isVisible())
    return [one for one in seen if one.property("role") == "main"]


def test_her_own_words_name_the_certificate_and_whom_to_ring(driver: Driver) -> None:
    form = asking(driver, "伢儿当兵政审，要开个没犯过法的证明")
    assert form.what.proof.value() == "Z05"
    shown = driver.words()
    assert "这个证明村里不该开。不用群众跑，我们去问。" in shown
    assert "本人带身份证到派出所开" in shown
    assert "派出所的电话县里还没写，问镇里。" in shown


def test_it_is_registered_under_its_name_and_handed_to_who_decides(driver: Driver) -> None:
    form = asking(driver, "政审要开没犯过法的证明")
    driver.press()
    assert form.ticket is not None
    number = form.ticket.id
    kept: Ticket = driver.ticket(number)
    assert kept.items == ("Z05",)
    assert form.course.where.buttons[0].option.words == POLICE
    assert form.course.where.buttons[0].accessibleName() == f"转给谁，{POLICE}"
    choices = driver.do(ticket_views.choices)
    assert choices.item_names(kept.items) == "要开无犯罪记录证明"  # type: ignore[attr-defined]  # any answer
    assert form.how.spared is not None
    assert filled(driver) == [form.how.spared.button], "what to do instead comes first"
    assert driver.page.primary is form.how.spared.button
    form.course.picker.cards[1].click()
    assert filled(driver) == [form.main]
    form.course.where.buttons[0].click()
    driver.press()
    assert driver.ticket(number).handed_to == POLICE


def test_a_certificate_nobody_named_is_still_registered(driver: Driver) -> None:
    form = asking(driver, "村里给盖个章")
    assert form.what.proof.value() == ""
    assert not form.what.proof.note.isVisible()
    driver.press()
    assert form.ticket is not None
    assert driver.ticket(form.ticket.id).items == (ASKED,)


def test_the_page_for_her_is_begun_from_the_ticket(driver: Driver) -> None:
    form = asking(driver, "要开残疾证明")
    driver.press()
    assert form.ticket is not None
    ticket = form.ticket.id
    driver.open(ticket=ticket)
    driver.page._go_for("list")
    assert driver.went[-1][0] == "checklists"
    assert (driver.went[-1][1]["item"], driver.went[-1][1]["person"]) == ("Z13", GRANNY)


def test_what_was_asked_for_is_still_there_when_she_comes_back(driver: Driver) -> None:
    form = asking(driver, "政审要开没犯过法的证明")
    form.keep()
    driver.settle()
    driver.open()
    driver.open(draft=form._new.id)
    form = driver.page.form
    assert form is not None
    assert form.what.asks.values() == (ASKED,)
    assert form.what.proof.value() == "Z05"
    assert form.what.filled(form._new).items == ("Z05",)
