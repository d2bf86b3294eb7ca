"""A table of figures in large print: arrows walk through it, Enter or a click opens what a figure counts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from ui import theme
from ui.widgets.figure_cells import FigureRow, Paper, Spot, lay_out

KEYS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class FigureSheet(QWidget):
    """Lays the figures out and draws them; which one is current is for the table to say."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name, self._head = name, ""
        self._columns: tuple[str, ...] = ()
        self._rows: tuple[FigureRow, ...] = ()
        self._spots: tuple[Spot, ...] = ()
        self._at = (0, 0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(name)

    def show_figures(self, head: str, columns: Sequence[str], rows: Sequence[FigureRow]) -> None:
        """Replace everything."""
        self._head, self._columns, self._rows = head, tuple(columns), tuple(rows)
        self._at = (0, 0)
        self._lay_out()
        self.updateGeometry()

    def rows(self) -> tuple[FigureRow, ...]:
        """What it shows."""
        return self._rows

    def box_of(self, row: int, column: int) -> QRect:
        """Where a figure stands."""
        return next(spot.box for spot in self._spots if (spot.row, spot.column) == (row, column))

    def current(self) -> Spot | None:
        """The figure the keys stand on."""
        return next((spot for spot in self._spots if (spot.row, spot.column) == self._at), None)

    def sizeHint(self) -> QSize:
        """As high as the present width asks for."""
        return QSize(theme.em(320), self.heightForWidth(max(self.width(), theme.em(320))))

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for any pane."""
        return QSize(theme.em(200), theme.em(40))

    def hasHeightForWidth(self) -> bool:
        """Several grids are higher than one."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of all lines at `width`."""
        if not self._rows:
            return 0
        return lay_out(self._head, self._columns, self._rows, paper(width))[1] + 4

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out for the new width."""
        super().resizeEvent(event)
        self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        """Lay out for other letters."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._lay_out()
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground, lines, words; figures that open are underlined."""
        from ui.widgets.figure_paint import paint

        painter = QPainter(self)
        paint(painter, self._spots, self.width(), self._rows, self.current() if self.hasFocus() else None)

    def _lay_out(self) -> None:
        if self._rows:
            room = paper(self.width())
            self._spots = lay_out(self._head, self._columns, self._rows, room)[0]
        else:
            self._spots = ()
        self.update()


class FigureTable(FigureSheet):
    """`opened(key)` for a figure that has something behind it. It is as high as it needs to be."""

    opened = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk, Enter and Space open."""
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and not event.modifiers():
            current = self.current()
            if current is not None and current.key:
                self.opened.emit(current.key)
        elif key in KEYS and self._walk(*KEYS[key]):
            pass
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say where the keys stand."""
        super().focusInEvent(event)
        self._speak()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the frame away."""
        super().focusOutEvent(event)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A hand over what can be opened."""
        spot = self._spot_at(event)
        self.setCursor(Qt.CursorShape.PointingHandCursor if spot and spot.key else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens."""
        spot = self._spot_at(event)
        if spot is None or spot.column < 0 or event.button() != Qt.MouseButton.LeftButton:
            return
        self._at = (spot.row, spot.column)
        self.update()
        self._speak()
        if spot.key:
            self.opened.emit(spot.key)

    def focus_rect(self) -> QRect:
        """The ring stands around the figure that is current, for it is what Enter opens."""
        current = self.current()
        return current.box if current is not None else self.rect()

    def _walk(self, down: int, across: int) -> bool:
        row, column = self._at
        target = (row + down, column + across)
        if not (0 <= target[0] < len(self._rows) and 0 <= target[1] < len(self._columns)):
            return False
        self._at = target
        self.update()
        self._bring_into_sight()
        self._speak()
        return True

    def _speak(self) -> None:
        """Tell a screen reader where it is: label, column, figure."""
        row, column = self._at
        if row < len(self._rows) and column < len(self._columns):
            line = self._rows[row]
            said = f"{line.label}，{self._columns[column]}，{line.figures[column].text}"
            self.setAccessibleDescription(said)
            event = QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
            QAccessible.updateAccessibility(event)

    def _bring_into_sight(self) -> None:
        current = self.current()
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None and current is not None:
            centre = self.mapTo(area.widget(), current.box.center())
            area.ensureVisible(centre.x(), centre.y(), 0, current.box.height() * 2)

    def _spot_at(self, event: QMouseEvent) -> Spot | None:
        place = event.position().toPoint()
        return next((spot for spot in self._spots if spot.box.contains(place) and spot.row >= 0), None)


def paper(width: int) -> Paper:
    """The room and the letters of now."""
    plain, bold = QFontMetrics(theme.font()), QFontMetrics(theme.font(bold=True))
    huge = QRect(0, 0, 0, 16_000)

    def wrapped(text: str, room: int) -> int:
        huge.setWidth(max(room, 1))
        return bold.boundingRect(huge, int(Qt.TextFlag.TextWrapAnywhere), text).height()

    return Paper(
        width,
        plain.height() + theme.soft(20),
        theme.soft(10),
        lambda text, strong: (bold if strong else plain).horizontalAdvance(text) + 2,
        wrapped,
    )
