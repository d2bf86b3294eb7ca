"""Every character on paper gets a face that has it: the text face first, rare faces only when asked.

A character no face has is printed as `□`, never as an empty gap, and can be listed beforehand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path
from threading import Lock
from zlib import crc32

from reportlab.pdfbase import pdfmetrics, ttfonts

from app.documents.typography import fontfiles, mending
from app.documents.typography.fontfiles import FontFiles
from app.documents.typography.typeset import balanced, tidy

SMALL_FILE = 8_000_000  # bytes: our text faces, not the complete ones
PLACEHOLDER = "□"
REMEMBERED = 8_000  # texts: an office has its few thousand, and forgets the oldest

one_at_a_time = Lock()  # ReportLab's fonts remember which characters the document at hand has used


@dataclass(frozen=True)
class Run:
    """Neighbouring characters of one face. `thicken` asks for bold by outline: the face has none."""

    font: str
    text: str
    thicken: bool = False


class Faces:
    """The faces of one computer. Width is in points for a size in points."""

    def __init__(self, files: FontFiles) -> None:
        mending.mend()
        self.files = files
        self._chosen: dict[tuple[str, bool], str] = {}
        self._advances: dict[tuple[str, bool], float] = {}
        # An office prints the same few thousand words again and again.
        self.runs = lru_cache(maxsize=REMEMBERED)(self._runs)
        self.lines = lru_cache(maxsize=REMEMBERED)(self._lines)
        self._ems = lru_cache(maxsize=REMEMBERED)(self._measured)

    @property
    def text_font(self) -> str:
        """The regular text face, by its PDF name."""
        return self._own(False)

    def _runs(self, text: str, *, bold: bool = False) -> tuple[Run, ...]:
        """`text` as it will be printed, cut where the face changes."""
        own = self._own(bold)
        named = [(self.face_of(c, bold=bold), c) for c in text]
        printable = [(name or own, c if name else PLACEHOLDER) for name, c in named]
        return tuple(
            Run(name, "".join(c for _, c in group), thicken=bold and name not in self._drawn_bold)
            for name, group in groupby(printable, key=lambda pair: pair[0])
        )

    def width(self, text: str, size: float, *, bold: bool = False) -> float:
        """How wide `text` will be, with whatever faces it needs."""
        return self._ems(text, bold) * size

    def face_of(self, character: str, *, bold: bool = False) -> str:
        """The first face that has `character`, by its PDF name; empty when none has."""
        key = (character, bold)
        if key not in self._chosen:
            code = ord(character)
            has = (name for name in self._in_order(bold) if code in pdfmetrics.getFont(name).face.charToGlyph)
            self._chosen[key] = next(has, "")
        return self._chosen[key]

    def missing(self, text: str) -> tuple[str, ...]:
        """The characters of `text` that will be printed as a placeholder, each once, in order."""
        return tuple(dict.fromkeys(c for c in tidy(text) if not self.face_of(c)))

    def _lines(self, words: str, limit: float, size: float, bold: bool) -> tuple[str, ...]:
        """`words` broken into lines of about one length and at most `limit` points, at `size` points."""
        return balanced(words, lambda text: self._measured(text, bold) * size, limit)

    def _measured(self, text: str, bold: bool) -> float:
        """How wide `text` is in em."""
        known = self._advances
        return sum([known.get((one, bold)) or self._advance(one, bold) for one in text])

    def _advance(self, character: str, bold: bool) -> float:
        key = (character, bold)
        if key not in self._advances:
            (run,) = self._runs(character, bold=bold)
            self._advances[key] = float(pdfmetrics.stringWidth(run.text, run.font, 1))
        return self._advances[key]

    def _own(self, bold: bool) -> str:
        return _registered(self.files.bold if bold else self.files.regular)

    @property
    def _drawn_bold(self) -> tuple[str, ...]:
        return tuple(_named(file) for file in (self.files.bold, *self.files.complete[1:]))

    def _in_order(self, bold: bool) -> Iterator[str]:
        # A generator: a rare face costs 30 MB and is opened only when everything before it said no.
        yield self._own(bold)
        yield from filter(None, map(_registered, self.files.complete[int(bold) : int(bold) + 1]))
        yield from filter(None, map(_registered, self.files.rare))
        yield from filter(None, map(_registered, fontfiles.on_system()))


@cache
def faces(folder: Path | None = None) -> Faces:
    """The faces for this computer; `folder` is the worker's own `fonts/`."""
    return Faces(fontfiles.find(folder))


def missing_characters(text: str, folder: Path | None = None) -> tuple[str, ...]:
    """What no font here can print: to be told to the worker before she prints."""
    return faces(folder).missing(text)


def font_files(folder: Path | None = None) -> tuple[Path, ...]:
    """The files the window registers, in fallback order: the same that go on paper."""
    return fontfiles.find(folder).for_screen


@cache
def _registered(file: Path) -> str:
    """Open and register one file; empty when it holds no TrueType outlines or is damaged."""
    name = _named(file)
    try:
        font = ttfonts.TTFont(name, str(file))
    except (ttfonts.TTFError, OSError):
        return ""
    # ReportLab takes two files of one inner name for one face and mixes up their characters.
    font.face.name = ttfonts.TTFNameBytes(name.encode())
    if file.stat().st_size < SMALL_FILE:
        font.face.get_table = cache(font.face.get_table)  # else copied out of the file for every document
    pdfmetrics.registerFont(font)
    return name


@cache
def _named(file: Path) -> str:
    """The name a file goes by in a document: its own for each folder, the same on every computer."""
    mark = crc32(f"{file.parent.name}/{file.name}".encode())
    return f"{file.name.split('.')[0]}-{mark:08x}"
