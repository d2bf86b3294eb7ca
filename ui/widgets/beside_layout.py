"""A layout that stands its items beside each other where there is room, else one under another."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayoutItem, QWidget

from ui.widgets.item_layout import ItemLayout


class BesideLayout(ItemLayout):
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
        super().__init__(parent, gap)
        self._wide, self._first = wide, first

    def expandingDirections(self) -> Qt.Orientation:
        """Fills the width it is given."""
        return Qt.Orientation.Horizontal

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
        row = super().sizeHint()
        return QSize(max(row.width(), self._wide()), row.height())

    def _boxes(self, width: int) -> list[tuple[QLayoutItem, QRect]]:
        shown = self._shown()
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
