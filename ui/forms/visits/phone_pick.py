"""The newest pictures of a telephone or stick that is plugged in, as tiles to point at."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.actions.visits import phone_pictures, photos
from app.actions.visits.phone_pictures import OnPhone
from ui import theme
from ui.tasks import Tasks
from ui.widgets import file_dialogs, tab_order
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.photo_tile import PhotoTile
from ui.widgets.scroll import reveal
from ui.widgets.words import Button, words

AT_ONCE = 12  # tiles; each picture is read whole from a slow cable


class PhonePick(QWidget):
    """`taken(paths)` when the chosen ones are to be added, `closed` to fold it."""

    taken = Signal(object)
    closed = Signal()

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "clear")
        self._tasks = tasks
        self._found: tuple[OnPhone, ...] = ()
        self._folder: Path | None = None
        self._round = 0  # answers about an earlier look are dropped
        self.tiles: list[PhotoTile] = []
        self.line = words("", "body", "quiet", wrap=True)
        self._holder = QWidget()
        self._holder.setProperty("surface", "clear")
        self._flow = FlowLayout(self._holder, theme.soft(10))
        self.use = Button("", "small", "plus")
        self.more = Button(self.tr("再看早一些的"), "small", "down")
        self.again = Button(self.tr("再看一次"), "small")
        self.folder = Button(self.tr("指别的文件夹"), "small", "folder")
        self.fold = Button(self.tr("收起"), "small", "x")
        buttons = QWidget()
        buttons.setProperty("surface", "clear")
        row = FlowLayout(buttons, theme.soft(10))
        for item in (self.use, self.more, self.again, self.folder, self.fold):
            row.addWidget(item)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.soft(4), 0, 0)
        column.setSpacing(theme.soft(8))
        for widget in (self.line, self._holder, buttons):
            column.addWidget(widget)
        self.use.clicked.connect(self._take)
        self.more.clicked.connect(self._show_more)
        self.again.clicked.connect(lambda: self.look())
        self.folder.clicked.connect(self._ask_folder)
        self.fold.clicked.connect(self.closed)
        self._say("")

    def look(self, folder: Path | None = None) -> None:
        """Look for pictures in `folder`, else where it was looked last, else on what is plugged in."""
        self._folder = folder or self._folder
        self._round += 1
        for tile in self.tiles:
            self._flow.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        self.tiles, self._found = [], ()
        self._say(self.tr("正在找…"))
        looked_in, asked = self._folder, self._round
        self._tasks.beside(
            self,
            lambda: phone_pictures.newest(looked_in),
            lambda found: self._came(found, asked),
        )

    def chosen(self) -> list[Path]:
        """The pictures marked, in the order of the tiles."""
        return [one.path for one, tile in zip(self._found, self.tiles, strict=False) if tile.isChecked()]

    def _came(self, found: tuple[OnPhone, ...], asked: int) -> None:
        if asked != self._round:
            return
        self._found = found
        if not found:
            self._say(self._how_to_plug_in())
            self.again.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._show_more()

    def _how_to_plug_in(self) -> str:
        if sys.platform == "win32":  # a telephone is no folder there; the system's dialog reaches it
            return self.tr("没看到照片。手机用线插上，再点「选电脑里的文件」，在左边找到手机。U 盘也行。")
        return self.tr("没看到照片。插上手机，在手机上点「传输文件」，再点「再看一次」。U 盘也行。")

    def _show_more(self) -> None:
        first = len(self.tiles)
        for one in self._found[first : first + AT_ONCE]:
            at = one.taken
            said = self.tr("{month}月{day}日 {time}").format(month=at.month, day=at.day, time=f"{at:%H:%M}")
            tile = PhotoTile(str(one.path), said, waiting=self.tr("正在看…"), parent=self._holder)
            tile.setCheckable(True)
            tile.toggled.connect(lambda _on: self._say_count())
            tile.stepped.connect(lambda by, tile=tile: self._step(tile, by))
            self._flow.addWidget(tile)
            tile.show()
            self.tiles.append(tile)
        tab_order.insert(self.tiles, self.use)
        if first < len(self.tiles):
            self.tiles[first].setFocus(Qt.FocusReason.OtherFocusReason)
        self._say(self.tr("最新的在前面。点一下选上，可以选几张。"))
        reveal(self)
        self._peek(first, self._round)

    def _peek(self, place: int, asked: int) -> None:
        """One after the other: a lock must not wait for twelve of them."""
        if asked != self._round or place >= len(self.tiles) or not self.isVisible():
            return
        path = self._found[place].path

        def show(jpeg: bytes) -> None:
            if asked == self._round:
                self.tiles[place].show_image(QImage.fromData(jpeg))
                self._peek(place + 1, asked)

        def pass_over(_error: Exception) -> None:
            if asked == self._round:
                self.tiles[place].waiting = self.tr("打不开")
                self.tiles[place].setEnabled(False)
                self._peek(place + 1, asked)

        self._tasks.beside(self, lambda: photos.peek(path), show, pass_over)

    def _take(self) -> None:
        paths = self.chosen()
        for tile in self.tiles:
            tile.setChecked(False)
        self.closed.emit()
        self.taken.emit(paths)

    def _ask_folder(self) -> None:
        folder = file_dialogs.ask_folder(self, self.tr("照片在哪个文件夹"))
        if folder is not None:
            self.look(folder)

    def _say(self, text: str) -> None:
        self.line.setText(text)
        self.line.setVisible(bool(text))
        self._holder.setVisible(bool(self.tiles))
        self.more.setVisible(len(self.tiles) < len(self._found))
        self.again.setVisible(not self.tiles)
        self._say_count()

    def _say_count(self) -> None:
        count = len(self.chosen())
        self.use.setText(self.tr("加这 {n} 张").format(n=count))
        self.use.setVisible(bool(count))

    def _step(self, tile: PhotoTile, by: int) -> None:
        place = self.tiles.index(tile) + by
        if 0 <= place < len(self.tiles):
            self.tiles[place].setFocus(Qt.FocusReason.TabFocusReason)
