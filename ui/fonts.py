"""The letters on the screen: the font files the paper is printed with, plus any the village adds."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase, QRawFont

from app.documents.typography import fontfiles

FIRST = "Noto Sans SC"
_chain: list[str] = []


def register(folder: Path | None = None) -> list[str]:
    """Load the files paper is set with, and those of the office's own `folder`; returns the families.

    A file is loaded once; the order is that of paper, so that a rare name looks the same on both.
    """
    for path in fontfiles.find(folder).for_screen:
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
        new = [name for name in QFontDatabase.applicationFontFamilies(number) if name not in _chain]
        _chain.extend(new)
        _faces.cache_clear()


@cache
def _faces() -> tuple[QRawFont, ...]:
    return tuple(QRawFont.fromFont(QFont(name)) for name in families())
