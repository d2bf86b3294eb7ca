"""The search field that works while a Chinese input method is on: composing letters are searched too."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from ui import icons, theme

SEPARATORS = str.maketrans("", "", "'’ \u3000")


class SearchBox(QLineEdit):
    """Emits `asked` with committed text plus the composing letters (`l'g'y` → `lgy`) at every change.

    Down emits `stepped_in` (go to the results), Enter emits `confirmed`, Esc emits `dismissed`.
    """

    asked = Signal(str)
    stepped_in = Signal()
    confirmed = Signal()
    dismissed = Signal()

    def __init__(self, hint: str, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("find", True)
        self.setPlaceholderText(hint)
        self.setAccessibleName(name or hint)
        self._composing = ""
        self._told = ""
        self._glass = QLabel(self)
        self._glass.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.textChanged.connect(self._tell)
        self._dress()

    def query(self) -> str:
        """What is searched for now."""
        place = self.cursorPosition()
        letters = self._composing.translate(SEPARATORS)
        return (self.text()[:place] + letters + self.text()[place:]).strip()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Search with the letters still under composition."""
        self._composing = event.preeditString()
        super().inputMethodEvent(event)
        self._composing = event.preeditString()
        self._tell()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down goes into the results, Enter opens the first, Esc leaves."""
        match event.key():
            case Qt.Key.Key_Down:
                self.stepped_in.emit()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.confirmed.emit()
            case Qt.Key.Key_Escape:
                self.clear()
                self.dismissed.emit()
            case _:
                super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keep Esc to itself instead of letting a window shortcut take it."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the glass anew when the theme changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._dress()

    def _tell(self) -> None:
        query = self.query()
        if query != self._told:
            self._told = query
            self.asked.emit(query)

    def _dress(self) -> None:
        if hasattr(self, "_glass"):
            px = theme.em(24)
            self._glass.setPixmap(icons.pixmap("search", px, theme.colour("ink2")))
            self._glass.setFixedSize(px, px)
            self.setTextMargins(px + theme.em(8), 0, 0, 0)
            self._place_glass()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the glass in the middle of the left end."""
        super().resizeEvent(event)
        self._place_glass()

    def _place_glass(self) -> None:
        self._glass.move(theme.soft(14), (self.height() - self._glass.height()) // 2)
