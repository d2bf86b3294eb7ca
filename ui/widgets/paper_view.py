"""The paper on the screen: a page image, drawn as large as there is room."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme

A4 = 210 / 297


class PaperView(QWidget):
    """`show_pages(pages)` takes (width px, height px, RGBX bytes) of each page; PgUp and PgDn turn them.

    The bytes are copied: the caller may drop them.
    """

    turned = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._pages: list[QImage] = []
        self._waiting = ""
        self.page = 0

    def show_pages(self, pages: Sequence[tuple[int, int, bytes]]) -> None:
        """Show the pages; the page in sight stays when there is one of that number."""
        self._pages = [
            QImage(data, width, height, width * 4, QImage.Format.Format_RGBX8888).copy()
            for width, height, data in pages
        ]
        self._waiting = ""
        self.turn_to(min(self.page, max(0, len(pages) - 1)))

    def say(self, text: str) -> None:
        """Show words in place of the paper, for example 「正在排版…」."""
        self._pages, self._waiting = [], text
        self.update()

    def page_count(self) -> int:
        """How many pages there are."""
        return len(self._pages)

    def turn_to(self, page: int) -> None:
        """Show page `page`, counted from 0."""
        if 0 <= page < max(1, len(self._pages)):
            self.page = page
            self.setAccessibleDescription(
                self.tr("第 {n} 页，共 {total} 页").format(n=page + 1, total=len(self._pages))
            )
            self.update()
            self.turned.emit(page)

    def sizeHint(self) -> QSize:
        """The width of the builder's right pane."""
        return QSize(374, round(374 / A4))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn pages."""
        by = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}.get(Qt.Key(event.key()), 0)
        if by and not event.modifiers():
            self.turn_to(self.page + by)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Sheet, or words while there is none."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if not self._pages:
            painter.setFont(theme.font())
            painter.setPen(theme.colour("ink2"))
            painter.drawText(
                self.rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._waiting
            )
            return
        image = self._pages[self.page]
        ratio = min((self.width() - 6) / image.width(), (self.height() - 6) / image.height())
        size = image.size() * ratio
        sheet = QRectF((self.width() - size.width()) / 2, 2, size.width(), size.height())
        dots = self.devicePixelRatio()
        scaled = image.scaled(
            size * dots, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        painter.drawImage(sheet, scaled)
        painter.setPen(QPen(theme.colour("edge"), 1))
        painter.drawRect(sheet)
