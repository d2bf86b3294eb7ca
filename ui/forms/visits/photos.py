"""The photos of a record being written: those there are, those still wanted, and the ways one comes in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.domain.photo import Photo, read_photos, recategorised, with_photo
from app.domain.problem import Problem, StorageFault, UserError
from app.domain.visits.form import FormField
from ui import notices, theme
from ui.forms.editors import Choices
from ui.forms.visits.darkroom import Album, Darkroom, Source
from ui.forms.visits.photo_add import AddPhotos, DropPlace
from ui.forms.visits.photo_show import PhotoShow
from ui.widgets import tab_order
from ui.widgets.choice import Option
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.scroll import reveal
from ui.widgets.words import Button, words


class PhotosEditor(DropPlace):
    """`value()` is the list the record keeps. A picture stands in the strip once it is sealed on the disk."""

    certain = True  # a file that is no picture is none, whoever stands by it

    def __init__(self, field: FormField, album: Album) -> None:
        super().__init__()
        self.field, self._album = field, album
        self._wanted: tuple[str, ...] = ()
        self._fetched: set[str] = set()
        self._said: Problem | None = None  # about what was taken last; the rest of it may still be coming
        self._before: tuple[Photo, ...] | None = None  # what there was before one was taken out
        self.darkroom = Darkroom(album, self)
        self.add = Button(self.tr("加照片"), "", "camera")
        self.add.setCheckable(True)
        self.restore = Button(self.tr("放回来"), "small")
        self.shown = PhotoShow(field, lambda work, done, lost: album.tasks.run(self, work, done, lost))
        self.shown.record = lambda: album.record
        self.drop = Button(self.tr("去掉这张"), "small")
        self.shown.view.flow.addWidget(self.drop)
        tab_order.insert((self.drop,), self.shown.view.photo)
        self.kind = Choices([Option(one.code, one.words) for one in field.options])
        self.kind.set_label(self.tr("这张拍的是什么"))
        self.kind_label = words(self.tr("这张拍的是什么"), "body", "quiet")
        self.state = words("", "body", "quiet")
        self.sources = AddPhotos(field, album.tasks)
        buttons = QWidget()
        buttons.setProperty("surface", "clear")
        row = FlowLayout(buttons, theme.soft(10))
        for item in (self.add, self.shown.strip.counter, self.restore, self.state):
            row.addWidget(item)
        self.column(buttons, self.shown, self.kind_label, self.kind, self.sources)
        self.setFocusProxy(self.add)
        self._connect()
        self._show()

    def value(self) -> list[dict[str, Any]] | None:
        return [one.kept() for one in self.shown.photos] or None

    def set_value(self, value: Any) -> None:
        given = read_photos(value)
        self.shown.photos = given
        self._show()
        missing = {one.id for one in given} - self.shown.images.keys() - self._fetched
        if missing:
            self._fetched |= missing
            self._album.tasks.run(self, self._album.looking(), self.shown.take_images)

    def ask(self, wanted: Sequence[str]) -> None:
        """The categories a picture is still missing of."""
        if tuple(wanted) != self._wanted:
            self._wanted = tuple(wanted)
            self._show()

    def take(self, sources: Sequence[Source]) -> None:
        """Make photos of what was pointed at, pasted or dropped, filed as it is said beside the ways in."""
        self._say(None)
        for source in sources:
            if len(self.shown.photos) + self.darkroom.coming >= self.field.most:
                most = self.tr("最多 {n} 张照片。先去掉一张，再加。").format(n=self.field.most)
                self._say(Problem("", most))
                return
            self.darkroom.take(source, self.sources.category() or self.field.options[0].code)

    def _connect(self) -> None:
        self.add.toggled.connect(self._unfold)
        self.restore.clicked.connect(lambda: self._become(self._before or ()))
        self.drop.clicked.connect(lambda: self._take_out(self.shown.open_photo))
        self.kind.changed.connect(self._refile)
        self.shown.looked.connect(self._show)
        self.shown.strip.asked.connect(self.open_for)
        self.shown.strip.removed.connect(self._take_out)
        self.sources.chosen.connect(self.take)
        self.dropped.connect(self.take)
        self.darkroom.came.connect(self._came)
        self.darkroom.refused.connect(self._refused)
        self.darkroom.turned.connect(self._show)
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self)
        paste.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        paste.activated.connect(self.sources.paste_now)

    def open_for(self, category: str) -> None:
        """Unfold the ways in, for a picture of this category."""
        self.sources.choose(category)
        self.add.setChecked(True)
        self._unfold(True)

    def _unfold(self, on: bool) -> None:
        self._show()
        if on:
            self.sources.setFocus(Qt.FocusReason.OtherFocusReason)
            reveal(self.sources)

    def _came(self, photo: Photo, small: bytes, instead_of: str) -> None:
        self.shown.take_images({photo.id: small})
        try:
            given = with_photo(self.shown.photos, photo, self.field.most + bool(instead_of))
        except UserError as error:
            self._say(Problem("", error.words))
            return
        if instead_of:
            given = tuple(photo if one.id == instead_of else one for one in self.shown.photos)
            self.shown.open_photo = photo.id if self.shown.open_photo else ""
        self._become(given)
        self._say(self._said)
        self.sources.choose(next(iter(self._wanted), photo.category))

    def _refused(self, error: Exception) -> None:
        if isinstance(error, UserError | StorageFault):
            self._say(Problem("", error.words))
        else:
            notices.fault(error)

    def _say(self, problem: Problem | None) -> None:
        self._said = problem
        self.doubted.emit(problem)

    def _refile(self) -> None:
        photo, category = self.shown.photo(), str(self.kind.value() or "")
        if photo is None or not category or category == photo.category:
            return
        if category in self.field.marked and not photo.document:
            self.darkroom.mark_anew(photo, category)
        else:
            self._become(recategorised(self.shown.photos, photo.id, category))

    def _take_out(self, photo: str) -> None:
        before = self.shown.photos
        self._become(tuple(one for one in before if one.id != photo), before)

    def _become(self, given: tuple[Photo, ...], before: tuple[Photo, ...] | None = None) -> None:
        if before is None and self._before is not None and self.restore.hasFocus():
            self.add.setFocus(Qt.FocusReason.OtherFocusReason)
        self._before = before
        self.shown.photos = given
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        self.shown.show_photos(self.shown.photos, self._wanted, most=self.field.most)
        photo = self.shown.photo()
        for widget in (self.kind, self.kind_label):
            widget.setVisible(photo is not None)
        if photo is not None:
            self.kind.set_value(photo.category)
        self.sources.setVisible(self.add.isChecked())
        self.restore.setVisible(self._before is not None)
        said = self.tr("去掉了 1 张。") if self._before is not None else ""
        if self.darkroom.coming:
            said = self.tr("正在收 {n} 张…").format(n=self.darkroom.coming)
        self.state.setText(said)
        self.state.setVisible(bool(said))
