"""The left rail: the places, always visible, an icon and a word each, a count only where there is work."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QVBoxLayout, QWidget

from ui import icons, theme
from ui.spacing import STILL
from ui.widgets.words import words

WIDTH, WIDTH_EXTRA = 176, 212
LEAST_TARGET = 44  # pixels a place is high at least
GAP = 2  # pixels between a word and its count
INSET = 3  # pixels between a count and the end of its place


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
        icon, begin, pill = self.places()
        if icon is not None:
            icons.paint(painter, self.entry.icon, icon, shade)
        painter.setPen(shade)
        painter.setFont(theme.font(bold=chosen))
        painter.drawText(box.adjusted(begin, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self.text())
        if pill is not None:
            self._paint_count(painter, pill, chosen)

    def places(self) -> tuple[QRectF | None, float, QRectF | None]:
        """Where the icon stands, where the word begins, and where the count stands: behind the word, or
        instead of the icon where a long word leaves no room."""
        box = QRectF(self.rect())
        px = theme.soft(24 if theme.current().size is theme.Size.EXTRA else 26)
        icon = QRectF(theme.soft(10), (box.height() - px) / 2, px, px)
        begin = icon.right() + theme.soft(6)
        if not self.count:
            return icon, begin, None
        bold = QFontMetricsF(theme.font(bold=True))
        tall = theme.em(27)
        wide = max(tall, bold.horizontalAdvance(self._said()) + theme.em(8))
        pill = QRectF(box.right() - wide - INSET, (box.height() - tall) / 2, wide, tall)
        if pill.left() >= begin + bold.horizontalAdvance(self.text()) + GAP:
            return icon, begin, pill
        pill.moveLeft(INSET)
        return None, max(begin, pill.right() + GAP), pill

    def _said(self) -> str:
        return str(self.count) if self.count < 100 else "99+"

    def _paint_count(self, painter: QPainter, pill: QRectF, chosen: bool) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("pri" if chosen else "card"))
        painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
        painter.setFont(theme.font(bold=True))
        painter.setPen(theme.colour("on_pri" if chosen else "nav"))
        # A line is higher than the pill, its figures are not.
        centred = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip
        painter.drawText(pill, int(centred), self._said())


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
