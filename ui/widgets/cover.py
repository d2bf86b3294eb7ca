"""What stands over the work while the last of it is being kept, so that nobody reads over her shoulder."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QWidget

from ui.widgets.words import words


class Cover:
    """Of one window: it hides what stands in it, until it is lifted or something else stands there."""

    def __init__(self, window: QMainWindow) -> None:
        self._window = window
        self._label: QLabel | None = None
        self._hidden: QWidget | None = None

    def draw(self, said: str) -> None:
        """Nothing but `said` is in sight from now on. Repeating it does nothing."""
        if self._label is not None:
            return
        if (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        self._hidden = self._window.centralWidget()
        self._hidden.hide()
        label = self._label = words(said, "title")
        label.setParent(self._window)
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        label.setGeometry(self._window.rect())
        label.show()
        label.repaint()  # at once: what follows may keep the screen's thread

    def lift(self) -> None:
        """Show again what is still there."""
        label, self._label = self._label, None
        hidden, self._hidden = self._hidden, None
        if label is not None:
            label.hide()
            label.deleteLater()
        if hidden is not None and hidden is self._window.centralWidget():
            hidden.show()
