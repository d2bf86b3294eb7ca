"""The step bar: the words of every step, which are done, which is now; done ones can be gone back to."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QSizePolicy, QWidget

from ui import icons, theme
from ui.widgets.words import set_tone


class StepButton(QAbstractButton):
    """One step: ✓ on tint when done, a filled number when now, a ring number when later."""

    def __init__(self, number: int, word: str) -> None:
        super().__init__()
        self.number, self.state = number, "later"
        self.setText(word)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def show_state(self, state: str) -> None:
        """`done`, `now` or `later`."""
        self.state = state
        self.setEnabled(state != "later")
        spoken = {"done": self.tr("做好了"), "now": self.tr("正在做"), "later": self.tr("还没到")}[state]
        self.setAccessibleName(
            self.tr("第 {n} 步，{word}，{state}").format(n=self.number, word=self.text(), state=spoken)
        )
        self.update()

    def sizeHint(self) -> QSize:
        """Disc and bold word; the word is dropped at the largest letters unless it is the step of now."""
        disc = theme.soft(34)
        if self._wordless():
            return QSize(disc + 12, theme.soft(46))
        wide = QFontMetrics(theme.font(bold=True)).horizontalAdvance(self.text())
        return QSize(disc + theme.soft(8) + wide + 12, theme.soft(46))

    def minimumSizeHint(self) -> QSize:
        """The word is never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Disc and word."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = theme.soft(34)
        disc = QRectF(6, (self.height() - size) / 2, size, size)
        now, done = self.state == "now", self.state == "done"
        ring = QPen(theme.colour("edge"), 2)
        painter.setPen(ring if not (now or done) else Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("pri" if now else "tint" if done else "card"))
        painter.drawEllipse(disc.adjusted(1, 1, -1, -1))
        painter.setFont(theme.font(bold=now))
        if done:
            inset = size * 0.18
            icons.paint(painter, "check", disc.adjusted(inset, inset, -inset, -inset), theme.colour("pri"))
        else:
            painter.setPen(theme.colour("on_pri" if now else "ink"))
            painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(self.number))
        if not self._wordless():
            painter.setPen(theme.colour("pri" if now else "ink"))
            left = disc.right() + theme.soft(8)
            box = QRectF(left, 0, self.width() - left, self.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, self.text())

    def _wordless(self) -> bool:
        return theme.current().size is not theme.Size.STANDARD and self.state != "now"


class StepBar(QFrame):
    """`went(index)` when the worker goes to a step that is done (or to the furthest reached)."""

    went = Signal(int)

    def __init__(self, steps: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.setAccessibleName(self.tr("一共 {n} 步").format(n=len(steps)))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.soft(10), 2, theme.soft(10), 2)
        self.buttons = [StepButton(number + 1, word) for number, word in enumerate(steps)]
        for place, button in enumerate(self.buttons):
            if place:
                row.addStretch(1)
            row.addWidget(button)
            button.clicked.connect(lambda _checked=False, place=place: self.went.emit(place))
        self.current, self.reached = 0, 0
        self.show_step(0)

    def show_step(self, index: int, reached: int | None = None) -> None:
        """Mark step `index` as now; steps up to `reached` (default: as far as ever shown) stay open."""
        self.current = index
        self.reached = max(self.reached, index) if reached is None else reached
        for place, button in enumerate(self.buttons):
            button.show_state("now" if place == index else "done" if place <= self.reached else "later")
            button.updateGeometry()
        set_tone(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right move between open steps."""
        by = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        target = self.current + by
        if by and 0 <= target <= self.reached:
            self.went.emit(target)
        else:
            super().keyPressEvent(event)
