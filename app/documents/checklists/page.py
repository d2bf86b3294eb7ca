"""What is the same on every page of one printing, and one page planned before anything is drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from app.documents.block import Block
from app.documents.paper import Sheet
from app.domain.checklists.checklist import Checklist
from app.domain.checklists.layout import Layout


@dataclass(frozen=True)
class Printed:
    """One printing of one list."""

    sheet: Sheet
    checklist: Checklist
    on: date
    draft: bool
    layout: Layout


@dataclass(frozen=True)
class Page:
    """One page planned: which step it belongs to, which sheet of it, and its blocks above the foot.

    `title` is its line in the reader's contents, "" for a page that goes on.
    """

    step: int
    sheet: int
    blocks: tuple[Block, ...]
    title: str = ""


Plan = Callable[[Printed], list[Page]]
