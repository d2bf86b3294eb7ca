"""Windows nobody wanted: parts of a page shown before they stand in one, and what outlives its test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

from ui.window import MainWindow

PASSING = (Qt.WindowType.Popup, Qt.WindowType.ToolTip)  # a menu is a window of its own by nature


class _Watch(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self._shown(watched)
        return False

    def _shown(self, window: QWidget) -> None:
        if window.windowType() not in PASSING and not isinstance(window, MainWindow):
            words = getattr(window, "text", str)
            self.seen.append(f"{type(window).__name__} {words()} {window.accessibleName()}".strip())


@contextmanager
def none_shown(app: QApplication) -> Iterator[None]:
    """Fails at the end when any window but the program's own was shown meanwhile."""
    watch = _Watch()
    app.installEventFilter(watch)
    try:
        yield
    finally:
        app.removeEventFilter(watch)
    assert not watch.seen, f"shown as windows of their own: {watch.seen}"


def sweep() -> None:
    """Ends every window that outlived its tests: one that lives on is styled anew by all later tests that
    change the letters, and a few thousand parts take ten seconds each time."""
    app = QApplication.instance()
    if isinstance(app, QApplication):
        for window in app.topLevelWidgets():
            if shiboken6.isValid(window):  # it may have gone with the one before
                shiboken6.delete(window)
