"""A photo fit to be kept, as bytes; known without loading what made it."""

from __future__ import annotations

from dataclasses import dataclass, field

MEDIA = "image/jpeg"


@dataclass(frozen=True)
class Picture:
    """JPEG bytes of the picture and of its small copy; `width` and `height` (px) are of the picture."""

    full: bytes = field(repr=False)
    small: bytes = field(repr=False)
    width: int
    height: int
