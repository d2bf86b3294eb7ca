"""What an empty place says: a drawing, one sentence, and the one thing to do next."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import theme
from ui.widgets.words import Button, Icon, words


class EmptyState(QWidget):
    """`pressed` when the button is pressed; without button words there is no button."""

    pressed = Signal()

    def __init__(self, icon: str, text: str, button: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "clear")
        column = QVBoxLayout(self)
        side = theme.soft(9)
        column.setContentsMargins(side, side, side, side)
        column.setSpacing(theme.soft(16))
        column.addStretch(1)
        self.icon = Icon(icon, 76, "ink2")
        column.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignHCenter)
        self.text = words(text, "strong", wrap=True)
        self.text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self.text)
        self.button = Button(button)
        self.button.clicked.connect(self.pressed)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        self.button.setVisible(bool(button))
        column.addStretch(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room the words come first."""
        super().resizeEvent(event)
        room = self.height() - 2 * theme.soft(9) - 4 * theme.soft(16)
        words_high = self.text.heightForWidth(self.text.width())
        button = self.button.sizeHint().height() if not self.button.isHidden() else 0
        self.icon.setVisible(room >= self.icon.height() + words_high + button)

    def say(self, text: str, button: str = "") -> None:
        """Change the sentence and the button."""
        self.text.setText(text)
        self.button.setText(button)
        self.button.setVisible(bool(button))
