"""Which font files exist on this computer and in what order they are asked, for paper and screen alike.

Order: the complete typefaces if they were fetched, else the committed subsets; then the fonts the
county put into the data folder; the system's own fonts only on paper and last of all, because
opening them is slow and their licences differ. No Qt and no ReportLab here: the window asks too.
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
    """Files in the order they are asked. `rare` is tried for a character the text face lacks."""

    regular: Path
    bold: Path
    rare: tuple[Path, ...]

    @property
    def for_screen(self) -> tuple[Path, ...]:
        """What the window registers, in fallback order; the system's own fonts it knows already."""
        return (self.regular, self.bold, *self.rare)


def find(folder: Path | None = None) -> FontFiles:
    """The files for this computer; `folder` is the worker's own `fonts/` and may be absent."""
    return FontFiles(
        regular=_best("NotoSansSC-Regular.ttf", "NotoSansSC-Regular.subset.ttf"),
        bold=_best("NotoSansSC-Bold.ttf", "NotoSansSC-Bold.subset.ttf"),
        rare=(_best("HanaMinB.ttf", "ShoufangtongRare.ttf"), *_inside(folder)),
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


def _best(full: str, subset: str) -> Path:
    complete = resources.path(f"fonts/full/{full}")
    return complete if complete.is_file() else resources.path(f"fonts/{subset}")


def _inside(folder: Path | None) -> tuple[Path, ...]:
    if folder is None or not folder.is_dir():
        return ()
    return tuple(sorted(item for item in folder.iterdir() if item.suffix.lower() in SUFFIXES))
