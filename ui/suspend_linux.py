"""What a Linux desktop says on D-Bus before it sleeps and when its screen is locked."""

from __future__ import annotations

import os
from collections.abc import Callable

from PySide6.QtCore import SLOT, QCoreApplication, QObject, Slot
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusPendingCallWatcher,
    QDBusUnixFileDescriptor,
)

LOGIN = "org.freedesktop.login1"
# (interface, signal): systemd's logind, the same on every distribution.
# https://www.freedesktop.org/software/systemd/man/latest/org.freedesktop.login1.html
SYSTEM = (
    (f"{LOGIN}.Manager", "PrepareForSleep", "going(bool)"),
    (f"{LOGIN}.Manager", "PrepareForShutdown", "going(bool)"),
    (f"{LOGIN}.Session", "Lock", "gone()"),
)
ANSWER_MS = 2_000
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
    """Calls `away` at every such word; where there is no bus nothing is heard and nothing is said.

    Between `begin` and `end` the computer waits with its sleep until the file is closed (logind's "delay"
    inhibitor, at most five seconds as systemd is shipped).
    """

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
        self.holds: int | None = None  # the open file by which logind knows that we hold sleep back
        self._wanted = False
        self._asking: QDBusPendingCallWatcher | None = None
        self._system = system or QDBusConnection.systemBus()
        self.hears = 0  # how many kinds of words could be asked for
        self._ask(self._system, LOGIN, SYSTEM)
        self._ask(session or QDBusConnection.sessionBus(), "", SESSION)

    def begin(self) -> None:
        """Work is open: sleep has to wait for it. The answer of the bus is not waited for."""
        self._wanted = True
        if not self._system.isConnected() or self.holds is not None or self._asking is not None:
            return
        asked = QDBusMessage.createMethodCall(
            LOGIN, f"/{LOGIN.replace('.', '/')}", f"{LOGIN}.Manager", "Inhibit"
        )
        name = QCoreApplication.applicationName()
        asked.setArguments(["sleep", name, self.tr("先把户里的资料锁好"), "delay"])
        watcher = self._asking = QDBusPendingCallWatcher(self._system.asyncCall(asked, ANSWER_MS), self)
        watcher.finished.connect(self._answered)

    def end(self) -> None:
        """The file is closed: the computer may sleep."""
        self._wanted = False
        if self.holds is not None:
            os.close(self.holds)
            self.holds = None

    def _answered(self, watcher: QDBusPendingCallWatcher) -> None:
        given = watcher.reply().arguments()
        self._asking = None
        watcher.deleteLater()
        one = given[0] if given else None  # an older logind, or one that does not know us, refuses in words
        if self._wanted and isinstance(one, QDBusUnixFileDescriptor) and one.isValid():
            self.holds = os.dup(one.fileDescriptor())

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
