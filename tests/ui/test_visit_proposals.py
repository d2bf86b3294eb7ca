"""What answers point at is one press from a finding; what does not fit and what helps is said there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.facts import GRANNY, HOME
from tests.ui.village import GRANDSON, OTHER_HOME
from tests.ui.visiting import begin, choose, earn, editor, kept, opened_page, visited
from ui.forms.visits.findings import FindingsEditor
from ui.forms.visits.visit_form import VisitForm
from ui.pages.visits import VisitsPage
from ui.tasks import Tasks


@pytest.fixture
def page(qtbot: QtBot, tasks: Tasks, tmp_path: Path) -> Iterator[VisitsPage]:
    yield from opened_page(qtbot, tasks, tmp_path)


@pytest.fixture
def form(page: VisitsPage) -> VisitForm:
    """An application inquiry at 蒋桂英's."""
    made = begin(page, household=HOME)
    choose(made, "met", "home")
    choose(made, "purpose", "VP04")
    return made


def said(form: VisitForm, name: str) -> str:
    """The note below a question; "" when there is none."""
    form.go_to_field(name)
    note = form.page.remarks.notes[name]
    return note.lead.text() if not note.isHidden() else ""


def findings(form: VisitForm) -> FindingsEditor:
    found = editor(form, "findings")
    assert isinstance(found, FindingsEditor)
    return found


def test_an_unsafe_house_is_one_press_from_an_urgent_finding(page: VisitsPage, form: VisitForm) -> None:
    choose(form, "house_grade", "d")
    assert "findings" in {problem.field for problem in form.session.missing()}
    offered = findings(form).offered
    assert [button.text() for button in offered.values()] == ["急难：D 级危房，还住着人"]
    next(iter(offered.values())).click()
    (finding,) = kept(page, form).answers["findings"]
    assert (finding["words"], finding["urgent"], finding["from"]) == (
        "D 级危房，还住着人", True, "house_grade:d",
    )  # fmt: skip
    assert not findings(form).offered
    assert findings(form).cards[0].press.value() == ["urgent"]


def test_a_finding_taken_away_again_is_offered_again(form: VisitForm) -> None:
    choose(form, "hazards", "wire")
    next(iter(findings(form).offered.values())).click()
    findings(form).cards[0].remove.click()
    assert list(findings(form).offered) == ["hazards:wire"]


def test_a_need_says_which_policies_may_help(form: VisitForm) -> None:
    choose(form, "needs", "medical")
    assert said(form, "needs").startswith("可以看：医疗救助、临时救助")
    next(iter(findings(form).offered.values())).click()
    assert set(findings(form).cards[0].items.value() or ()) == {"YJ", "LS", "GX"}


def test_what_does_not_fit_is_said_beside_the_answer(form: VisitForm) -> None:
    choose(form, "left_behind", "both", person=GRANDSON)
    choose(form, "child_guardian", "parents", person=GRANDSON)
    assert said(form, "child_guardian") == "何子航：说爸妈在带，又说两个都不在家。"
    choose(form, "child_guardian", "grand", person=GRANDSON)
    assert said(form, "child_guardian") == ""
    choose(form, "mode", "phone")
    assert "进他家的门" in said(form, "mode")


def test_leaflets_are_pointed_at_and_counted(page: VisitsPage, form: VisitForm) -> None:
    control = editor(form, "materials_given")
    control.group.buttons[1].click()
    control.steppers["低保告知单"].more.click()
    assert kept(page, form).answers["materials_given"] == [{"what": "低保告知单", "copies": 2}]
    assert not control._rows["低保告知单"].isHidden()
    again = begin(page, draft=form.session.visit.id)
    assert editor(again, "materials_given").value() == [{"what": "低保告知单", "copies": 2}]


def test_a_visit_after_somebody_came_names_the_matter(page: VisitsPage, form: VisitForm) -> None:
    choose(form, "purpose", "VP13")
    assert "ticket" in {problem.field for problem in form.session.missing()}
    control = editor(form, "ticket")
    assert [button.text().split("（")[0] for button in control.group.buttons] == ["孤儿基本生活费"]
    control.group.buttons[0].click()
    assert (kept(page, form).ticket, kept(page, form).origin) == (control.value(), "ticket")
    form.go_to_field("progress_told")
    assert (
        "孤儿基本生活费"
        in form.page.rows["progress_told"].control.lines[control.value()].choices.accessibleName()
    )


def test_what_changed_since_last_time_is_marked(page: VisitsPage) -> None:
    form = begin(page, household=visited(page))
    assert form.session.sitting.household.id == OTHER_HOME
    choose(form, "met", "home")
    earn(form, "farm_crop", "5000")
    texts = [label.text() for label in form.aside.findChildren(QLabel)]
    assert "这次：5000" in texts


def test_the_six_abilities_come_to_a_level_at_once(form: VisitForm) -> None:
    choose(form, "abilities_lost", "bath", "walk", person=GRANNY)
    line = form.page.rows["abilities_lost"].control.lines[GRANNY]
    assert line.verdict.text() == "部分自理（2 样做不了）"
