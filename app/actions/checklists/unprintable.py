"""What the printer cannot put on paper, told before it is a square on an old woman's list."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from app.domain.checklists.checklist import Checklist
from app.domain.checklists.preflight import Trap
from app.domain.record import to_body


def traps(checklist: Checklist, fonts: Path | None) -> tuple[Trap, ...]:
    """One for each text that holds a character no font here has; `fonts` is the office's own folder."""
    return tuple(_trap(words, n) for words, n in _lacking(checklist, fonts))


def _trap(words: str, lacking: int) -> Trap:
    said = f"“{words}”里有 {lacking} 个字这台电脑印不出，纸上是“□”。"
    return Trap("W00", said, "打出来用笔把字写上。想印得出，请县里把字体装进来。")


def _lacking(checklist: Checklist, fonts: Path | None) -> Iterator[tuple[str, int]]:
    from app.documents.typography.faces import missing_characters

    for words in dict.fromkeys(_said(to_body(checklist))):
        if lacking := missing_characters(words, fonts):
            yield words, len(lacking)


def _said(value: object) -> Iterator[str]:
    """Every text in a record's body."""
    match value:
        case str():
            yield value
        case dict():
            for inner in value.values():
                yield from _said(inner)
        case list() | tuple():
            for inner in value:
                yield from _said(inner)
