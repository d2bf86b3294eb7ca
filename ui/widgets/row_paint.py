"""How a list row is painted: disc, two lines, chip, button, at every letter size."""

from __future__ import annotations

from functools import cache
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPainterPath, QPen, QTextLayout
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui import icons, theme
from ui.widgets.rows import ROW, Row

TONES = {
    "neutral": ("sunk", "ink"),
    "pri": ("tint", "pri2"),
    "warn": ("warn_bg", "warn"),
    "bad": ("bad_bg", "bad"),
    "info": ("info_bg", "info"),
    "ok": ("ok_bg", "ok"),
}
STRIP = 5
FEWEST = 3  # characters a line must hold before a title is broken over two


@cache
def _metrics(_of: theme.Theme, *, bold: bool) -> QFontMetrics:
    # Asked for every row of a list, and the same for all until the letters change.
    return QFontMetrics(theme.font(bold=bold))


def _plain() -> QFontMetrics:
    return _metrics(theme.current(), bold=False)


def _bold() -> QFontMetrics:
    return _metrics(theme.current(), bold=True)


class RowDelegate(QStyledItemDelegate):
    """Paints `Row` values."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """At least 72 high with two lines; 64 with one; headings lower. A title too long takes one more."""
        row = index.data(ROW)
        line = _plain().height()
        if row.heading:
            return QSize(200, line + theme.soft(14))
        lines = 2 if row.note and _two_lines() else 1
        widget = _of(option).widget
        if (
            isinstance(widget, QListView)
            and len(title_lines(row, row_room(widget.viewport().width(), row))) > 1
        ):
            lines += 1
        floor = theme.soft(72 if lines >= 2 else 64)
        if row.button:
            floor = max(floor, theme.soft(84))
        return QSize(200, max(floor, line * lines + theme.soft(12)))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Ground, bar, disc, words, chip, button, dividing line."""
        row: Row = index.data(ROW)
        box: QRect = _of(option).rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(_of(option).widget, QListView):  # the list's corners are round, its rows are not
            round_box = QPainterPath()
            round_box.addRoundedRect(QRectF(_of(option).widget.viewport().rect()), 9, 9)
            painter.setClipPath(round_box)
        if row.heading:
            self._heading(painter, box, row)
            painter.restore()
            return
        self._ground(painter, option, index)
        right = box.right() - theme.soft(16)
        if row.button:
            right = self._button(painter, box, row) - theme.soft(14)
        if row.chip:
            chip = chip_words(row, box.width())
            paint_chip(painter, right, box.center().y(), chip, row.tone, row.chip_icon)
        left = self._disc(painter, box, row)
        self._lines(painter, QRect(left, box.top(), row_room(box.width(), row), box.height()), row)
        painter.restore()

    def button_box(self, box: QRect, row: Row) -> QRect:
        """Where the row's button stands, for the mouse."""
        wide, tall = _button_width(row), theme.soft(52)
        return QRect(box.right() - theme.soft(16) - wide, box.center().y() - tall // 2 + 1, wide, tall)

    def _heading(self, painter: QPainter, box: QRect, row: Row) -> None:
        painter.fillRect(box, theme.colour("bg"))
        painter.setFont(theme.font(bold=True))
        painter.setPen(theme.colour("ink2"))
        painter.drawText(box.adjusted(theme.soft(16), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, row.title)

    def _ground(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        box: QRect = _of(option).rect
        chosen = bool(_of(option).state & QStyle.StateFlag.State_Selected)
        hover = bool(_of(option).state & QStyle.StateFlag.State_MouseOver)
        if chosen:
            painter.fillRect(box, theme.colour("tint"))
            painter.fillRect(QRect(box.left(), box.top(), STRIP, box.height()), theme.colour("pri"))
        elif hover:
            painter.fillRect(box, theme.colour("bg"))
        if index.row() < index.model().rowCount() - 1:
            painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), theme.colour("line"))

    def _disc(self, painter: QPainter, box: QRect, row: Row) -> int:
        left = box.left() + theme.soft(16)
        if row.tick is not None:
            px = theme.soft(34)
            spot = QRectF(box.left() + theme.soft(16), box.center().y() - px / 2, px, px)
            icons.paint(painter, "boxed" if row.tick else "box", spot, theme.colour("pri"))
            return round(spot.right()) + theme.soft(14)
        if not (row.avatar or row.icon) or not _two_lines():
            return left
        size = theme.soft(48)
        disc = QRectF(left, box.center().y() - size / 2 + 1, size, size)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("tint" if row.icon else "sunk"))
        painter.drawEllipse(disc)
        if row.icon:
            inset = size * 0.23
            icons.paint(painter, row.icon, disc.adjusted(inset, inset, -inset, -inset), theme.colour("pri"))
        else:
            painter.setPen(theme.colour("ink"))
            painter.setFont(theme.font("strong", bold=True))
            painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, row.avatar)
        return left + size + theme.soft(14)

    def _lines(self, painter: QPainter, box: QRect, row: Row) -> None:
        tall = _bold().height()
        # Noto's lines are loose; several of them stand a little closer together than Qt would put them.
        step = round(tall * 0.92)
        title = title_lines(row, box.width())
        note = row.note if _two_lines() else ""
        many = len(title) + bool(note)
        top = box.center().y() - (round(tall * 0.94) + (many - 2) * step // 2 if many > 1 else tall // 2) + 1
        for start, text in title:
            self._title(painter, QRect(box.left(), top, box.width(), tall), row, start, text)
            top += step
        if note:
            painter.setFont(theme.font())
            painter.setPen(theme.colour("ink2"))
            note = _plain().elidedText(note, Qt.TextElideMode.ElideRight, box.width())
            below = QRect(box.left(), top, box.width(), tall)
            painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, note)

    def _title(self, painter: QPainter, box: QRect, row: Row, start: int, text: str) -> None:
        metrics = _bold()
        for at, length in row.marks:
            first, last = max(at - start, 0), min(at + length - start, len(text))
            if first >= last:
                continue
            ahead, wide = (metrics.horizontalAdvance(part) for part in (text[:first], text[first:last]))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("hit"))
            painter.drawRoundedRect(QRectF(box.left() + ahead, box.top() + 2, wide, box.height() - 4), 3, 3)
        painter.setFont(theme.font(bold=True))
        painter.setPen(theme.colour("ink"))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, text)

    def _button(self, painter: QPainter, box: QRect, row: Row) -> int:
        where = self.button_box(box, row)
        painter.setPen(QPen(theme.colour("pri"), 2))
        painter.setBrush(theme.colour("card"))
        painter.drawRoundedRect(QRectF(where).adjusted(1, 1, -1, -1), 8, 8)
        left = where.left() + theme.soft(17)
        if row.button_icon:
            px = theme.em(24)
            spot = QRectF(left, where.center().y() - px / 2 + 1, px, px)
            icons.paint(painter, row.button_icon, spot, theme.colour("pri"))
            left += px + theme.em(8)
        painter.setFont(theme.font(bold=True))
        painter.setPen(theme.colour("pri"))
        painter.drawText(
            QRect(left, where.top(), where.right() - left, where.height()),
            Qt.AlignmentFlag.AlignVCenter,
            row.button,
        )
        return where.left()


