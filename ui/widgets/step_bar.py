"""The step bar: the words of every step, what is done, what is missing where, and which step is now."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QSizePolicy, QWidget

from ui import icons, theme
from ui.widgets.words import set_tone

DISC = 34


class Room(IntEnum):
    """How much of each step is written out: as much as the bar is wide for."""

    NUMBERS = 0  # the word of now alone
    WORDS = 1
    ALL = 2  # words, and 「差 2」 where something is missing


class StepButton(QAbstractButton):
    """One step: ✓ on tint when done, a number in a dashed ring when something is missing in it, a filled
    number when now, a plain ring number when later."""

    def __init__(self, number: int, word: str) -> None:
        super().__init__()
        self.number, self.state, self.lacking, self.room = number, "later", 0, Room.ALL
        self.setText(word)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def show_state(self, state: str, lacking: int) -> None:
        """`done`, `short` (been at, something missing), `now` or `later`; `lacking` answers are missing."""
        self.state, self.lacking = state, lacking
        self.setEnabled(state != "later")
        missing = self.tr("还差 {n} 处").format(n=lacking)
        spoken = {
            "done": self.tr("做好了"),
            "short": missing,
            "now": self.tr("正在做") + (f"，{missing}" if lacking else ""),
            "later": self.tr("还没到"),
        }[state]
        self.setAccessibleName(
            self.tr("第 {n} 步 {word}，{state}").format(n=self.number, word=self.text(), state=spoken)
        )
        self.setToolTip(f"{self.text()}，{spoken}")
        self.update()

    def show_room(self, room: Room) -> None:
        """Write out as much as there is room for."""
        self.room = room
        self.updateGeometry()
        self.update()

    def width_at(self, room: Room) -> int:
        """The width it takes with so much written out."""
        disc = theme.soft(DISC) + 12
        if room is Room.NUMBERS and self.state != "now":
            return disc
        bold = QFontMetrics(theme.font(bold=True))
        tail = bold.horizontalAdvance(self._tail()) if room is Room.ALL else 0
        return disc + theme.soft(8) + bold.horizontalAdvance(self.text()) + tail

    def sizeHint(self) -> QSize:
        """Disc, bold word, and what is missing."""
        return QSize(self.width_at(self.room), theme.soft(46))

    def minimumSizeHint(self) -> QSize:
        """The word is never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Disc and words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = theme.soft(DISC)
        disc = QRectF(6, (self.height() - size) / 2, size, size)
        self._paint_disc(painter, disc)
        now = self.state == "now"
        if self.room is Room.NUMBERS and not now:
            return
        left = disc.right() + theme.soft(8)
        box = QRectF(left, 0, self.width() - left, self.height())
        painter.setFont(theme.font(bold=now))
        painter.setPen(theme.colour("pri" if now else "ink"))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, self.text())
        if self.room is Room.ALL and self._tail():
            box.adjust(painter.fontMetrics().horizontalAdvance(self.text()), 0, 0, 0)
            painter.setFont(theme.font(bold=True))
            painter.setPen(theme.colour("warn"))
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, self._tail())

    def _paint_disc(self, painter: QPainter, disc: QRectF) -> None:
        fill = {"now": "pri", "done": "tint", "short": "warn_bg"}.get(self.state, "card")
        ring = QPen(theme.colour("edge"), 2)
        if self.state == "short":  # dashed is what is open still, here as everywhere
            ring = QPen(theme.colour("warn"), 3)
            ring.setDashPattern([2.0, 1.2])
            ring.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(ring if self.state in ("short", "later") else Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(fill))
        painter.drawEllipse(disc.adjusted(1.5, 1.5, -1.5, -1.5))
        if self.state == "done":
            inset = disc.width() * 0.18
            icons.paint(painter, "check", disc.adjusted(inset, inset, -inset, -inset), theme.colour("pri"))
            return
        painter.setFont(theme.font(bold=self.state in ("now", "short")))
        painter.setPen(theme.colour("on_pri" if self.state == "now" else "ink"))
        painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(self.number))

    def _tail(self) -> str:
        return self.tr(" 差 {n}").format(n=self.lacking) if self.state == "short" else ""


class StepBar(QFrame):
    """`went(index)` when the worker goes to a step she has been at.

    A step is done (✓) only when nothing is missing in it, see `show_lacks`.
    """

    went = Signal(int)

    def __init__(self, steps: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.setAccessibleName(self.tr("一共 {n} 步").format(n=len(steps)))
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(theme.soft(10), 2, theme.soft(10), 2)
        row.setSpacing(theme.soft(4))
        self.buttons = [StepButton(number + 1, word) for number, word in enumerate(steps)]
        for place, button in enumerate(self.buttons):
            if place:
                row.addStretch(1)
            row.addWidget(button)
            button.clicked.connect(lambda _checked=False, place=place: self.went.emit(place))
        self.current, self.reached = 0, 0
        self._lacks: tuple[int, ...] = (0,) * len(self.buttons)
        self.show_step(0)

    def show_step(self, index: int, reached: int | None = None) -> None:
        """Mark step `index` as now; steps up to `reached` (default: as far as ever shown) stay open."""
        self.current = index
        self.reached = max(self.reached, index) if reached is None else reached
        self._say()

    def show_lacks(self, lacks: Sequence[int]) -> None:
        """How many answers are missing in each step."""
        if tuple(lacks) != self._lacks:
            self._lacks = tuple(lacks)
            self._say()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Write out what there is room for."""
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Numbers, and one word: the others are written out only where there is room."""
        words = [QFontMetrics(theme.font(bold=True)).horizontalAdvance(one.text()) for one in self.buttons]
        discs = (theme.soft(DISC) + 12 + self._row.spacing()) * len(self.buttons)
        wide = discs + theme.soft(8) + max(words, default=0) + 2 * theme.soft(10)
        return QSize(wide, super().minimumSizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right move between open steps."""
        by = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        target = self.current + by
        if by and 0 <= target <= self.reached:
            self.went.emit(target)
        else:
            super().keyPressEvent(event)

    def _say(self) -> None:
        for place, (button, lacking) in enumerate(zip(self.buttons, self._lacks, strict=True)):
            been = "short" if lacking else "done"
            state = "now" if place == self.current else been if place <= self.reached else "later"
            button.show_state(state, lacking)
        set_tone(self)
        self._fit()

    def _fit(self) -> None:
        edges = self._row.contentsMargins()
        gaps = self._row.spacing() * (len(self.buttons) - 1)
        space = self.width() - edges.left() - edges.right() - gaps
        rooms = (Room.ALL, Room.WORDS, Room.NUMBERS)
        fitting = (one for one in rooms if sum(each.width_at(one) for each in self.buttons) <= space)
        room = next(fitting, Room.NUMBERS)
        for button in self.buttons:
            button.show_room(room)
