"""A layout that wraps to the next line, so that choices are all in sight at any width."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayoutItem, QWidget

from ui.widgets.item_layout import ItemLayout


class FlowLayout(ItemLayout):
    """Left to right, then down. Lines are as high as their highest widget, the others stand at mid height.

    What is wider than a whole line gets that line to itself, and the height it needs to wrap in it.
    """

    def __init__(self, parent: QWidget | None = None, gap: int = 8, *, line_gap: int | None = None) -> None:
        self._heights: dict[int, int] = {}  # before Qt invalidates it for the first time
        super().__init__(parent, gap)
        self._line_gap = gap if line_gap is None else line_gap

    def expandingDirections(self) -> Qt.Orientation:
        """Takes no more room than it needs."""
        return Qt.Orientation(0)

    def heightForWidth(self, width: int) -> int:
        """Height of all lines at `width`; Qt asks many times over before anything changes."""
        if width not in self._heights:
            self._heights[width] = self._place(QRect(0, 0, width, 0), dry=True)
        return self._heights[width]

    def invalidate(self) -> None:
        """Something in it changed."""
        self._heights.clear()
        super().invalidate()

    def setGeometry(self, box: QRect) -> None:
        """Set every widget in its place."""
        super().setGeometry(box)
        self._place(box, dry=False)

    def _place(self, box: QRect, *, dry: bool) -> int:
        top = box.top()
        for line in self._lines(box.width()):
            tall = max(size.height() for _, size in line)
            left = box.left()
            for item, size in line:
                if not dry:
                    item.setGeometry(QRect(QPoint(left, top + (tall - size.height()) // 2), size))
                left += size.width() + self.spacing()
            top += tall + self._line_gap
        return max(0, top - self._line_gap - box.top())

    def _lines(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        lines: list[list[tuple[QLayoutItem, QSize]]] = []
        left = 0
        for item in self._shown():
            size = item.sizeHint()
            if size.width() > width and item.hasHeightForWidth():
                size = QSize(width, item.heightForWidth(width))
            if not lines or left + size.width() > width:
                lines.append([])
                left = 0
            lines[-1].append((item, size))
            left += size.width() + self.spacing()
        return lines
