"""The pages of a paper below each other, as wide as there is room, so that they can be read on the screen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.words import words

WIDEST = 900  # px of the standard size; wider than that a page is only farther to read
EDGE = 3


class PaperPage(QWidget):
    """One page, drawn to the width it is given."""

    def __init__(self, image: QImage) -> None:
        super().__init__()
        self._image = image
        self._scaled = QImage()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """A page keeps its shape."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Its height when it is `width` wide."""
        return round(self._across(width) * self._image.height() / self._image.width()) + 2 * EDGE

    def sizeHint(self) -> QSize:
        """Small; it grows with the room."""
        return QSize(320, self.heightForWidth(320))

    def minimumSizeHint(self) -> QSize:
        """Narrower than any window."""
        return QSize(160, 200)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The sheet with its edge."""
        across = self._across(self.width())
        high = round(across * self._image.height() / self._image.width())
        dots = self.devicePixelRatio()
        size = QSize(round(across * dots), round(high * dots))
        if self._scaled.size() != size:
            self._scaled = self._image.scaled(
                size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
        painter = QPainter(self)
        sheet = QRectF((self.width() - across) / 2, EDGE, across, high)
        painter.drawImage(sheet, self._scaled)
        painter.setPen(QPen(theme.colour("edge"), 1))
        painter.drawRect(sheet)

    def _across(self, width: int) -> int:
        return max(1, min(width - 2 * EDGE, theme.em(WIDEST)))


class PaperScroll(QScrollArea):
    """`show_pages(pages)` takes (width px, height px, RGBX bytes) of each page; arrows and PgDn scroll."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)
        self._holder = QWidget()
        self._holder.setProperty("surface", "clear")
        self._column = QVBoxLayout(self._holder)
        self._column.setContentsMargins(0, 0, theme.soft(6), 0)
        self._column.setSpacing(theme.soft(12))
        self.waiting = words("", "body", "quiet", wrap=True)
        self._column.addWidget(self.waiting)
        self._column.addStretch(1)
        self.setWidget(self._holder)
        self.pages: list[PaperPage] = []

    def show_pages(self, pages: Sequence[tuple[int, int, bytes]]) -> None:
        """Show them from the top; the bytes are copied."""
        self._clear()
        for width, height, data in pages:
            image = QImage(data, width, height, width * 4, QImage.Format.Format_RGBX8888).copy()
            page = PaperPage(image)
            self._column.insertWidget(self._column.count() - 1, page)
            self.pages.append(page)
        self.verticalScrollBar().setValue(0)
        self.setAccessibleDescription(self.tr("共 {n} 页").format(n=len(pages)))

    def say(self, text: str) -> None:
        """Words in place of the paper."""
        self._clear()
        self.waiting.setText(text)
        self.waiting.show()

    def _clear(self) -> None:
        self.waiting.hide()
        for page in self.pages:
            self._column.removeWidget(page)
            page.hide()
            page.deleteLater()
        self.pages = []
