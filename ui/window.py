"""The one window: at the lock a gate page, behind it the workspace; and the keys that work everywhere.

While locked no widget with data exists: locking destroys the whole workspace.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QMainWindow, QWidget

from ui import theme
from ui.widgets.cover import Cover
from ui.widgets.focus_ring import FocusRing

if TYPE_CHECKING:
    from ui.workspace import Workspace  # loaded when a worker comes in: the lock page must stand at once

MOST_PLACES = 9
CLIENT = (1366, 696)  # a 1366×768 screen less title bar and task bar


class MainWindow(QMainWindow):
    """Holds either the gate (unlock, first start) or the workspace, never both.

    `lock_asked` is emitted by Ctrl+L, the lock button and the idle timer; whoever listens closes the
    store and then calls `show_gate`, which destroys the workspace.
    """

    lock_asked = Signal()
    size_changed = Signal(object)
    closing = Signal()

    def __init__(self, product: str = "首访通") -> None:
        super().__init__()
        self.setWindowTitle(product)
        self.resize(*CLIENT)
        self.setMinimumSize(900, 600)
        self.workspace: Workspace | None = None
        self.cover = Cover(self)
        self.held_back: Callable[[], bool] = lambda: False
        self.ring = FocusRing(self)
        self._bind_keys()

    def show_gate(self, gate: QWidget) -> None:
        """Lock: destroy the workspace with all it shows and stand `gate` in its place."""
        self.clear()
        self._stand(gate)

    def clear(self) -> None:
        """Let the page in sight keep what was typed, then destroy the workspace with all it shows."""
        page = self.workspace.page() if self.workspace is not None else None
        if page is not None:
            page.leave()
        if self.workspace is not None:
            self.workspace = None
            self._stand(QWidget())

    def show_workspace(self, workspace: Workspace) -> None:
        """Unlock: the gate goes, the work comes."""
        self.workspace = workspace
        workspace.lock_asked.connect(self.lock_asked)
        workspace.menu_chosen.connect(self._menu)
        self._stand(workspace)

    def go(self, name: str, **params: Any) -> None:
        """Go to a page; while locked nothing happens."""
        if self.workspace is not None and self.workspace.knows(name):
            self.workspace.go(name, **params)

    def step_size(self, by: int) -> None:
        """Letters one step larger (1) or smaller (-1), at once; `size_changed` tells the new theme."""
        now = theme.current()
        new = now.larger() if by > 0 else now.smaller()
        app = QApplication.instance()
        if new != now and isinstance(app, QApplication):
            theme.apply(app, new)
            self.size_changed.emit(new)

    def closeEvent(self, event: QCloseEvent) -> None:
        """The window goes: whoever listens keeps drafts and closes the file before it does.

        It stays while something could not be written.
        """
        if self.held_back():
            event.ignore()
            return
        self.closing.emit()
        event.accept()

    def _stand(self, widget: QWidget) -> None:
        # Qt hides the one before and destroys it later; until then it stays the window's child, so that
        # it can never outlive the window and be destroyed by the collector in the middle of something.
        self.setCentralWidget(widget)
        self.cover.lift()
        self.ring.raise_()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button with the ring, as Space does; held down it presses once.

        Fields and choices take Enter for themselves, and it never comes here.
        """
        focus = QApplication.focusWidget()
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if enter and plain and isinstance(focus, QAbstractButton):
            if not event.isAutoRepeat():
                focus.click()
            return
        super().keyPressEvent(event)

    def _menu(self, key: str) -> None:
        match key:
            case "larger":
                self.step_size(1)
            case "smaller":
                self.step_size(-1)
            case "passphrase" | "backup":
                self.go("settings", part=key)
            case "quit":
                self.close()
            case _:
                self.go(key)

    def _go_place(self, place: int) -> None:
        if self.workspace is not None and place < len(self.workspace.rail.keys):
            self.go(self.workspace.rail.keys[place])

    def _bind_keys(self) -> None:
        for place in range(MOST_PLACES):
            self._bind(f"Alt+{place + 1}", partial(self._go_place, place))
        for keys in ("Ctrl+F", "F3"):
            self._bind(keys, self._focus_search)
        self._bind("Ctrl+N", lambda: self.go("visits", new=True))
        self._bind("Ctrl+T", lambda: self.go("tickets", new=True))
        self._bind("Ctrl+P", lambda: self.go("checklists", new=True))
        self._bind("Ctrl+L", lambda: self.lock_asked.emit() if self.workspace else None)
        self._bind("F1", lambda: self.go("help"))
        for keys in ("Ctrl++", "Ctrl+="):
            self._bind(keys, lambda: self.step_size(1))
        self._bind("Ctrl+-", lambda: self.step_size(-1))
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            self._bind(keys, lambda: self.workspace.press_primary() if self.workspace else None)
        self._bind("Esc", lambda: self.workspace.close_panels() if self.workspace else None)
        self._bind("F6", self._next_region)

    def _bind(self, keys: str, act: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.activated.connect(lambda: act())

    def _focus_search(self) -> None:
        if self.workspace is not None:
            self.workspace.top.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.workspace.top.search.selectAll()

    def _next_region(self) -> None:
        """F6: rail → top → page and round again."""
        space = self.workspace
        if space is None:
            return
        regions: list[QWidget] = [space.rail, space.top, space.stack]
        now = QApplication.focusWidget()
        place = next((i for i, region in enumerate(regions) if now and region.isAncestorOf(now)), -1)
        region = regions[(place + 1) % len(regions)]
        candidates = [one for one in region.findChildren(QWidget) if one.isVisible() and one.isEnabled()]
        for one in candidates:
            if one.focusPolicy() & Qt.FocusPolicy.TabFocus:
                one.setFocus(Qt.FocusReason.TabFocusReason)
                return
