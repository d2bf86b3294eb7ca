"""The letters on the screen: the font files the paper is printed with, plus any the village adds."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase, QRawFont

SHIPPED = Path(__file__).resolve().parent.parent / "resources" / "fonts"
FIRST = "Noto Sans SC"
_chain: list[str] = []


def register(*folders: Path) -> list[str]:
    """Load every TTF of `resources/fonts` (and `folders`, for rare characters) once; returns the families."""
    for folder in (SHIPPED, *folders):
        for path in sorted(folder.glob("*.ttf")):
            _load(path)
    return families()


def families() -> list[str]:
    """The fallback chain, main family first; the system's own fonts stand behind it."""
    return _chain or [FIRST]


def can_draw(text: str) -> bool:
    """True when some registered font has every character of `text`."""
    return all(any(face.supportsCharacter(ord(one)) for face in _faces()) for one in text)


@cache
def _load(path: Path) -> None:
    number = QFontDatabase.addApplicationFont(str(path))
    if number >= 0:
        found = {*_chain, *QFontDatabase.applicationFontFamilies(number)}
        _chain[:] = sorted(found, key=lambda name: (not name.startswith(FIRST), name))
        _faces.cache_clear()


@cache
def _faces() -> tuple[QRawFont, ...]:
    return tuple(QRawFont.fromFont(QFont(name)) for name in families())
