"""The sheet is printed, signed by hand, and its page photographed: only then is the visit signed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.actions.visits import visits
from app.domain.photo import read_photos
from tests.facts import HOME
from tests.ui.photographing import add, picture, strip_of
from tests.ui.village import asked
from tests.ui.visiting import at_home, begin, editor, kept, opened_page
from ui.forms.visits.signing import SigningEditor
from ui.forms.visits.visit_form import VisitForm
from ui.pages.paper import PaperPage
from ui.pages.visits import VisitsPage
from ui.tasks import Tasks
from ui.workspace import Workspace


@pytest.fixture
def page(qtbot: QtBot, tasks: Tasks, tmp_path: Path) -> Iterator[VisitsPage]:
    yield from opened_page(qtbot, tasks, tmp_path)


@pytest.fixture
def form(page: VisitsPage) -> VisitForm:
    made = begin(page, household=HOME)
    at_home(made)
    return made


def signing(form: VisitForm) -> SigningEditor:
    control = editor(form, "signatures")
    assert isinstance(control, SigningEditor)
    return control


def test_the_sheet_is_printed_as_it_stands_and_leads_back(page: VisitsPage, form: VisitForm) -> None:
    gone: list[tuple[str, dict[str, object]]] = []
    page.navigate.connect(lambda name, params: gone.append((name, params)))
    control = signing(form)
    assert not control.sheet.isVisible()
    control.paper.click()
    assert control.sheet.isVisible()
    assert control.sheet.print.hasFocus()
    control.sheet.print.click()
    draft = form.session.visit.id
    assert gone == [("paper", {"document": "visit", "subject": draft, "back": ("visits", {"draft": draft})})]
    assert kept(page, form).id == draft


def test_the_paper_is_seen_and_the_way_back_ends_at_the_signatures(
    qtbot: QtBot, tasks: Tasks, page: VisitsPage, form: VisitForm
) -> None:
    space = Workspace(
        {"visits": lambda: page, "paper": lambda: PaperPage(tasks)}, village="枫香村", worker="向"
    )
    qtbot.addWidget(space)
    space.resize(1366, 696)
    space.show()
    space.go("visits", draft=form.session.visit.id)
    assert tasks.wait_idle()
    assert page.writing is not None
    control = signing(page.writing.form)
    control.paper.click()
    control.sheet.print.click()
    assert tasks.wait_idle()
    paper = space.findChild(PaperPage)
    assert paper is not None
    assert paper.isVisible()
    assert paper.face.print_button.isEnabled() or paper.face.save_button.isEnabled()
    paper.face.back_button.click()
    assert tasks.wait_idle()
    assert page.isVisible()
    assert page.writing is not None
    assert page.writing.form.form.steps[page.writing.form.steps[page.writing.form.place]].id == "sign"


def test_who_signed_on_paper_wants_the_page_and_the_page_locks_it(
    page: VisitsPage, form: VisitForm, tmp_path: Path
) -> None:
    control = signing(form)
    control.paper.click()
    control.sheet.all.click()
    assert control.value() == ("向海燕", "蒋桂英")
    assert {one["how"] for one in control.signing().values()} == {"paper"}
    assert [one.words for one in form.session.missing()] == ["还差 1 张照片：签字页。"]
    form.next.click()
    assert page.tasks.wait_idle()
    assert page.writing is not None, "not signed yet"
    control.sheet.page.click()
    strip = strip_of(form)
    assert strip.sources.isVisible()
    assert strip.sources.category() == "signed"
    add(page, form, picture(tmp_path, "page.jpg"))
    assert form.session.missing() == ()
    form.next.click()
    assert page.tasks.wait_idle()
    (signed, *_) = asked(page.tasks, page, lambda desk: visits.of_household(desk, HOME))
    (photo,) = read_photos(signed.answers["photos"])
    assert (photo.category, photo.document) == ("signed", False)


def test_one_on_paper_and_one_on_the_screen_want_it_too_and_neither_when_it_is_taken_back(
    page: VisitsPage, form: VisitForm
) -> None:
    control = signing(form)
    control.group.buttons[1].click()
    control.paper.click()
    assert control.sheet.one.text() == "蒋桂英 签在纸上了"
    control.sheet.one.click()
    assert any("签字页" in one.words for one in form.session.missing())
    control.group.buttons[1].click()
    control.anew.click()
    assert not any("签字页" in one.words for one in form.session.missing())


def test_a_proxy_who_signs_on_the_sheet_wants_its_page(page: VisitsPage, form: VisitForm) -> None:
    control = signing(form)
    control.group.buttons[1].click()
    control.proxy.click()
    for name, said in (("by", "欧阳国富"), ("relation", "邻居"), ("why", "手抖写不了")):
        control.panel.boxes[name].set_value(said)
    control.paper.click()
    control.sheet.one.click()
    given = control.signing()["蒋桂英"]
    assert (given["how"], given["by"], given["paper"]) == ("proxy", "欧阳国富", True)
    assert any("签字页" in one.words for one in form.session.missing())
