"""Photos come from wherever they are: dragged in, copied, or pointed at on a telephone."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.actions.visits import phone_pictures
from tests.facts import HOME
from tests.ui.photographing import picture, strip_of
from tests.ui.visiting import begin, choose, kept, opened_page
from tests.unit.pictures.shots import house, saved
from ui.forms.visits.visit_form import VisitForm
from ui.pages.visits import VisitsPage
from ui.tasks import Tasks
from ui.widgets import camera


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


def test_pictures_are_dropped_and_pasted(page: VisitsPage, form: VisitForm, tmp_path: Path) -> None:
    control = strip_of(form)
    carried = QMimeData()
    carried.setUrls([QUrl.fromLocalFile(str(picture(tmp_path, f"{n}.jpg", 500 + n))) for n in range(2)])
    enter = QDragEnterEvent(
        QPoint(5, 5),
        Qt.DropAction.CopyAction,
        carried,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    control.dragEnterEvent(enter)
    assert enter.isAccepted()
    control.dropEvent(
        QDropEvent(
            QPoint(5, 5),
            Qt.DropAction.CopyAction,
            carried,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    assert page.tasks.wait_idle()
    assert len(control.shown.photos) == 2
    QGuiApplication.clipboard().setImage(QImage.fromData(saved(house(90, 60))))
    assert not control.sources.paste.isHidden()
    control.add.setFocus()
    QTest.keyClick(control.add, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert page.tasks.wait_idle()
    assert len(kept(page, form).answers["photos"]) == 3
    QGuiApplication.clipboard().clear()
    assert control.sources.paste.isHidden()


def test_the_newest_of_a_telephone_are_pointed_at(
    page: VisitsPage, form: VisitForm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    camera = tmp_path / "DCIM" / "Camera"
    camera.mkdir(parents=True)
    for number in range(14):
        picture(camera, f"IMG_{number:02}.jpg", 300 + number)
    (camera / "IMG_99.heic").write_bytes(b"\x00\x00\x00\x18ftypheic and more")
    monkeypatch.setattr(phone_pictures.drives, "camera_folders", lambda: (tmp_path / "DCIM",))
    control = strip_of(form)
    control.add.click()
    control.sources.phone.click()
    assert page.tasks.wait_idle()
    pick = control.sources.pick
    assert len(pick.tiles) == 12
    refused = [tile for tile in pick.tiles if not tile.isEnabled()]
    assert [Path(tile.key).suffix for tile in refused] == [".heic"]
    pick.more.click()
    assert page.tasks.wait_idle()
    assert len(pick.tiles) == 15
    good = [tile for tile in pick.tiles if tile.isEnabled()]
    assert all(tile.image is not None for tile in good)
    for tile in good[:2]:
        tile.click()
    assert pick.use.text() == "加这 2 张"
    pick.use.click()
    assert page.tasks.wait_idle()
    assert len(kept(page, form).answers["photos"]) == 2
    assert pick.isHidden()


def test_no_camera_is_offered_and_nothing_of_it_loaded_where_there_is_none(form: VisitForm) -> None:
    if find_spec(camera.MODULE) is not None:
        pytest.skip("the optional extra is installed here")
    control = strip_of(form)
    control.add.click()
    assert control.sources.camera.isHidden()
    assert camera.MODULE not in sys.modules


def test_without_a_telephone_it_says_how_to_plug_one_in(
    page: VisitsPage, form: VisitForm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(phone_pictures.drives, "camera_folders", lambda: ())
    control = strip_of(form)
    control.add.click()
    control.sources.phone.click()
    assert page.tasks.wait_idle()
    assert "传输文件" in control.sources.pick.line.text()
    assert not control.sources.pick.again.isHidden()
