"""Pictures to look through: the strip, and the one that was pressed shown large below it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.actions import far_files
from app.actions.visits import photos
from app.domain.photo import Photo
from app.domain.problem import StorageFault, UserError
from app.domain.visits.form import FormField
from ui import notices, theme
from ui.forms.visits.far_photos import hub
from ui.widgets import tab_order
from ui.widgets.photo_strip import PhotoStrip
from ui.widgets.photo_view import PhotoView
from ui.widgets.scroll import reveal

# Work at the desk, what to do with its result, and what with its error.
Run = Callable[[Callable[[Any], Any], Callable[[Any], None], Callable[[Exception], None]], None]


class PhotoShow(QWidget):
    """`run` asks the store for a picture when it is looked at; `looked` when one was shown or folded."""

    looked = Signal()

    def __init__(self, field: FormField, run: Run, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "clear")
        self.field, self._run = field, run
        self.photos: tuple[Photo, ...] = ()
        self.images: dict[str, QImage] = {}
        self.open_photo = ""  # the one shown large
        self.record: Callable[[], str] = str  # whose pictures they are, for those that must be fetched
        self.strip, self.view = PhotoStrip(), PhotoView()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(8))
        column.addWidget(self.strip)
        column.addWidget(self.view)
        self.view.hide()
        self.strip.opened.connect(self.look)
        self.view.turned.connect(self.turn)
        self.view.closed.connect(self.fold)
        hub().came.connect(self._arrived)
        hub().lost.connect(self._not_to_be_had)

    def show_photos(self, shown: Sequence[Photo], wanted: Sequence[str] = (), *, most: int = 0) -> None:
        """Show these, with open places for the `wanted` categories."""
        self.photos = tuple(shown)
        captions = [(one.id, self.field.words_of(one.category)) for one in shown]
        places = [(code, self.field.words_of(code)) for code in wanted]
        if self.strip.show_photos(captions, self.images, places, most):
            tab_order.insert(self.strip.tiles, self.view.before)
        if self.open_photo and self._place() is None:
            self.fold()
        elif self.open_photo:
            self._say()

    def take_images(self, small: Mapping[str, bytes]) -> None:
        """Small pictures came from the store."""
        for photo, jpeg in small.items():
            self.images[photo] = QImage.fromData(jpeg)
        for tile in self.strip.tiles:
            key = tile.key.removeprefix("photo:")
            if key in self.images:
                tile.show_image(self.images[key])
        record, missing = self.record(), [one for one in self.photos if one.id not in self.images]
        if record and missing and hub().fetchers:
            self._run(lambda desk: far_files.missing(desk, record, missing), hub().asked.emit, notices.fault)

    def look(self, photo: str) -> None:
        """Show one large, from its small copy until the whole one is here."""
        self.open_photo = photo
        self._say()
        self.view.show_image(self.images.get(photo), self.tr("正在找…"))
        self.view.show()
        self.view.photo.setFocus(Qt.FocusReason.OtherFocusReason)
        reveal(self.view)
        self._run(
            lambda desk: photos.read(desk, photo),
            lambda jpeg: self._came(photo, jpeg),
            lambda error: self._lost(photo, error),
        )
        self.looked.emit()

    def turn(self, by: int) -> None:
        """Go to the next picture, or the one before."""
        place = self._place()
        if place is not None and 0 <= place + by < len(self.photos):
            self.look(self.photos[place + by].id)

    def fold(self) -> None:
        """Back to the strip alone, with the focus where it was pressed."""
        tile = self.strip.tile(f"photo:{self.open_photo}")
        inside = self.view.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        self.open_photo = ""
        self.view.hide()
        self.view.show_image(None)
        if tile is not None and inside:
            tile.setFocus(Qt.FocusReason.OtherFocusReason)
        self.looked.emit()

    def photo(self) -> Photo | None:
        """The one shown large."""
        place = self._place()
        return None if place is None else self.photos[place]

    def _place(self) -> int | None:
        return next((at for at, one in enumerate(self.photos) if one.id == self.open_photo), None)

    def _say(self, besides: str = "") -> None:
        place = self._place()
        if place is None:
            return
        said = self.field.words_of(self.photos[place].category)
        count = self.tr("第 {n} 张，共 {all} 张").format(n=place + 1, all=len(self.photos))
        title = "　".join(part for part in (said, count, besides) if part)
        self.view.say(title, first=place == 0, last=place + 1 == len(self.photos))

    def _came(self, photo: str, jpeg: bytes) -> None:
        if photo == self.open_photo:
            self._say()
            self.view.show_image(QImage.fromData(jpeg))
            reveal(self.view)

    def _lost(self, photo: str, error: Exception) -> None:
        if not isinstance(error, UserError | StorageFault):
            notices.fault(error)
            return
        if photo != self.open_photo:
            return
        said, record, shown = error.words, self.record(), self.photo()
        if isinstance(error, UserError):
            said = self.tr("这张照片在拍它的那台电脑里，这里看不到。")
            if record and shown is not None and hub().fetchers:
                said = self.tr("正在从县里取…")
                hub().asked.emit((far_files.Wanted(photo, record, shown.sha256, small=False),))
        self._say(said)
        self.view.show_image(self.images.get(photo), said)

    def _arrived(self, photo: str) -> None:
        """Something of a picture came from the county."""
        named = [one for one in self.photos if one.id == photo]
        if not named:
            return
        self._run(lambda desk: photos.small_copies(desk, named), self.take_images, notices.fault)
        if photo == self.open_photo:
            self._run(
                lambda desk: photos.read(desk, photo),
                lambda jpeg: self._came(photo, jpeg),
                lambda error: None if isinstance(error, UserError) else self._lost(photo, error),
            )

    def _not_to_be_had(self, photo: str, words: str) -> None:
        if photo == self.open_photo:
            self._say(words)
            self.view.show_image(self.images.get(photo), words)
