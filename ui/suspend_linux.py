"""What a Linux desktop says on D-Bus before it sleeps and when its screen is locked."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import SLOT, QObject, Slot
from PySide6.QtDBus import QDBusConnection

LOGIN = "org.freedesktop.login1"
# (interface, signal): systemd's logind, the same on every distribution.
# https://www.freedesktop.org/software/systemd/man/latest/org.freedesktop.login1.html
SYSTEM = (
    (f"{LOGIN}.Manager", "PrepareForSleep", "going(bool)"),
    (f"{LOGIN}.Manager", "PrepareForShutdown", "going(bool)"),
    (f"{LOGIN}.Session", "Lock", "gone()"),
)
# Desktops lock by their own screen saver and need not tell logind: GNOME, KDE, MATE, Cinnamon, Xfce; UKUI
# on Kylin; Deepin on UOS.
SESSION = (
    ("org.gnome.ScreenSaver", "ActiveChanged", "going(bool)"),
    ("org.freedesktop.ScreenSaver", "ActiveChanged", "going(bool)"),
    ("org.mate.ScreenSaver", "ActiveChanged", "going(bool)"),
    ("org.cinnamon.ScreenSaver", "ActiveChanged", "going(bool)"),
    ("org.xfce.ScreenSaver", "ActiveChanged", "going(bool)"),
    ("org.ukui.ScreenSaver", "lock", "gone()"),
    ("com.deepin.dde.lockFront", "Visible", "going(bool)"),
    ("org.deepin.dde.LockFront1", "Visible", "going(bool)"),
)


class LinuxEars(QObject):
    """Calls `away` at every such word; where there is no bus nothing is heard and nothing is said."""

    def __init__(
        self,
        away: Callable[[], None],
        parent: QObject | None = None,
        *,
        system: QDBusConnection | None = None,
        session: QDBusConnection | None = None,
    ) -> None:
        super().__init__(parent)
        self._away = away
        self.hears = 0  # how many kinds of words could be asked for
        self._ask(system or QDBusConnection.systemBus(), LOGIN, SYSTEM)
        self._ask(session or QDBusConnection.sessionBus(), "", SESSION)

    def _ask(self, bus: QDBusConnection, service: str, words: tuple[tuple[str, str, str], ...]) -> None:
        if not bus.isConnected():
            return
        for interface, signal, slot in words:
            # Any path: that another seat of the same computer is locked locks here too, which is harmless.
            self.hears += bool(bus.connect(service, "", interface, signal, self, SLOT(slot)))

    @Slot(bool)
    def going(self, begins: bool) -> None:
        """Sleep, shutdown or a screen saver begins (True) or is over."""
        if begins:
            self._away()

    @Slot()
    def gone(self) -> None:
        """The desktop was locked."""
        self._away()
