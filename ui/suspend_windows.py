"""What Windows says to a window before it sleeps and when its desktop is locked."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication, QObject

# Windows SDK, winuser.h and wtsapi32.h.
WM_POWERBROADCAST, PBT_APMSUSPEND = 0x0218, 0x0004
WM_WTSSESSION_CHANGE, WTS_SESSION_LOCK = 0x02B1, 0x7
WTS_CONSOLE_DISCONNECT, WTS_REMOTE_DISCONNECT = 0x2, 0x4
NOTIFY_FOR_THIS_SESSION = 0
AWAY = frozenset(
    {
        (WM_POWERBROADCAST, PBT_APMSUSPEND),
        (WM_WTSSESSION_CHANGE, WTS_SESSION_LOCK),
        (WM_WTSSESSION_CHANGE, WTS_CONSOLE_DISCONNECT),  # another user signs in on this computer
        (WM_WTSSESSION_CHANGE, WTS_REMOTE_DISCONNECT),
    }
)


class Message(ctypes.Structure):
    """The beginning of Windows' MSG; WPARAM is as wide as a pointer."""

    _fields_ = (
        ("window", ctypes.c_void_p),
        ("message", ctypes.c_uint),
        ("word", ctypes.c_size_t),
    )


class _Filter(QAbstractNativeEventFilter):
    def __init__(self, away: Callable[[], None]) -> None:
        super().__init__()
        self._away = away

    def nativeEventFilter(self, kind: QByteArray | bytes, message: int) -> tuple[bool, int]:
        """Looks at every message and keeps none from Windows."""
        if bytes(kind) in (b"windows_generic_MSG", b"windows_dispatcher_MSG"):
            told = Message.from_address(int(message))
            if (told.message, told.word) in AWAY:
                self._away()
        return False, 0


class WindowsEars(QObject):
    """Calls `away` at once when one of `AWAY` is told to the window of that native number."""

    def __init__(self, window: int, away: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.filter = _Filter(away)  # Windows sends the message and waits for it to be dealt with
        app = QCoreApplication.instance()
        assert app is not None, "a window stands in an application"
        app.installNativeEventFilter(self.filter)
        if sys.platform == "win32":
            told = ctypes.windll.wtsapi32.WTSRegisterSessionNotification
            told(ctypes.c_void_p(window), NOTIFY_FOR_THIS_SESSION)

    def begin(self) -> None:
        """Windows waits by itself."""

    def end(self) -> None:
        """Nothing was held back."""
