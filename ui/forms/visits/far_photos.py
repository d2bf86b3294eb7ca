"""Where a strip of pictures asks for those another computer took, and hears when they are here."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QObject, Signal


class FarPhotos(QObject):
    """`asked` carries pictures to fetch (`far_files.Wanted`), `came` the id of a photo of which something is
    here now, `lost` the id of one that could not be fetched, with the reason in words.

    `fetchers` counts those who would fetch; without one nothing is promised.
    """

    asked = Signal(object)
    came = Signal(str)
    lost = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.fetchers = 0


@cache
def hub() -> FarPhotos:
    """The one place, for the life of the program."""
    return FarPhotos()
