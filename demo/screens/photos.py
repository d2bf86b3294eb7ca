"""Pictures of a visit's photos: what is missing, a telephone, one shown large, signing on paper, signed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from app.actions.visits import photos
from demo.hand import Hand
from demo.screens import scenes
from demo.screens.gallery import Gallery
from ui.forms.visits.photos import PhotosEditor
from ui.forms.visits.visit_form import VisitForm

FAMILY = "覃光荣"


def visit_photos(hand: Hand, gallery: Gallery, folder: Path) -> None:
    """An application is looked into (申请调查): three photos are wanted. Scenes are drawn into `folder`."""
    gallery.room("照片和手签")
    shots = scenes.draw_all(folder)
    form = _begun(hand)
    form.go_to_field("photos")
    gallery.take(hand, "photos_missing", "还差三张，点一下就加")
    control = form.page.rows["photos"].control
    assert isinstance(control, PhotosEditor)
    hand.click("加照片")
    _look_at(control.sources)
    gallery.take(hand, "photos_ways", "照片从哪里来")
    control.sources.pick.show()
    control.sources.pick.look(folder)
    hand.settle()
    control.sources.pick.tiles[0].click()
    _look_at(control.sources.pick)
    gallery.take(hand, "photos_telephone", "手机里最新的")
    control.sources.pick.closed.emit()
    for name, category in (("family", "together"), ("house", "house"), ("paper", "hardship")):
        control.sources.choose(category)
        control.take([lambda name=name: photos.load(shots[name])])
        hand.settle()
    control.add.setChecked(False)
    form.go_to_field("photos")
    gallery.take(hand, "photos_there", "照片齐了")
    control.shown.strip.tiles[2].click()
    gallery.take(hand, "photos_large", "看大的；证件凭据带水印")
    control.shown.fold()
    hand.click("打出来手签，再拍回来")
    gallery.take(hand, "sign_on_paper", "打出来手签")
    hand.click("这份不要了")
    hand.click("不要这份走访")


def _begun(hand: Hand) -> VisitForm:
    hand.program.window.go("households", query=FAMILY)
    hand.settle()
    hand.pick(FAMILY)
    hand.click("开始走访")
    hand.click("在家")
    hand.click("申请调查")
    return next(one for one in hand.program.window.findChildren(VisitForm) if one.isVisible())


def _look_at(part: QWidget) -> None:
    """Scroll until `part` is in sight."""
    around = part.parentWidget()
    while around is not None and not isinstance(around, QScrollArea):
        around = around.parentWidget()
    if around is not None:
        QApplication.processEvents()
        around.ensureWidgetVisible(part, 0, 40)
