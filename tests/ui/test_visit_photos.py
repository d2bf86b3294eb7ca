"""Photos come into a visit by every way there is, stand in it at once, are looked at large, and go again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from app.actions import attachments
from app.actions.visits import photos
from app.domain.photo import MOST_PHOTOS
from tests.facts import HOME
from tests.ui.photographing import add, picture, strip_of, words_of
from tests.ui.village import asked
from tests.ui.visiting import at_home, begin, choose, kept, opened_page, sign
from ui.forms.visits.visit_form import VisitForm
from ui.forms.visits.visit_read import VisitRead
from ui.pages.visits import VisitsPage
from ui.tasks import Tasks


@pytest.fixture
def page(qtbot: QtBot, tasks: Tasks, tmp_path: Path) -> Iterator[VisitsPage]:
    yield from opened_page(qtbot, tasks, tmp_path)


@pytest.fixture
def form(page: VisitsPage) -> VisitForm:
    made = begin(page, household=HOME)
    choose(made, "met", "home")
    choose(made, "purpose", "VP04")
    made.go_to_field("photos")
    return made


def test_what_is_missing_stands_as_open_places_and_each_leads_to_its_picture(
    page: VisitsPage, form: VisitForm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    control = strip_of(form)
    assert words_of(control) == ["入户合影", "住房", "主要困难凭据"]
    assert all(tile.wanted for tile in control.shown.strip.tiles)
    control.shown.strip.tiles[1].click()
    assert control.sources.category() == "house"
    names = [str(picture(tmp_path, "wall.jpg"))]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: (names, ""))
    control.sources.file.click()
    assert page.tasks.wait_idle()
    assert words_of(control) == ["住房", "入户合影", "主要困难凭据"]
    tile = control.shown.strip.tiles[0]
    assert not tile.wanted
    assert tile.image is not None
    assert "照片 1 张，最多 12 张" in control.shown.strip.counter.text()
    assert control.sources.category() == "together", "the next that is missing"
    (entry,) = kept(page, form).answers["photos"]
    assert entry["category"] == "house"
    assert "还差 2 张照片：入户合影、主要困难凭据。" in [one.words for one in form.session.missing()]


def test_a_document_is_marked_and_a_wall_is_not(page: VisitsPage, form: VisitForm, tmp_path: Path) -> None:
    path = picture(tmp_path, "bill.jpg")
    add(page, form, path, "hardship")
    add(page, form, path, "house")
    bill, wall = kept(page, form).answers["photos"]
    assert (bill.get("document"), wall.get("document")) == (True, None)
    read = {
        one["id"]: asked(page.tasks, page, lambda desk, one=one: photos.read(desk, one["id"]))
        for one in (bill, wall)
    }
    assert read[wall["id"]] == photos.develop(path.read_bytes()).full
    assert (
        read[bill["id"]]
        == photos.develop(path.read_bytes(), mark="仅供青石垭村申请调查用 2026年11月20日").full
    )


def test_filed_as_a_document_later_it_is_marked_then(
    page: VisitsPage, form: VisitForm, tmp_path: Path
) -> None:
    control = add(page, form, picture(tmp_path, "a.jpg"), "house")
    (before,) = kept(page, form).answers["photos"]
    control.shown.strip.tiles[0].click()
    assert page.tasks.wait_idle()
    buttons = {one.option.key: one for one in control.kind.group.buttons}
    buttons["together"].click()
    (moved,) = kept(page, form).answers["photos"]
    assert (moved["id"], moved["category"]) == (before["id"], "together")
    buttons["papers"].click()
    (marked,) = kept(page, form).answers["photos"]
    assert marked["id"] != before["id"]
    assert marked["document"]
    assert control.shown.open_photo == marked["id"]


def test_what_is_no_picture_is_said_at_the_strip(page: VisitsPage, form: VisitForm, tmp_path: Path) -> None:
    wrong = tmp_path / "letter.jpg"
    wrong.write_bytes(b"dear sir")
    add(page, form, wrong)
    row = form.page.rows["photos"]
    assert "不是照片" in row.error
    assert row.buttons == []
    add(page, form, tmp_path / "gone.jpg")
    assert "读不了" in row.error
    add(page, form, picture(tmp_path, "good.jpg"))
    assert row.error == ""
    add(page, form, picture(tmp_path, "good.jpg"))
    assert "已经有了" in row.error
    assert len(strip_of(form).shown.photos) == 1


def test_a_thirteenth_is_not_taken(page: VisitsPage, form: VisitForm, tmp_path: Path) -> None:
    control = strip_of(form)
    paths = [picture(tmp_path, f"{n}.jpg", 200 + n) for n in range(MOST_PHOTOS + 1)]
    control.take([lambda path=path: photos.load(path) for path in paths])
    assert page.tasks.wait_idle()
    assert len(control.shown.photos) == MOST_PHOTOS
    assert "最多 12 张" in form.page.rows["photos"].error


def test_one_taken_out_comes_back_by_its_button_and_by_a_step_back(
    page: VisitsPage, form: VisitForm, tmp_path: Path
) -> None:
    control = add(page, form, picture(tmp_path, "a.jpg"))
    tile = control.shown.strip.tiles[0]
    tile.setFocus()
    QTest.keyClick(tile, Qt.Key.Key_Delete)
    assert "photos" not in kept(page, form).answers
    control.restore.click()
    assert len(kept(page, form).answers["photos"]) == 1
    control.shown.strip.tiles[0].click()
    control.drop.click()
    assert "photos" not in kept(page, form).answers
    assert form.session.undo() == "photos"
    assert page.tasks.wait_idle()
    assert control.shown.strip.tiles[0].image is not None
    shown = kept(page, form).answers["photos"]
    assert asked(page.tasks, page, lambda desk: attachments.read(desk, shown[0]["id"]))


def test_by_keyboard_alone_one_is_looked_at_turned_and_folded(
    page: VisitsPage, form: VisitForm, tmp_path: Path
) -> None:
    for number in range(2):
        control = add(page, form, picture(tmp_path, f"{number}.jpg", 500 + number))
    first, second, *_ = control.shown.strip.tiles
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Right)
    assert second.hasFocus()
    QTest.keyClick(second, Qt.Key.Key_Return)
    assert page.tasks.wait_idle()
    view = control.shown.view
    assert view.isVisible()
    assert "第 2 张，共 2 张" in view.title.text()
    assert view.photo.image is not None
    assert view.photo.image.width() == 501, "the whole picture, not its small copy"
    QTest.keyClick(view.photo, Qt.Key.Key_PageUp)
    assert page.tasks.wait_idle()
    assert "第 1 张" in view.title.text()
    QTest.keyClick(view.photo, Qt.Key.Key_Escape)
    assert not view.isVisible()
    assert control.shown.strip.tiles[0].hasFocus()


def test_a_visit_taken_up_again_and_one_that_is_signed_show_their_pictures(
    page: VisitsPage, tmp_path: Path
) -> None:
    form = begin(page, household=HOME)
    at_home(form)
    form.go_to_field("photos")
    add(page, form, picture(tmp_path, "a.jpg"))
    draft = form.session.visit.id
    form = begin(page, draft=draft)
    form.go_to_field("photos")
    assert page.tasks.wait_idle()
    assert strip_of(form).shown.strip.tiles[0].image is not None
    sign(form)
    form.next.click()
    assert page.tasks.wait_idle()
    read = page.findChild(VisitRead)
    assert read is not None
    assert read.shown is not None
    (tile,) = read.shown.strip.tiles
    assert tile.image is not None
    tile.click()
    assert page.tasks.wait_idle()
    assert read.shown.view.photo.image is not None
    QTest.keyClick(tile, Qt.Key.Key_Delete)
    assert len(read.shown.strip.tiles) == 1, "what is signed stays"


def test_tab_goes_from_the_way_in_along_the_pictures_to_where_they_come_from(
    page: VisitsPage, form: VisitForm, tmp_path: Path
) -> None:
    control = add(page, form, picture(tmp_path, "a.jpg"), "house")
    control.add.click()
    page.activateWindow()
    control.add.setFocus(Qt.FocusReason.TabFocusReason)
    walked = []
    for _ in range(7):
        walked.append(page.focusWidget())
        QTest.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
    assert walked[:4] == [control.add, *control.shown.strip.tiles]
    assert control.sources.isAncestorOf(walked[4])
    control.shown.strip.tiles[0].click()
    assert page.tasks.wait_idle()
    view = control.shown.view
    control.shown.strip.tiles[-1].setFocus(Qt.FocusReason.TabFocusReason)
    walked = []
    for _ in range(4):
        QTest.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
        walked.append(page.focusWidget())
    assert walked == [view.zoom, view.fold, control.drop, view.photo]


def test_every_tile_says_what_it_is(page: VisitsPage, form: VisitForm, tmp_path: Path) -> None:
    control = add(page, form, picture(tmp_path, "a.jpg"), "house")
    names = [tile.accessibleName() for tile in control.shown.strip.tiles]
    assert names[0] == "住房，照片，第 1 个，共 3 个"
    assert names[1] == "入户合影，还差一张，点一下加，第 2 个，共 3 个"
