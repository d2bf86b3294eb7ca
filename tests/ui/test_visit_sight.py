"""What is said beside a field is seen with its field, and nothing moves under a hand that is at work."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.facts import HOME
from tests.ui.conftest import compose
from tests.ui.visiting import at_home, begin, choose, editor, opened_page
from ui import theme
from ui.forms.panes import StepArea
from ui.forms.visits.visit_form import VisitForm
from ui.pages.visits import VisitsPage
from ui.tasks import Tasks
from ui.widgets.field import Field
from ui.widgets.signature import Pad

SMALL = (724, 532)  # the page in a window of 900×600
Mouse = Qt.FocusReason.MouseFocusReason


@pytest.fixture
def page(qtbot: QtBot, tasks: Tasks, tmp_path: Path) -> Iterator[VisitsPage]:
    for page in opened_page(qtbot, tasks, tmp_path):
        page.setMinimumSize(*SMALL)
        page.resize(*SMALL)
        page.activateWindow()
        yield page


@pytest.fixture
def form(page: VisitsPage) -> VisitForm:
    """A new visit at 蒋桂英's door, in a small window."""
    return begin(page, household=HOME)


@pytest.mark.parametrize("sized", [theme.Size.STANDARD, theme.Size.EXTRA], indirect=True)
def test_every_link_leads_to_a_field_in_sight_with_what_it_lacks(
    sized: theme.Size, page: VisitsPage, form: VisitForm
) -> None:
    choose(form, "met", "home")
    choose(form, "purpose", "VP04")
    form.go(5)
    lacking = [problem.field for problem in form.lacks.problems]
    assert len(lacking) > 20
    for name in lacking:
        form.go(5)
        _settle(page)
        place = [problem.field for problem in form.lacks.problems].index(name)
        form.lacks.buttons[place].click()
        _settle(page)
        row = form.page.rows[name]
        assert row.error, name
        _seen(form, row)
        assert _in_sight(_area(form), row.focusWidget() or row.label), name


@pytest.mark.parametrize("sized", list(theme.Size), indirect=True)
def test_signing_with_a_signature_missing_shows_that_it_is_missing(
    sized: theme.Size, page: VisitsPage, form: VisitForm
) -> None:
    at_home(form)
    form.go(5)
    bar = _area(form).verticalScrollBar()
    bar.setValue(bar.maximum())
    form.next.click()
    _settle(page)
    row = form.page.rows["signatures"]
    assert row.error == "还差 1 个人签字。"
    _seen(form, row)


def test_an_answer_missing_in_a_finding_is_said_in_that_finding_and_in_sight(
    page: VisitsPage, form: VisitForm
) -> None:
    at_home(form)
    card = editor(form, "findings").begin()
    compose(card.said.box, "", "屋顶漏雨")
    form.go(5)
    assert form.lacks.buttons
    form.lacks.buttons[0].click()
    _settle(page)
    assert card.rows["disposition"].error
    _seen(form, card.rows["disposition"])


def test_what_is_said_on_leaving_a_field_at_the_lower_edge_is_brought_into_sight(
    page: VisitsPage, form: VisitForm
) -> None:
    choose(form, "met", "home")
    editor(form, "house_area")
    row = _at_lower_edge(page, form, "house_area")
    QTest.keyClicks(row.control.box, "9999")
    form.later.setFocus(Mouse)
    _settle(page)
    assert row.error == "这里填数，最多 2000平方米。"
    _seen(form, row)


def test_the_repairs_of_an_odd_sum_are_brought_into_sight(page: VisitsPage, form: VisitForm) -> None:
    choose(form, "met", "home")
    money = editor(form, "farm_crop").money
    money.last_fen = 860_000
    row = _at_lower_edge(page, form, "farm_crop")
    compose(money.box, "", "860000")
    QTest.keyClick(money.box, Qt.Key.Key_Return)
    _settle(page)
    assert [button.text() for button in row.buttons] == ["改成 8600", "没有错"]
    _seen(form, row)
    assert all(_in_sight(_area(form), button) for button in row.buttons)


def test_a_hand_that_went_on_to_another_field_keeps_it_where_it_is(page: VisitsPage, form: VisitForm) -> None:
    choose(form, "met", "home")
    left, gone_to = editor(form, "wage").money.box, form.page.rows["farm_crop"].control.money.box
    _settle(page)
    left.setFocus(Mouse)
    compose(left, "", "很多钱")
    before = gone_to.mapTo(page, QPoint(0, 0))
    gone_to.setFocus(Mouse)
    _settle(page)
    assert form.page.rows["wage"].error
    assert gone_to.mapTo(page, QPoint(0, 0)) == before


