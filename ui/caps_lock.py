"""Whether Caps Lock is on, where the system tells; Qt has no word for it."""

from __future__ import annotations

import sys

VK_CAPITAL = 0x14


def caps_lock() -> bool:
    """True when it is known to be on; False when off or not known."""
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.user32.GetKeyState(VK_CAPITAL) & 1)
    return False
