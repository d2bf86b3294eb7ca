"""A layout that stands its items beside each other where there is room, else one under another."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QMargins, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class BesideLayout(QLayout):
    """Beside each other from a width of `wide()` px on. The first is then `first()` px wide and the others
    share the rest; where that is 0 all are equally wide. The height follows what wraps inside.

    Both are asked at every layout: letters may change in mid-work.
    """

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        gap: int,
        wide: Callable[[], int],
        first: Callable[[], int] = lambda: 0,
    ) -> None:
        super().__init__(parent)
        self.setContentsMargins(QMargins(0, 0, 0, 0))
        self.setSpacing(gap)
        self._items: list[QLayoutItem] = []
        self._wide, self._first = wide, first

    def addItem(self, item: QLayoutItem) -> None:
        """Append an item."""
        self._items.append(item)

    def count(self) -> int:
        """Number of items."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Item at `index`, or None."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]  # Qt itself returns null here
        """Remove and return the item at `index`."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Fills the width it is given."""
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        """Narrower means higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height of the row or the stack at `width`."""
        return max((box.y() + box.height() for _, box in self._boxes(width)), default=0)

    def setGeometry(self, box: QRect) -> None:
        """Set every widget in its place."""
        super().setGeometry(box)
        for item, place in self._boxes(box.width()):
            item.setGeometry(place.translated(box.topLeft()))

    def sizeHint(self) -> QSize:
        """Room for the row."""
        shown = [item.sizeHint() for item in self._items if not item.isEmpty()]
        wide = sum(size.width() for size in shown) + self.spacing() * max(0, len(shown) - 1)
        return QSize(max(wide, self._wide()), max((size.height() for size in shown), default=0))

    def minimumSize(self) -> QSize:
        """The widest single item: the stack goes down to it."""
        size = QSize()
        for item in self._items:
            if not item.isEmpty():
                size = size.expandedTo(item.minimumSize())
        return size

    def _boxes(self, width: int) -> list[tuple[QLayoutItem, QRect]]:
        shown = [item for item in self._items if not item.isEmpty()]
        made: list[tuple[QLayoutItem, QRect]] = []
        left = top = 0
        for item, wide in zip(shown, self._widths(shown, width), strict=True):
            tall = item.heightForWidth(wide) if item.hasHeightForWidth() else item.sizeHint().height()
            made.append((item, QRect(left, top, wide, tall)))
            if width >= self._wide():
                left += wide + self.spacing()
            else:
                top += tall + self.spacing()
        return made

    def _widths(self, shown: list[QLayoutItem], width: int) -> list[int]:
        many = len(shown)
        if width < self._wide() or many < 2:
            return [width] * many
        room = width - self.spacing() * (many - 1)
        if first := self._first():
            return [first, *[(room - first) // (many - 1)] * (many - 1)]
        return [room // many] * many
