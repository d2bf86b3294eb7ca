"""The recovery code on the screen: eight numbered groups to copy from, and eight boxes to type them into."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from ui import theme
from ui.widgets.text import NumberBox
from ui.widgets.words import set_tone, words

GROUPS, DIGITS, COLUMNS = 8, 5, 4


def _digits(text: str) -> str:
    return "".join(one for one in unicodedata.normalize("NFKC", text) if one in "0123456789")


class RecoveryCode(QWidget):
    """A code to be copied by hand: two rows of four groups, each with its small number."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "clear")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.soft(22))
        self._grid.setVerticalSpacing(theme.soft(6))
        self._grid.setColumnStretch(COLUMNS, 1)
        self._code = ""
        self._groups: list[QWidget] = []
        self.setAccessibleName(self.tr("恢复码"))

    def code(self) -> str:
        """What is shown, groups divided by spaces; "" when nothing is."""
        return self._code

    def show_code(self, code: str) -> None:
        """Show `code`, or nothing for ""."""
        self._code = code
        for shown in self._groups:
            self._grid.removeWidget(shown)
            shown.hide()
            shown.deleteLater()
        self._groups = []
        for place, group in enumerate(code.split()):
            holder = QWidget()
            holder.setProperty("surface", "clear")
            row = QHBoxLayout(holder)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(theme.soft(8))
            number = words(str(place + 1), "body", "quiet")
            # The line of the figures reaches further down than that of their number.
            number.setContentsMargins(0, 0, 0, theme.em(4))
            row.addWidget(number, 0, Qt.AlignmentFlag.AlignBottom)
            row.addWidget(words(group, "figure"))
            self._groups.append(holder)
            self._grid.addWidget(holder, place // COLUMNS, place % COLUMNS)
        self.setAccessibleDescription("，".join(code.split()))
        self.setVisible(bool(code))


class RecoveryBoxes(QWidget):
    """Boxes for the groups: a full one leads to the next, a pasted code fills them all.

    `changed` at every edit, `finished` when Enter is pressed in the last box.
    """

    changed = Signal()
    finished = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "clear")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.soft(14))
        grid.setVerticalSpacing(theme.soft(10))
        self.boxes: list[NumberBox] = []
        for place in range(GROUPS):
            box = NumberBox()
            box.setAccessibleName(self.tr("恢复码第 {n} 组").format(n=place + 1))
            box.setAlignment(Qt.AlignmentFlag.AlignCenter)
            box.textEdited.connect(lambda text, place=place: self._edited(place, text))
            box.installEventFilter(self)
            self.boxes.append(box)
            row = QHBoxLayout()
            row.setSpacing(theme.soft(6))
            row.addWidget(words(str(place + 1), "body", "quiet"))
            row.addWidget(box, 1)
            grid.addLayout(row, place // COLUMNS, place % COLUMNS)
        self.boxes[-1].returnPressed.connect(self.finished)
        self.setFocusProxy(self.boxes[0])

    def code(self) -> str:
        """What was typed, groups divided by spaces."""
        return " ".join(box.text() for box in self.boxes)

    def clear(self) -> None:
        """Forget what was typed."""
        for box in self.boxes:
            box.clear()
            set_tone(box, bad=False)

    def point_at(self, group: int) -> None:
        """Mark group `group` (from 1) as the one to look at again; 0 marks none and goes to the first gap."""
        gap = next((at for at, box in enumerate(self.boxes, 1) if len(box.text()) < DIGITS), 1)
        for number, box in enumerate(self.boxes, 1):
            set_tone(box, bad=number == group)
        box = self.boxes[(group or gap) - 1]
        box.setFocus(Qt.FocusReason.OtherFocusReason)
        box.selectAll()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Backspace in an empty box goes back to the one before."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            place = next((at for at, box in enumerate(self.boxes) if box is watched), 0)
            if event.key() == Qt.Key.Key_Backspace and place and not self.boxes[place].text():
                self.boxes[place - 1].setFocus(Qt.FocusReason.BacktabFocusReason)
        return False

    def _edited(self, place: int, text: str) -> None:
        digits = _digits(text)
        set_tone(self.boxes[place], bad=False)
        for at in range(place, GROUPS):
            part, digits = digits[:DIGITS], digits[DIGITS:]
            self.boxes[at].setText(part)
            if len(part) < DIGITS or not digits:
                break
        full = len(self.boxes[at].text()) == DIGITS
        target = self.boxes[min(at + full, GROUPS - 1)]
        if target is not self.boxes[place]:
            target.setFocus(Qt.FocusReason.TabFocusReason)
        self.changed.emit()
