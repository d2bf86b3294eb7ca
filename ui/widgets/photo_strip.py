"""The pictures of a visit side by side, those still wanted as dashed places, and how many there may be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import theme
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.photo_tile import PhotoTile
from ui.widgets.words import words


class PhotoStrip(QWidget):
    """`opened(id)` when a picture is pressed, `asked(category)` a dashed place, `removed(id)` on Delete.

    Arrow keys go from tile to tile.
    """

    opened = Signal(str)
    asked = Signal(str)
    removed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "clear")
        self.tiles: list[PhotoTile] = []
        self._holder = QWidget()
        self._holder.setProperty("surface", "clear")
        self._flow = FlowLayout(self._holder, theme.soft(10))
        self.counter = words("", "body", "quiet")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(6))
        column.addWidget(self._holder)
        column.addWidget(self.counter)

    def show_photos(
        self,
        photos: Sequence[tuple[str, str]],
        images: Mapping[str, QImage],
        wanted: Sequence[tuple[str, str]] = (),
        most: int = 0,
    ) -> bool:
        """`photos` are (id, words), `wanted` (category, words); a tile that stays keeps the focus.

        True when tiles were made anew: they stand last in the order of Tab then.
        """
        places = [(f"photo:{key}", said) for key, said in photos]
        places += [(f"wanted:{key}", said) for key, said in wanted]
        anew = [(tile.key, tile.text()) for tile in self.tiles] != places
        if anew:
            self._rebuild(places)
        for tile in self.tiles:
            kind, _, key = tile.key.partition(":")
            if kind == "photo":
                tile.show_image(images.get(key))
        self._holder.setVisible(bool(self.tiles))
        count = self.tr("照片 {n} 张，最多 {most} 张").format(n=len(photos), most=most)
        self.counter.setText(count)
        self.counter.setVisible(bool(most))
        return anew

    def tile(self, key: str) -> PhotoTile | None:
        """The tile of `photo:id` or `wanted:category`."""
        return next((one for one in self.tiles if one.key == key), None)

    def _rebuild(self, places: Sequence[tuple[str, str]]) -> None:
        focused = next((place for place, one in enumerate(self.tiles) if one.hasFocus()), None)
        for tile in self.tiles:
            self._flow.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        self.tiles = [self._made(key, said) for key, said in places]
        for number, tile in enumerate(self.tiles, 1):
            self._flow.addWidget(tile)
            tile.say(self.tr("第 {n} 个，共 {all} 个").format(n=number, all=len(places)))
            tile.show()
        if focused is not None and self.tiles:
            self.tiles[min(focused, len(self.tiles) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)

    def _made(self, place: str, said: str) -> PhotoTile:
        kind, _, key = place.partition(":")
        wanted = kind == "wanted"
        tile = PhotoTile(place, said, wanted=wanted, waiting=self.tr("照片还没到"), parent=self._holder)
        tile.stepped.connect(lambda by: self._step(tile, by))
        if wanted:
            tile.clicked.connect(lambda: self.asked.emit(key))
        else:
            tile.clicked.connect(lambda: self.opened.emit(key))
            tile.removed.connect(lambda: self.removed.emit(key))
        return tile

    def _step(self, tile: PhotoTile, by: int) -> None:
        place = self.tiles.index(tile) + by
        if 0 <= place < len(self.tiles):
            self.tiles[place].setFocus(Qt.FocusReason.TabFocusReason)
