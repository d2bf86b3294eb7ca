"""Notes: the one-line banner under the top bar, and the coloured box beside what it is about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

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
        # A button beside it may be higher than one line; of two the mark belongs to the first.
        top, middle = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignVCenter
        self._row.setAlignment(self._icon, top if lead and text else middle)
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


@dataclass(frozen=True)
class News:
    """One line for the banner. With a `topic` it stands for as long as it is true."""

    tone: str
    text: str
    button: str = ""
    act: Callable[[], None] | None = None
    closable: bool = True
    topic: str = ""


class Banner(Note):
    """The one line under the top bar: disk full, clock wrong, policy pack old. Never stacked.

    What stands for as long as it is true neither pushes another line out nor is pushed out: the one
    before comes back when the later one goes.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("info", "", "", parent)
        self.action = Button("", "small")
        self.close_button = Button(self.tr("知道了"), "small")
        self.add_button(self.action)
        self.add_button(self.close_button)
        self.action.clicked.connect(self._press)
        self.close_button.clicked.connect(self.dismiss)
        self._now: News | None = None
        self._under: News | None = None
        self.hide()

    def announce(self, news: News) -> None:
        """Show one line, replacing the one before."""
        before, self._now = self._now, news
        if before is None or before.topic == news.topic:
            pass  # nothing stood there, or the same thing in other words
        else:
            self._under = before
        self.say(news.tone, news.text)
        self.action.setText(news.button)
        self.action.setVisible(bool(news.button))
        self.close_button.setVisible(news.closable)
        self.show()

    def dismiss(self) -> None:
        """The line in sight goes; what it covered comes back."""
        back, self._now, self._under = self._under, None, None
        if back is None:
            self.hide()
        else:
            self.announce(back)

    def take_back(self, topic: str = "") -> None:
        """The line about `topic` is no longer true; without a topic whatever is in sight goes."""
        if not topic or (self._now is not None and self._now.topic == topic):
            self.dismiss()
        elif self._under is not None and self._under.topic == topic:
            self._under = None

    def _press(self) -> None:
        if self._now is not None and self._now.act is not None:
            self._now.act()
