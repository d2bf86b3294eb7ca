"""The paper on the screen: one page of it, whole or as near as it takes to be read."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QSizePolicy, QWidget

from ui import theme

EDGE = 3
WIDEST = 900  # px of the standard size; wider than that a line is only farther to read
LARGER = (1.0, 1.4, 2.0)  # of the width there is
STEP = 1.1  # by less than that it would not be seen to grow
NEARER = (Qt.Key.Key_Plus, Qt.Key.Key_Equal)
Picture = tuple[int, int, bytes]  # width and height in px, RGBX bytes


class PaperView(QAbstractScrollArea):
    """`show_pages(pages)` takes (width px, height px, RGBX bytes) of each page, which are copied.

    PgDn and PgUp go on to what is not in sight yet, of this page and then of the next; + and − take it
    nearer and farther, 0 shows the whole page. `turned(page)` and `zoomed` tell of it.
    """

    turned = Signal(int)
    zoomed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("surface", "clear")
        self.viewport().setProperty("surface", "clear")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._pages: list[QImage] = []
        self._drawn = QImage()
        self._waiting = ""
        self._zoom = 0
        self.page = 0

    def show_pages(self, pages: Sequence[Picture]) -> None:
        """Show the pages; the page in sight stays when there is one of that number."""
        self._pages = [_kept(*one) for one in pages]
        self._waiting = ""
        self.turn_to(min(self.page, max(0, len(pages) - 1)))

    def say(self, text: str) -> None:
        """Show words in place of the paper, for example 「正在排版…」."""
        self._pages, self._waiting = [], text
        self._lay_out()

    def page_count(self) -> int:
        """How many pages there are."""
        return len(self._pages)

    def turn_to(self, page: int, *, at_end: bool = False) -> None:
        """Show page `page`, counted from 0, from its top or its foot."""
        if not 0 <= page < max(1, len(self._pages)):
            return
        self.page = page
        said = self.tr("第 {n} 页，共 {total} 页").format(n=page + 1, total=len(self._pages))
        self.setAccessibleDescription(said)
        self._lay_out()
        bar = self.verticalScrollBar()
        bar.setValue(bar.maximum() if at_end else 0)
        self.turned.emit(page)

    def zoom(self, step: int) -> None:
        """0 is the whole page, 1 the width there is, then larger; what is beyond the last is the last."""
        self._zoom = max(0, min(step, _most(self._pages[self.page], self) if self._pages else len(LARGER)))
        self._lay_out()
        self.zoomed.emit()

    def can_zoom(self, by: int) -> bool:
        """Whether it can be taken nearer (1) or farther (-1)."""
        return bool(self._pages) and 0 <= min(self._zoom, _most(self._pages[self.page], self)) + by <= _most(
            self._pages[self.page], self
        )

    def nearer(self, by: int) -> None:
        """One step nearer (1) or farther (-1)."""
        if self.can_zoom(by):
            self.zoom(min(self._zoom, _most(self._pages[self.page], self)) + by)

    def press(self, event: QKeyEvent) -> bool:
        """Whether `event` was a key of the paper, and done; whoever holds the paper may hand it on."""
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if modifiers & ~Qt.KeyboardModifier.ShiftModifier or not self._pages:
            return False
        match event.key():
            case Qt.Key.Key_PageDown:
                self._go_on(1)
            case Qt.Key.Key_PageUp:
                self._go_on(-1)
            case key if key in NEARER:
                self.nearer(1)
            case Qt.Key.Key_Minus:
                self.nearer(-1)
            case Qt.Key.Key_0:
                self.zoom(0)
            case _:
                return False
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Its own keys; arrows scroll."""
        if not self.press(event):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again."""
        super().resizeEvent(event)
        self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Sheet, or words while there is none."""
        painter = QPainter(self.viewport())
        if not self._pages:
            painter.setFont(theme.font())
            painter.setPen(theme.colour("ink2"))
            box, how = self.viewport().rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(box, how, self._waiting)
            return
        sheet = self._sheet()
        dots = self.devicePixelRatio()
        size = sheet.size() * dots
        if self._drawn.size() != size:
            self._drawn = self._pages[self.page].scaled(
                size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
        painter.drawImage(sheet, self._drawn)
        painter.setPen(QPen(theme.colour("edge"), 1))
        painter.drawRect(sheet.adjusted(0, 0, -1, -1))

    def _go_on(self, by: int) -> None:
        bar = self.verticalScrollBar()
        if bar.value() == (bar.maximum() if by > 0 else bar.minimum()):
            self.turn_to(self.page + by, at_end=by < 0)
        else:
            bar.setValue(bar.value() + by * round(bar.pageStep() * 0.9))

    def _sheet(self) -> QRect:
        """Where the page lies in what is in sight."""
        image, room = self._pages[self.page], self.viewport().size()
        widths = _widths(image, self)
        wide = widths[min(self._zoom, len(widths) - 1)]
        high = round(wide * image.height() / image.width())
        left = max(EDGE, (room.width() - wide) // 2) - self.horizontalScrollBar().value()
        return QRect(QPoint(left, EDGE - self.verticalScrollBar().value()), QSize(wide, high))

    def _lay_out(self) -> None:
        self._drawn = QImage()
        room, size = self.maximumViewportSize(), QSize(0, 0)
        if self._pages:
            size = self._sheet().size() + QSize(2 * EDGE, 2 * EDGE)
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        if size.height() > room.height():
            room.setWidth(room.width() - down.sizeHint().width())
        if size.width() > room.width():
            room.setHeight(room.height() - across.sizeHint().height())
        for bar, needed, there in (
            (across, size.width(), room.width()),
            (down, size.height(), room.height()),
        ):
            bar.setPageStep(there)
            bar.setSingleStep(theme.soft(40))
            bar.setRange(0, max(0, needed - there))
        self.viewport().update()


def _widths(page: QImage, view: QAbstractScrollArea) -> list[int]:
    """How wide `page` can be shown in `view`, the whole page first."""
    room = view.maximumViewportSize()
    across, down = room.width() - 2 * EDGE, room.height() - 2 * EDGE
    whole = max(1, min(across, down * page.width() // page.height()))
    read = min(across - view.verticalScrollBar().sizeHint().width(), theme.em(WIDEST))
    return [whole, *(wide for wide in (round(read * times) for times in LARGER) if wide > whole * STEP)]


def _most(page: QImage, view: QAbstractScrollArea) -> int:
    return len(_widths(page, view)) - 1


def _kept(width: int, height: int, data: bytes) -> QImage:
    """A copy; what is black on white takes a fourth of the room."""
    image = QImage(data, width, height, width * 4, QImage.Format.Format_RGBX8888)
    return image.convertToFormat(QImage.Format.Format_Grayscale8) if image.allGray() else image.copy()
