"""Which font files exist on this computer and in what order they are asked, for paper and screen alike.

Order: the text face; the rare face; the fonts the county put into the data folder; the system's own
fonts only on paper and last of all, because opening them is slow and their licences differ. The
window takes the complete text face if it was fetched; paper asks the committed subset first, which
holds the same drawings and opens four times faster. No Qt and no ReportLab here: the window asks too.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import resources

SUFFIXES = (".ttf", ".ttc")
SYSTEM_FOLDERS = {
    "win32": ("C:/Windows/Fonts",),
    "darwin": ("/System/Library/Fonts", "/Library/Fonts"),
    "linux": ("/usr/share/fonts", "/usr/local/share/fonts"),
}
# Families known to hold rare ideographs as TrueType outlines, best first; nothing else is opened.
RARE_SYSTEM_NAMES = ("simsunextg", "simsunb", "simsun", "hanaminb", "babelstonehan", "plangothic", "jigmo")


@dataclass(frozen=True)
class FontFiles:
    """`complete` is the whole text face, regular and bold, where it was fetched; else empty."""

    regular: Path
    bold: Path
    rare: tuple[Path, ...]
    complete: tuple[Path, ...] = ()

    @property
    def for_screen(self) -> tuple[Path, ...]:
        """What the window registers, in fallback order; the system's own fonts it knows already."""
        return (*(self.complete or (self.regular, self.bold)), *self.rare)


def find(folder: Path | None = None) -> FontFiles:
    """The files for this computer; `folder` is the worker's own `fonts/` and may be absent."""
    full = resources.path("fonts/full")
    complete = (full / "NotoSansSC-Regular.ttf", full / "NotoSansSC-Bold.ttf")
    rare = full / "HanaMinB.ttf"
    return FontFiles(
        regular=resources.path("fonts/NotoSansSC-Regular.subset.ttf"),
        bold=resources.path("fonts/NotoSansSC-Bold.subset.ttf"),
        rare=(rare if rare.is_file() else resources.path("fonts/ShoufangtongRare.ttf"), *_inside(folder)),
        complete=complete if all(file.is_file() for file in complete) else (),
    )


@cache
def on_system() -> tuple[Path, ...]:
    """The system's fonts worth asking for a rare character; looked for once."""
    found: dict[str, Path] = {}
    for root in SYSTEM_FOLDERS.get(sys.platform, ()):
        for place, _, files in os.walk(root):
            for name in sorted(files):
                key = next((rare for rare in RARE_SYSTEM_NAMES if rare in name.lower().replace("-", "")), "")
                if key and name.lower().endswith(SUFFIXES):
                    found.setdefault(key, Path(place) / name)
    return tuple(found[name] for name in RARE_SYSTEM_NAMES if name in found)


def _inside(folder: Path | None) -> tuple[Path, ...]:
    if folder is None or not folder.is_dir():
        return ()
    return tuple(sorted(item for item in folder.iterdir() if item.suffix.lower() in SUFFIXES))
