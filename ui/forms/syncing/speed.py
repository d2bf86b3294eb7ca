"""How fast a line is, measured while it carries, and what to say of one that is slow."""

from __future__ import annotations

from collections import deque

from PySide6.QtCore import QCoreApplication

OVER_SECONDS = 6.0  # of so long a while the speed is reckoned
STILL_SECONDS = 5.0
SLOW_BYTES = 8_000  # a second; a village line carries twice as much


class Speed:
    """Fed with how much has gone both ways; says nothing of a line that is as good as usual."""

    def __init__(self) -> None:
        self._seen: deque[tuple[float, int]] = deque()
        self._moved_at = 0.0

    def begin(self) -> None:
        """Forget what was measured before."""
        self._seen.clear()

    def look(self, now: float, moved: int) -> str:
        """`moved` bytes in all at `now` (seconds of a steady clock); what to say of it, or ""."""
        if not self._seen or moved != self._seen[-1][1]:
            self._moved_at = now
        self._seen.append((now, moved))
        while len(self._seen) > 2 and now - self._seen[1][0] >= OVER_SECONDS:
            self._seen.popleft()
        then, before = self._seen[0]
        if now - self._moved_at >= STILL_SECONDS:
            return _tr("线上这会儿没动静，还在等。断了也不要紧，下次接着传。")
        if now - then < OVER_SECONDS:
            return ""
        rate = max(0, moved - before) / (now - then)
        if rate >= SLOW_BYTES:
            return ""
        return _tr("线很慢，一秒大约 {n} 千字节。在慢慢传，您接着干活。").format(n=max(1, round(rate / 1000)))


def _tr(said: str) -> str:
    return QCoreApplication.translate("speed", said)