def paint_chip(painter: QPainter, right: int, middle: int, text: str, tone: str, icon: str = "") -> int:
    """Draw a chip whose right edge is at `right` and whose middle is at `middle`; returns its left edge."""
    ground, ink = TONES[tone]
    font = theme.font(bold=tone == "bad")
    wide = _chip_width(text, tone, icon)
    px, tall = theme.em(21), theme.em(34)
    box = QRectF(right - wide, middle - tall / 2 + 1, wide, tall)
    outlined = theme.current().high_contrast
    painter.setPen(QPen(theme.colour(ink), 1.5) if outlined else Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(ground))
    painter.drawRoundedRect(box, tall / 2, tall / 2)
    left = box.left() + theme.em(11)
    if icon:
        icons.paint(painter, icon, QRectF(left, box.center().y() - px / 2, px, px), theme.colour(ink))
        left += px + theme.em(6)
    painter.setFont(font)
    painter.setPen(theme.colour(ink))
    painter.drawText(QRectF(left, box.top(), box.right() - left, tall), Qt.AlignmentFlag.AlignVCenter, text)
    return int(box.left())


def title_lines(row: Row, room: int) -> list[tuple[int, str]]:
    """The title in `room` pixels: one line, or two where it would be cut, each with where it starts."""
    metrics = _bold()
    # No character is wider than a line is high: of most titles that says enough.
    if len(row.title) * metrics.height() <= room or metrics.horizontalAdvance(row.title) <= room:
        return [(0, row.title)]
    if room < FEWEST * metrics.height():
        return [(0, metrics.elidedText(row.title, Qt.TextElideMode.ElideRight, room))]
    layout = QTextLayout(row.title, theme.font(bold=True))
    layout.beginLayout()
    first = layout.createLine()
    first.setLineWidth(room)
    layout.endLayout()
    end = first.textLength()
    rest = metrics.elidedText(row.title[end:], Qt.TextElideMode.ElideRight, room)
    return [(0, row.title[:end]), (end, rest)]


def row_room(width: int, row: Row) -> int:
    """What is left for the words in a list `width` wide."""
    room = width - 2 * theme.soft(16)
    if row.button:
        room -= _button_width(row) + theme.soft(14)
    if row.chip:
        room -= _chip_width(chip_words(row, width), row.tone, row.chip_icon) + theme.soft(12)
    if row.tick is not None:
        return room - theme.soft(34) - theme.soft(14)
    disc = (row.avatar or row.icon) and _two_lines()
    return room - theme.soft(48) - theme.soft(14) if disc else room


def chip_words(row: Row, width: int) -> str:
    """What a chip says in a list `width` wide: cut at its end, before it takes more than half of the row."""
    most = (width - 2 * theme.soft(16)) // 2
    bare = _chip_width("", row.tone, row.chip_icon)
    metrics = _bold() if row.tone == "bad" else _plain()
    if bare + len(row.chip) * metrics.height() <= most:
        return row.chip  # no character is wider than a line is high
    return metrics.elidedText(row.chip, Qt.TextElideMode.ElideRight, max(most - bare, 0))


def _button_width(row: Row) -> int:
    wide = _bold().horizontalAdvance(row.button) + theme.soft(34)
    return wide + theme.em(24) + theme.em(8) if row.button_icon else wide


def _chip_width(text: str, tone: str, icon: str) -> int:
    wide = (_bold() if tone == "bad" else _plain()).horizontalAdvance(text) + theme.em(22)
    return wide + theme.em(21) + theme.em(6) if icon else wide


def _of(option: QStyleOptionViewItem) -> Any:
    """PySide's stubs leave out the fields of style options."""
    return option


def _two_lines() -> bool:
    return theme.current().size is not theme.Size.EXTRA
