"""The row every list is made of: who and what in bold, why and when below, a chip, at most one button."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtCore import Signal as QtSignal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPalette
from PySide6.QtWidgets import QFrame, QListView, QWidget

from ui import theme

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
ROW = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True)
class Row:
    """What one row shows. `key` is handed back when it is opened; `marks` are (start, length) in `title`.

    `heading` rows group the rows under them; they are read but cannot be chosen. `tick` says whether a row of
    a list to pick from is ticked; opening it, also by Space, is for its owner to turn into the other.
    """

    key: str
    title: str
    note: str = ""
    avatar: str = ""
    icon: str = ""
    chip: str = ""
    tone: str = "neutral"
    chip_icon: str = ""
    button: str = ""
    button_icon: str = ""
    marks: tuple[tuple[int, int], ...] = ()
    heading: bool = False
    tick: bool | None = None

    @property
    def spoken(self) -> str:
        """What a screen reader says: whether it is ticked, line 1, line 2, chip."""
        tick = {True: "选了", False: "没选", None: ""}[self.tick]
        return "，".join(part for part in (tick, self.title, self.note, self.chip) if part)


class RowModel(QAbstractListModel):
    """The rows of one list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Row, ...] = ()

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def add_rows(self, rows: Sequence[Row]) -> None:
        """Append `rows` without touching those there."""
        first = len(self._rows)
        self.beginInsertRows(NOWHERE, first, first + len(rows) - 1)
        self._rows = (*self._rows, *rows)
        self.endInsertRows()

    def rows(self) -> tuple[Row, ...]:
        """All rows in order."""
        return self._rows

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Number of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The row itself, its title, or what is read aloud."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return row.spoken
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings cannot be chosen."""
        if index.isValid() and self._rows[index.row()].heading:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class RowList(QListView):
    """A list of rows. Enter or a click opens (`opened(key)`); the row's button emits `pressed(key)`.

    `chosen(key)` follows the current row, for pages that show details beside the list.
    `left_up` is emitted on Up in the first row, to go back to a search box; `near_end` whenever fewer than
    a windowful of rows is left below, by whatever way she came there.
    """

    opened = QtSignal(str)
    pressed = QtSignal(str)
    chosen = QtSignal(str)
    left_up = QtSignal()
    near_end = QtSignal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        from ui.widgets.row_paint import RowDelegate

        self.setAccessibleName(name)
        self._model = RowModel(self)
        self._delegate = RowDelegate(self)
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.selectionModel().currentChanged.connect(lambda now: _tell_chosen(self, now))
        bar = self.verticalScrollBar()
        for moved in (bar.valueChanged, bar.rangeChanged):
            moved.connect(lambda *_: _look_ahead(self))

    def set_rows(self, rows: Sequence[Row], *, keep: bool = True) -> None:
        """Show `rows`; the current row stays current when its key is still there (`keep`)."""
        before = self.current_key() if keep else ""
        self._model.set_rows(rows)
        if before:
            self.choose(before)
        self.updateGeometry()

    def add_rows(self, rows: Sequence[Row]) -> None:
        """Append those of `rows` that are not there; the view and the current row stay where they are."""
        known = {row.key for row in self._model.rows()}
        if fresh := [row for row in rows if row.key not in known]:
            self._model.add_rows(fresh)

    def rows(self) -> tuple[Row, ...]:
        """The rows shown."""
        return self._model.rows()

    def current_key(self) -> str:
        """Key of the current row, "" when none."""
        row = self.currentIndex().data(ROW)
        return row.key if isinstance(row, Row) else ""

    def choose(self, key: str) -> bool:
        """Make the row with `key` current; False when it is not there."""
        for place, row in enumerate(self._model.rows()):
            if row.key == key and not row.heading:
                self.setCurrentIndex(self._model.index(place))
                return True
        return False

    def choose_first(self) -> bool:
        """Make the first row that can be chosen current."""
        return any(self.choose(row.key) for row in self._model.rows() if not row.heading)

    def content_height(self) -> int:
        """Height at which every row is seen."""
        return sum(self.sizeHintForRow(place) for place in range(self._model.rowCount())) + 2

    def focus_rect(self) -> QRect:
        """The focus ring stands around the whole list; the current row carries its own bar."""
        return self.rect()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Whoever comes by key sees where she is, and Enter opens it."""
        super().focusInEvent(event)
        if event.reason() is not Qt.FocusReason.MouseFocusReason and not self.current_key():
            self.choose_first()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Ctrl+Enter or Space presses the row's button, Up in the first row leaves upward."""
        row = self.currentIndex().data(ROW)
        ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if isinstance(row, Row) and row.button and (event.key() == Qt.Key.Key_Space or (enter and ctrl)):
            self.pressed.emit(row.key)
        elif isinstance(row, Row) and (enter or (row.tick is not None and event.key() == Qt.Key.Key_Space)):
            self.opened.emit(row.key)
        elif event.key() == Qt.Key.Key_Up and _first_is_current(self):
            self.left_up.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the button presses it; a click elsewhere in the row opens the row."""
        super().mouseReleaseEvent(event)
        if event.button() != Qt.MouseButton.LeftButton:
            return
        spot: QPoint = event.position().toPoint()
        index = self.indexAt(spot)
        row = index.data(ROW)
        if not isinstance(row, Row) or row.heading:
            return
        if row.button and self._delegate.button_box(self.visualRect(index), row).contains(spot):
            self.pressed.emit(row.key)
        else:
            self.opened.emit(row.key)

    def changeEvent(self, event: QEvent) -> None:
        """Lay rows out anew when the letters change size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            palette = self.palette()
            palette.setColor(QPalette.ColorRole.Base, theme.colour("card"))
            self.scheduleDelayedItemsLayout()

    def leave_room(self, px: int) -> None:
        """Keep the last `px` free of rows: something stands over them for a while. 0 takes them back."""
        if px != self.viewportMargins().bottom():
            self.setViewportMargins(0, 0, 0, px)
            if px and self.hasFocus():
                self.scrollTo(self.currentIndex())  # the row in hand does not vanish

    def sizeHint(self) -> QSize:
        """As wide as given, as tall as a few rows."""
        most, tall = theme.soft(72) * 5, 2
        for place in range(self._model.rowCount()):
            tall += self.sizeHintForRow(place)
            if tall >= most:  # the rest of hundreds need not be measured
                break
        return QSize(super().sizeHint().width(), min(tall, most))


def _tell_chosen(shown: RowList, now: QModelIndex) -> None:
    row = now.data(ROW)
    if isinstance(row, Row):
        shown.chosen.emit(row.key)


def _look_ahead(shown: RowList) -> None:
    bar = shown.verticalScrollBar()
    if bar.maximum() - bar.value() < shown.viewport().height():
        shown.near_end.emit()


def _first_is_current(shown: RowList) -> bool:
    first = next((place for place, row in enumerate(shown.rows()) if not row.heading), -1)
    return shown.currentIndex().row() <= first
