"""Application papers on the screen: only what was looked at is printed, and every look is written down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QPageLayout
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog

from app.actions.checklists import checklists
from app.actions.paperwork import paperwork
from app.actions.paperwork.paperwork import Wanted
from app.documents.preview import page_count
from app.domain.checklists.print_job import PrintLook
from app.domain.papers.paperwork import FormKind
from tests.facts import GRANNY, HOME
from tests.ui.paperwork import begin, make, papers_page, settle, tick
from tests.ui.village import GONE_HOME, GRANDSON, OTHER_HOME, asked
from tests.unit.documents.cases import signed_visit
from ui import notices, printing
from ui.pages.paperwork import PaperworkPage
from ui.tasks import Tasks
from ui.widgets.words import Button

PATIENCE_MS = 60_000  # the first paper of a run opens the typefaces
WINDOWS = ((1366, 696), (1093, 614), (900, 600))


@pytest.fixture
def page(tasks: Tasks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PaperworkPage]:
    with papers_page(tasks, tmp_path, monkeypatch) as made:
        yield made


def log(page: PaperworkPage) -> list[str]:
    lines = asked(page.tasks, page, lambda desk: desk.store.audit.lines(HOME))
    return [line.verb for line in lines if "application" in line.verb]


def test_the_matters_of_the_family_stand_in_front_and_the_others_unfold(page: PaperworkPage) -> None:
    begin(page, household=HOME)
    items = page.view.choice.items
    assert [one.text() for one in items.kinds.buttons][:2] == ["这家的事", "过日子"]
    assert items.choices.buttons[0].text() == "孤儿基本生活费"
    assert "最低生活保障" not in [one.text() for one in items.choices.buttons]
    items.kinds.buttons[1].click()
    found = next(one for one in items.choices.buttons if one.text() == "最低生活保障")
    assert not items.values()
    found.click()
    settle(page)
    assert items.values() == page.view.wanted().items == ("DB",)
    assert page.view.choice.kinds.isVisible()


def test_the_usual_papers_are_ticked_and_what_cannot_be_made_says_why(page: PaperworkPage) -> None:
    begin(page, household=HOME, items=("DB",))
    assert page.view.wanted().kinds == (
        FormKind.APPLICATION,
        FormKind.AUTHORISATION,
        FormKind.DECLARATION,
        FormKind.COMMITMENT,
    )
    assert page.view.choice.refusals.text() == "入户调查表：还没有签好的经济调查走访。先去走访，两个人去。"
    assert page.view.choice.unchecked.isVisible(), "nobody has compared the words with the county's form"


def test_a_childs_matter_names_the_child_and_is_not_posted(page: PaperworkPage) -> None:
    begin(page, household=HOME, items=("GE",))
    assert page.view.wanted().subject == GRANDSON
    assert "公示：孩子的事不公示，不贴墙。" in page.view.choice.refusals.text()
    assert FormKind.NOTICE.value not in [one.option.key for one in page.view.choice.kinds.buttons]


def test_what_she_ticks_stays_ticked_while_she_chooses_on(page: PaperworkPage) -> None:
    begin(page, household=HOME, items=("CS",))
    tick(page, FormKind.COMMITMENT)
    tick(page, FormKind.MANDATE)
    subject = page.view.choice.subject
    assert [one.text() for one in subject.buttons] == ["何子航", "不是给孩子办"]
    subject.buttons[0].click()
    settle(page)
    assert page.view.wanted() == Wanted(
        HOME, ("CS",), GRANNY, GRANDSON, kinds=(FormKind.APPLICATION, FormKind.MANDATE)
    )
    begin(page, household=HOME, items=("CS",))
    assert FormKind.COMMITMENT in page.view.wanted().kinds, "another time begins anew"


def test_the_papers_are_shown_before_they_can_be_printed(page: PaperworkPage) -> None:
    begin(page, household=HOME, items=("DB",))
    assert not page.view.print_button.isVisible()
    with notices.recorded() as heard:
        make(page)
    assert [one.words for one in heard] == ["已记下：您看了蒋桂英家的材料，上面有身份证全号。"]
    pages = page.view.pane.paper.page_count()
    assert pages == 6
    assert page.view.pane.number.text() == "第 1 张，共 6 张"
    assert page.primary is page.view.print_button
    assert not page.view.make_button.isVisible()
    assert log(page) == ["look at application papers"]


def test_pages_are_turned_by_buttons(page: PaperworkPage) -> None:
    begin(page, household=HOME, items=("DB",))
    make(page)
    pane = page.view.pane
    assert not pane.earlier.isEnabled()
    for _ in range(5):
        pane.later.click()
    assert pane.number.text() == "第 6 张，共 6 张"
    assert not pane.later.isEnabled()
    pane.earlier.click()
    assert pane.paper.page == 4


def test_another_choice_takes_the_pages_away(page: PaperworkPage) -> None:
    begin(page, household=HOME, items=("DB",))
    make(page)
    tick(page, FormKind.COMMITMENT)
    assert page.view.pane.paper.page_count() == 0
    assert page.primary is page.view.make_button
    assert not page.view.save_button.isVisible()


def test_leaving_takes_whole_numbers_out_of_sight(page: PaperworkPage) -> None:
    begin(page, household=HOME, items=("DB",))
    make(page)
    page.leave()
    assert page.view.pane.paper.page_count() == 0


def test_a_notice_is_made_alone_and_carries_no_number(page: PaperworkPage) -> None:
    begin(page, household=HOME, items=("DB",))
    tick(page, FormKind.NOTICE)
    assert page.view.wanted().kinds == (FormKind.NOTICE,)
    assert page.view.choice.hint.isVisible()
    with notices.recorded() as heard:
        make(page)
    assert heard == [], "nobody's number was looked at"
    tick(page, FormKind.DECLARATION)
    assert page.view.wanted().kinds == (FormKind.DECLARATION,)


def test_a_signed_investigation_offers_the_survey(page: PaperworkPage) -> None:
    def sign(desk: Any) -> None:
        with desk.unit("visit") as unit:
            unit.save(replace(signed_visit(), household=HOME))

    asked(page.tasks, page, sign)
    begin(page, household=HOME, items=("DB",))
    tick(page, FormKind.SURVEY)
    assert FormKind.SURVEY in page.view.wanted().kinds


def test_what_came_out_is_logged_and_what_did_not_can_be_printed_again(
    page: PaperworkPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(page, household=HOME, items=("DB",))
    make(page)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    asked_for: list[tuple[str, PrintLook]] = []

    def named(title: str, look: PrintLook) -> QPrinter:
        asked_for.append((title, look))
        return printing.a4(printer, title, look)

    monkeypatch.setattr(printing, "named", named)
    monkeypatch.setattr(printing, "stands_still", lambda _printer: False)  # it writes a file
    page.view.print_button.click()
    settle(page)
    assert page_count((tmp_path / "out.pdf").read_bytes()) == 6
    assert asked_for == [("申请材料", PrintLook("村部打印机", 1))], "a queue learns nobody's name"
    assert printer.pageLayout().orientation() is QPageLayout.Orientation.Portrait
    page.view.outcome.bad.click()
    settle(page)
    assert page.view.trouble.lead.text() == "打印机没反应。看看电源和纸。"
    assert log(page) == ["look at application papers"], "nothing came out, nothing is noted"
    page.view.print_button.click()
    settle(page)
    assert page.primary is page.view.outcome.good
    page.view.outcome.good.click()
    settle(page)
    assert log(page) == ["look at application papers", "print application papers"]


def test_the_file_holds_the_very_bytes_and_its_name_says_whose(
    page: PaperworkPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(page, household=HOME, items=("DB",))
    make(page)
    offered: list[str] = []

    def ask(_parent: Any, _title: str, name: str, _kinds: str) -> tuple[str, str]:
        offered.append(Path(name).name)
        return str(tmp_path / "材料"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    page.view.save_button.click()
    settle(page)
    assert offered == [], "what leaves unlocked is warned of first"
    page.view.warning.do.click()
    settle(page)
    wanted = page.view.wanted()
    saved = (tmp_path / "材料.pdf").read_bytes()
    assert saved == asked(page.tasks, page, lambda desk: paperwork.make(desk, wanted))
    tick(page, FormKind.NOTICE)
    make(page)
    page.view.save_button.click()
    settle(page)
    assert offered == ["蒋桂英家 申请材料.pdf", "公示.pdf"], "a notice travels under nobody's name"


def test_a_mistake_is_said_on_the_page(page: PaperworkPage) -> None:
    begin(page, household=HOME)
    page.view.make_button.click()
    settle(page)
    assert page.note.lead.text() == "还没选办什么事。"
    begin(page, household=GONE_HOME)
    assert "不能再申请" in page.note.lead.text()


def test_it_goes_back_where_it_came_from(page: PaperworkPage) -> None:
    went: list[tuple[str, dict[str, Any]]] = []
    page.navigate.connect(lambda name, params: went.append((name, params)))
    begin(page, household=OTHER_HOME)
    page.back_button.click()
    made = asked(
        page.tasks, page, lambda desk: checklists.begin(desk, "GE", applicant=GRANNY, beneficiary=GRANDSON)
    )
    begin(page, checklist=made.id)
    assert page.view.wanted().items == ("GE",)
    page.back_button.click()
    page.view.back_button.click()
    back = ("checklists", {"checklist": made.id})
    assert went == [("households", {"household": OTHER_HOME}), back, back]


def test_exactly_one_button_is_filled_in_every_state(page: PaperworkPage) -> None:
    begin(page, household=HOME, items=("DB",))
    for act in (lambda: None, lambda: make(page), page.view.ask, page.view.silent):
        act()
        filled = [
            one for one in page.findChildren(Button) if one.property("role") == "main" and one.isVisible()
        ]
        assert filled == [page.primary]