def test_tab_shows_the_new_field_and_what_was_said_of_the_old_one(page: VisitsPage, form: VisitForm) -> None:
    choose(form, "met", "home")
    editor(form, "house_area")
    row = _at_lower_edge(page, form, "house_area")
    QTest.keyClicks(row.control.box, "9999")
    QTest.keyClick(row.control.box, Qt.Key.Key_Tab)
    _settle(page)
    assert row.error
    now = page.focusWidget()
    assert now is not None
    assert not row.isAncestorOf(now)
    assert _in_sight(_area(form), row.message)
    assert _in_sight(_area(form), now)


@pytest.mark.parametrize("sized", list(theme.Size), indirect=True)
@pytest.mark.parametrize("told", [False, True], ids=["herself", "by another"])
def test_nothing_moves_under_the_pen(
    sized: theme.Size, told: bool, page: VisitsPage, form: VisitForm
) -> None:
    at_home(form)
    form.go(5)
    form.next.click()  # what is missing is said there, and goes with the first stroke
    signing = editor(form, "signatures")
    for signer in (0, 1):
        signing.group.buttons[signer].click()
        if told:
            signing.proxy.click()
        pad = signing._pad.pad
        bar = _area(form).verticalScrollBar()
        _settle(page)
        bar.setValue(bar.maximum())
        bar.setValue(max(0, min(bar.maximum(), pad.mapTo(form.page, QPoint(0, 0)).y())))
        _settle(page)
        place = QRect(pad.mapTo(page, QPoint(0, 0)), pad.size())
        for stroke in range(2):
            _write(pad)
            _settle(page)
            assert signing._pad.pad is pad, "the sheet is not taken away"
            assert QRect(pad.mapTo(page, QPoint(0, 0)), pad.size()) == place
            assert len(pad.strokes) == stroke + 1
    assert len(form.session.visit.signatures) == (0 if told else 2)


def test_what_is_saved_meanwhile_does_not_lift_the_pen(page: VisitsPage, form: VisitForm) -> None:
    at_home(form)
    pad = editor(form, "signatures")._pad.pad
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(50, 50))
    form.session.changed.emit("phone")
    QTest.mouseMove(pad, QPoint(90, 80))
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(90, 80))
    assert editor(form, "signatures")._pad.pad is pad
    assert form.session.visit.answers["strokes"]


def test_a_stroke_counts_once_it_is_told_who_signs(page: VisitsPage, form: VisitForm) -> None:
    at_home(form)
    signing = editor(form, "signatures")
    signing.group.buttons[1].click()
    signing.proxy.click()
    _write(signing._pad.pad)
    assert signing.state.text() == "上面三格还没写全，写全才算。"
    assert form.session.visit.signatures == ()
    for name, words in (("by", "田国富"), ("relation", "邻居"), ("why", "手抖写不了")):
        compose(signing.panel.boxes[name], "", words)
    signing.panel.boxes["why"].editingFinished.emit()
    assert form.session.visit.signatures == ("蒋桂英",)
    assert signing.state.text() == "蒋桂英 代签：田国富（邻居），手抖写不了"


def _write(pad: Pad) -> None:
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(60, 60))
    QTest.mouseMove(pad, QPoint(120, 90))
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(120, 90))


def _area(form: VisitForm) -> StepArea:
    return form._areas[form.steps[form.place]]


def _in_sight(area: StepArea, one: QWidget) -> bool:
    return one.isVisible() and area.viewport().rect().contains(
        QRect(one.mapTo(area.viewport(), QPoint(0, 0)), one.size())
    )


def _seen(form: VisitForm, row: Field) -> None:
    """All of the field where it fits, else its beginning; what is said of it in any case."""
    area = _area(form)
    assert row.message.isVisible()
    assert _in_sight(area, row.message), row.error
    if row.height() <= area.viewport().height():
        assert _in_sight(area, row), row.error
    elif row.label.isVisible():
        assert _in_sight(area, row.label), row.error


def _at_lower_edge(page: VisitsPage, form: VisitForm, name: str) -> Field:
    """Scrolled so far that the field ends right where the sight ends."""
    _settle(page)
    row, area = form.page.rows[name], _area(form)
    end = row.mapTo(form.page, QPoint(0, row.height())).y()
    area.verticalScrollBar().setValue(end - area.viewport().height())
    return row


def _settle(page: VisitsPage) -> None:
    assert page.tasks.wait_idle()
    for _ in range(3):
        QApplication.processEvents()
