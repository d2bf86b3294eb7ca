"""The left rail: the places, always visible, an icon and a word each, a count only where there is work."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QVBoxLayout, QWidget

from ui import icons, theme
from ui.spacing import STILL
from ui.widgets.words import words

WIDTH, WIDTH_EXTRA = 176, 212
LEAST_TARGET = 44  # pixels a place is high at least
GAP = 4  # pixels between a word and its count


@dataclass(frozen=True)
class Entry:
    """One place of the program: the name pages navigate by, its word, its icon."""

    key: str
    word: str
    icon: str


class RailButton(QAbstractButton):
    """One entry: painted whole, so that count pill and white ground keep their place at every size."""

    def __init__(self, entry: Entry) -> None:
        super().__init__()
        self.entry = entry
        self.count = 0
        self.setCheckable(True)
        self.setText(self.tr(entry.word))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set_count(0)

    def set_count(self, count: int) -> None:
        """Show `count` things to do, or no pill for 0."""
        self.count = count
        name = self.tr("{word}，{count} 件要办").format(word=self.text(), count=count)
        self.setAccessibleName(name if count else self.text())
        self.update()

    def sizeHint(self) -> QSize:
        """Full rail width, 64 high at the standard size."""
        return QSize(rail_width() - 16, theme.soft(64))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, icon, word, pill."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        chosen = self.isChecked()
        if chosen or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("card" if chosen else "nav_hover"))
            painter.drawRoundedRect(box, 8, 8)
        shade = theme.colour("pri" if chosen else "on_nav")
        tight = theme.current().size is theme.Size.EXTRA
        px = theme.soft(24 if tight else 26)
        left = theme.soft(8 if tight else 14)
        icons.paint(painter, self.entry.icon, QRectF(left, (box.height() - px) / 2, px, px), shade)
        painter.setPen(shade)
        painter.setFont(theme.font(bold=chosen))
        words_box = box.adjusted(left + px + theme.soft(5 if tight else 9), 0, 0, 0)
        painter.drawText(words_box, Qt.AlignmentFlag.AlignVCenter, self.text())
        if self.count:
            end = words_box.left() + painter.fontMetrics().horizontalAdvance(self.text())
            self._paint_count(painter, box, chosen, left + px, end)

    def _paint_count(
        self, painter: QPainter, box: QRectF, chosen: bool, icon_end: float, word_end: float
    ) -> None:
        """Behind the word; on the corner of the icon where a long word leaves no room."""
        text = str(self.count) if self.count < 100 else "99+"
        painter.setFont(theme.font(bold=True))
        wide = max(theme.soft(30), painter.fontMetrics().horizontalAdvance(text) + 12)
        tall = theme.soft(27)
        pill = QRectF(box.right() - wide - 6, (box.height() - tall) / 2, wide, tall)
        if pill.left() < word_end + GAP:
            small = theme.font(bold=True)
            small.setPixelSize(theme.soft(15))
            painter.setFont(small)
            wide = max(theme.soft(20), painter.fontMetrics().horizontalAdvance(text) + 8)
            tall = theme.soft(20)
            pill = QRectF(icon_end - wide / 2, 3, wide, tall)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("pri" if chosen else "card"))
        painter.drawRoundedRect(pill, tall / 2, tall / 2)
        painter.setPen(theme.colour("on_pri" if chosen else "nav"))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)


class Rail(QWidget):
    """The rail. `chosen` carries the key of the place the worker points at."""

    chosen = Signal(str)

    def __init__(self, entries: tuple[Entry, ...], village: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.keys = tuple(entry.key for entry in entries)
        self.setObjectName("rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("去哪一页"))
        column = QVBoxLayout(self)
        self.setProperty(STILL, True)  # its width is counted in these
        column.setContentsMargins(8, 8, 8, 12)
        column.setSpacing(4)
        self.brand = words(self.tr("首访通"))
        self.brand.setObjectName("brand")
        self.brand.setContentsMargins(12, 10, 0, 10)
        column.addWidget(self.brand)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, RailButton] = {}
        for place, entry in enumerate(entries):
            button = RailButton(entry)
            button.setToolTip(f"Alt+{place + 1}")
            button.clicked.connect(lambda _checked=False, key=entry.key: self.chosen.emit(key))
            self._group.addButton(button)
            self.buttons[entry.key] = button
            column.addWidget(button)
        column.addStretch(1)
        self.village = words(village, "body", "nav2", wrap=True)
        self.village.setContentsMargins(10, 0, 6, 0)
        column.addWidget(self.village)
        self._fit()

    def show_current(self, key: str) -> None:
        """Mark the place the window is at; places outside the rail unmark all."""
        if key in self.buttons:
            self.buttons[key].setChecked(True)
        elif self._group.checkedButton() is not None:
            self._group.setExclusive(False)
            self._group.checkedButton().setChecked(False)
            self._group.setExclusive(True)

    def set_counts(self, counts: dict[str, int]) -> None:
        """Show how many things wait at each place."""
        for key, button in self.buttons.items():
            button.set_count(counts.get(key, 0))

    def changeEvent(self, event: QEvent) -> None:
        """Widen at the largest letters."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "village"):
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a low screen the places stand closer, never over one another."""
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """As low as the smallest targets allow; the window is not held open by the rail."""
        return QSize(rail_width(), LEAST_TARGET * len(self.buttons))

    def _fit(self) -> None:
        self.setFixedWidth(rail_width())
        self.village.setVisible(theme.current().size is not theme.Size.EXTRA)
        column, many = self.layout(), max(len(self.buttons), 1)
        if column is None:
            return
        margins, other = column.contentsMargins(), [self.brand, self.village]
        taken = sum(one.sizeHint().height() for one in other if not one.isHidden())
        taken += margins.top() + margins.bottom() + column.spacing() * (many + len(other))
        each = min(theme.soft(64), max((self.height() - taken) // many, LEAST_TARGET))
        for button in self.buttons.values():
            button.setFixedHeight(each)


def rail_width() -> int:
    """176 px, 188 at 大, 212 at 特大."""
    return {theme.Size.STANDARD: WIDTH, theme.Size.LARGE: 192, theme.Size.EXTRA: WIDTH_EXTRA}[
        theme.current().size
    ]
