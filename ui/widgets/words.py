"""Labels and buttons: how pages put words on the screen, so that size, tone and icon follow the theme."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFontMetrics, QIcon
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from ui import icons, theme

ICON_COLOURS = {
    "main": "on_pri",
    "maindoor": "on_pri",
    "primary": "pri",
    "danger": "bad",
    "text": "pri",
    "undo": "card",
}
LEAST_CHARACTERS = 6  # of a sentence that must share its line


def words(text: str, kind: str = "body", tone: str = "", *, wrap: bool = False) -> QLabel:
    """A label. `kind`: body, label, strong, section, title, figure; `tone`: quiet, bad, warn, ok, info, pri,
    nav, white."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("kind", kind)
    label.setProperty("tone", tone)
    label.setWordWrap(wrap)
    if wrap:
        label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return label


class Sentence(QLabel):
    """Words that stand on one line where there is room, and wrap where there is not.

    A plain wrapping label asks for a block of its own making instead, and so wraps beside empty space.
    """

    def __init__(self, text: str, kind: str = "body", tone: str = "") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("kind", kind)
        self.setProperty("tone", tone)
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def sizeHint(self) -> QSize:
        """One line."""
        self.ensurePolished()
        return QSize(self._natural(), self.heightForWidth(self._natural()))

    def minimumSizeHint(self) -> QSize:
        """A few characters; the height follows the width."""
        self.ensurePolished()
        few = min(self._natural(), self.fontMetrics().horizontalAdvance("走") * LEAST_CHARACTERS)
        return QSize(few, self.fontMetrics().height())

    def _natural(self) -> int:
        # One more pixel than the letters: a label whose width is rounded down would wrap the last of them.
        return self.fontMetrics().horizontalAdvance(self.text()) + 2 if self.text() else 0


def set_tone(widget: QWidget, **properties: object) -> None:
    """Change dynamic style properties and restyle at once."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        return  # styled for the first time when it is shown; asking for the style now would cost the start
    widget.style().unpolish(widget)
    widget.style().polish(widget)


class Button(QPushButton):
    """A button that says what it does. `role`: "" outlined, main (the one filled button), primary, danger,
    text, small, door, maindoor; the icon follows size, contrast and disabled state."""

    _worn: tuple[theme.Theme | None, str] = (None, "")  # the theme and tone it was drawn in last

    def __init__(self, text: str, role: str = "", icon: str = "", *, after: bool = False) -> None:
        super().__init__(text)
        self._icon, self._role = icon, role
        self.setProperty("role", role)
        self.setAutoDefault(False)
        if after:  # the icon stands behind the word: 「下一步 ›」
            self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self._dress()

    def set_icon(self, icon: str) -> None:
        """Show another icon, or none for ""."""
        self._icon = icon
        self._dress()

    def set_role(self, role: str) -> None:
        """Become another kind of button, for example the filled one when this is the next thing to do."""
        self._role = role
        set_tone(self, role=role)
        self._dress()

    def minimumSizeHint(self) -> QSize:
        """Words on buttons are never cut."""
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icon anew when the theme changes; Qt says so at every parent it is given to as well."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._worn != (theme.current(), self._tone()):
            self._dress()

    def _tone(self) -> str:
        return str(self.property("tone") or "")

    def _dress(self) -> None:
        tone = self._tone()
        self._worn = (theme.current(), tone)
        if not self._icon:
            if not self.icon().isNull():
                self.setIcon(QIcon())
            return
        px = theme.em(32 if self._role in ("door", "maindoor") else 25)
        shade = ICON_COLOURS.get(self._role, tone if tone in theme.names() else "ink")
        gap = 0 if not self.text() else theme.em(12 if self._role in ("door", "maindoor") else 6)
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        self.setIconSize(QSize(px + gap, px))
        self.setIcon(
            icons.icon(
                self._icon, px, shade, gap_right=0 if mirrored else gap, gap_left=gap if mirrored else 0
            )
        )


class Icon(QLabel):
    """An icon beside words; mute to a screen reader. `on_line` centres it on the first line of text."""

    _worn: theme.Theme | None = None  # the theme it was drawn in last

    def __init__(self, name: str, px: float = 26, colour: str = "ink", *, on_line: bool = False) -> None:
        super().__init__()
        self._name, self._px, self._colour, self._on_line = name, px, colour, on_line
        self._draw()

    def show_icon(self, name: str, colour: str = "") -> None:
        """Change the drawing."""
        self._name, self._colour = name, colour or self._colour
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        """Draw anew when the theme changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._worn != theme.current():
            self._draw()

    def _draw(self) -> None:
        self._worn = theme.current()
        px = theme.em(self._px)
        self.setPixmap(icons.pixmap(self._name, px, theme.colour(self._colour)))
        line = QFontMetrics(theme.font()).height() if self._on_line else 0
        self.setFixedSize(px, max(px, line))


def rule() -> QFrame:
    """A thin dividing line; decoration only."""
    line = QFrame()
    line.setProperty("rule", True)
    return line
