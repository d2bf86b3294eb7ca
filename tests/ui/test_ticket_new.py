"""A new ticket sees what is there already, spares a certificate, and asks no card of who has none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from app.actions.tickets import ticket_drafts
from app.domain.tickets.ticket import Disposition, State
from tests.facts import GRANNY, HOME
from tests.ui.ticket_driver import Driver, driving
from tests.ui.village import GRANDSON
from ui.forms.tickets.ticket_new import TicketNew
from ui.tasks import Tasks


@pytest.fixture
def driver(qtbot: QtBot, tasks: Tasks, tmp_path: Path) -> Iterator[Driver]:
    with driving(qtbot, tasks, tmp_path) as driver:
        yield driver


def _begun(driver: Driver, **params: object) -> TicketNew:
    driver.open(new=True, **params)
    form = driver.page.form
    assert form is not None
    return form


def _click(within: object, key: str) -> None:
    for button in within.buttons:  # type: ignore[attr-defined]  # a ChoiceGroup
        if button.option.key == key:
            assert isinstance(button, QAbstractButton)
            button.click()
            return
    raise AssertionError(key)


def test_a_ticket_that_is_there_already_is_gone_on_with(driver: Driver) -> None:
    ticket = driver.registered()
    form = _begun(driver, household=HOME, person=GRANNY)
    form.what.request.set_value("又来问读书钱。")
    form.keep()
    driver.settle()
    assert form.alike.isVisible()
    assert "接着办那张吗" in driver.words()
    form.alike.take.click()
    driver.settle()
    assert driver.page.form is None
    assert driver.page.head.number.text().endswith(driver.ticket(ticket).short_number)
    assert driver.do(ticket_drafts.unfinished) == ()  # type: ignore[comparison-overlap]  # any work


def test_another_matter_of_the_same_family_is_written_on(driver: Driver) -> None:
    driver.registered()
    form = _begun(driver, household=HOME, person=GRANNY)
    driver.settle()
    while form.alike.isVisible():
        form.alike.findChildren(QAbstractButton)[-1].click()
        form.alike.look(form._new)
        driver.settle()
    form.what.request.set_value("问高龄津贴。")
    driver.press()
    assert form.ticket is not None
    assert form.ticket.state is State.REGISTERED


def test_a_certificate_in_her_words_is_noticed_spared_and_handed_over_in_one_press(driver: Driver) -> None:
    form = _begun(driver, household=HOME, person=GRANNY)
    form.what.request.set_value("老头子走了，要村里开个死亡证明。")
    form.what.request.changed.emit()
    assert form.what.meant.isVisible()
    form.what._means_proof()
    assert form.what.proof.value()
    driver.press()
    ticket = form.ticket
    assert ticket is not None
    assert ticket.proof == form.what.proof.value()
    assert form.how.spared is not None
    place = form.how.spared.spared.place
    form.how.spared.button.click()
    driver.settle()
    kept = driver.ticket(ticket.id)
    assert (kept.disposition, kept.handed_to) == (Disposition.TRANSFER, place)
    assert driver.page.stack.currentWidget() is driver.page.paper, "her slip is in sight"
    assert kept.trips == ()


def test_who_gives_no_name_is_registered_all_the_same(driver: Driver) -> None:
    form = _begun(driver)
    _click(form.who.kind, "stranger")
    driver.press()
    assert driver.problem("visitor_name")
    _click(form.who.unnamed, "unnamed")
    driver.press()
    form.what.request.set_value("路过的，没吃饭，没带身份证。")
    _click(form.what.channel, "online")
    driver.press()
    assert form.ticket is not None
    assert (form.ticket.visitor_name, form.ticket.channel) == ("", "online")


def test_who_comes_for_somebody_else_says_what_they_are_to_each_other(driver: Driver) -> None:
    form = _begun(driver, household=HOME, person=GRANNY)
    form.bar.went.emit(0)
    driver.settle()
    assert not form.who.relation_field.isVisible()
    _click(form.who.subject, GRANDSON)
    assert form.who.relation_field.isVisible()
    _click(form.who.relation, "family")
    driver.press()
    form.what.request.set_value("给孙子问补助。")
    driver.press()
    assert form.ticket is not None
    assert (form.ticket.subject, form.ticket.relation) == (GRANDSON, "family")


def test_a_journey_says_what_prevents_the_next_one_and_who_went_along(driver: Driver) -> None:
    ticket = driver.decided(Disposition.INSTANT)
    driver.panel("trip")
    panel = driver.page.view.panel
    assert panel is not None
    panel.place.set_value("镇民政办")  # type: ignore[attr-defined]  # a TripPanel
    _click(panel.outcome, "vain")  # type: ignore[attr-defined]  # a TripPanel
    _click(panel.cause, "W02")  # type: ignore[attr-defined]  # a TripPanel
    assert "下次这样防" in panel.prevent.lead.text()  # type: ignore[attr-defined]  # a TripPanel
    panel.company.set_value("向海燕")  # type: ignore[attr-defined]  # a TripPanel
    driver.press()
    kept = driver.ticket(ticket)
    assert [(one.cause, one.where) for one in kept.trips] == [("W02", "镇民政办")]
    assert [(one.who, one.where) for one in kept.accompanied] == [("向海燕", "镇民政办")]
