"""Notes: the one-line banner under the top bar, and the coloured box beside what it is about."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.words import Button, Icon, set_tone, words

ICONS = {"info": "info", "warn": "warn", "bad": "warn", "ok": "check"}


class Note(QFrame):
    """An icon, a bold first sentence, quieter words, and at most one button, on a coloured ground."""

    def __init__(self, tone: str, lead: str, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(theme.soft(14), theme.soft(10), theme.soft(14), theme.soft(10))
        self._row.setSpacing(theme.soft(12))
        self._icon = Icon("info", 27, "info", on_line=True)
        column = QVBoxLayout()
        column.setSpacing(0)
        self.lead = words("", "label", wrap=True)
        self.text = words("", wrap=True)
        column.addWidget(self.lead)
        column.addWidget(self.text)
        self._row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addLayout(column, 1)
        self.say(tone, lead, text)

    def say(self, tone: str, lead: str, text: str = "") -> None:
        """Change tone (info, warn, bad, ok) and words; a screen reader is told of bad news."""
        self.lead.setText(lead)
        self.lead.setVisible(bool(lead))
        self.text.setText(text)
        self.text.setVisible(bool(text))
        self._icon.show_icon(ICONS[tone], tone)
        set_tone(self, note=tone)
        for label in (self.lead, self.text):
            set_tone(label)
        self.setAccessibleName(lead)
        self.setAccessibleDescription(text)
        if tone == "bad" and lead:
            from PySide6.QtGui import QAccessible, QAccessibleEvent  # the lock page has nothing to announce

            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def add_button(self, button: Button) -> None:
        """Put a button at the right end."""
        self._row.addWidget(button)


class Banner(Note):
    """The one line under the top bar: disk full, clock wrong, policy pack old. Never stacked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("info", "", "", parent)
        self.action = Button("", "small")
        self.close_button = Button(self.tr("知道了"), "small")
        self.add_button(self.action)
        self.add_button(self.close_button)
        self.action.clicked.connect(self._press)
        self.close_button.clicked.connect(self.hide)
        self._act: Callable[[], None] | None = None
        self.hide()

    def announce(
        self,
        tone: str,
        text: str,
        button: str = "",
        act: Callable[[], None] | None = None,
        *,
        closable: bool = True,
    ) -> None:
        """Show one line, replacing the one before."""
        self.say(tone, text)
        self._act = act
        self.action.setText(button)
        self.action.setVisible(bool(button))
        self.close_button.setVisible(closable)
        self.show()

    def _press(self) -> None:
        if self._act is not None:
            self._act()
