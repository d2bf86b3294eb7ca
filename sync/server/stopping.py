"""A request to stop (Ctrl+C, SIGTERM, a closed terminal) is an exception: what is half done is undone."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator

from app.domain.problem import UserError

# SIGBREAK is what Windows sends for Ctrl+Break, SIGHUP what a terminal sends that is closed.
NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")


class Request:
    """The first request raises KeyboardInterrupt where the program stands; undoing is not cut by a second."""

    def __init__(self) -> None:
        self._deaf = False

    def too_late(self) -> None:
        """From here on the work ends by itself in a moment, and no request is heeded any more."""
        self._deaf = True

    def hear(self, *_: object) -> None:
        """Called by the signal."""
        if not self._deaf:
            self._deaf = True
            raise KeyboardInterrupt


@contextlib.contextmanager
def heeded(words: str) -> Iterator[Request]:
    """Raises UserError with `words` when the work inside was asked to stop and has undone what it had begun.

    In another thread than the first, which alone hears signals, it changes nothing.
    """
    request = Request()
    before = {}
    if threading.current_thread() is threading.main_thread():
        numbers = [getattr(signal, name) for name in NAMES if hasattr(signal, name)]
        # Whoever was started with a signal shut off (nohup) is to live through it.
        before = {one: old for one in numbers if (old := signal.getsignal(one)) != signal.SIG_IGN}
    try:
        for number in before:
            signal.signal(number, request.hear)
        yield request
    except KeyboardInterrupt:
        raise UserError(words) from None
    finally:
        for number, old in before.items():
            signal.signal(number, signal.SIG_DFL if old is None else old)
