"""A block of a page: how high it is and how to draw it. Pages are stacks of blocks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.documents.paper import Sheet

RULE_ROOM = 7.0


@dataclass(frozen=True)
class Block:
    """`draw(top)` fills `height` points below `top`; `gap` is the least space above it.

    A `ruled` block has a line above it, unless the block before is `closed` by one of its own.
    """

    height: float
    draw: Callable[[float], None]
    gap: float = 6.0
    ruled: bool = False
    closed: bool = False

    @property
    def full(self) -> float:
        """Its height with the room for its line."""
        return self.height + (RULE_ROOM if self.ruled else 0)


def stack(blocks: Sequence[Block]) -> float:
    """The height of `blocks` under each other, with the least space between them."""
    return sum(block.full for block in blocks) + sum(block.gap for block in blocks[1:])


def flowed(head: Callable[[int], Block], blocks: Sequence[Block], room: float) -> list[list[Block]]:
    """`blocks` on as many pages as they need, in order; each page begins with `head` of its number (from 0).

    A block that is higher than `room` stands alone under its head.
    """
    left = list(blocks)
    pages: list[list[Block]] = []
    while left:
        page = [head(len(pages)), left.pop(0)]
        while left and stack([*page, left[0]]) <= room:
            page.append(left.pop(0))
        pages.append(page)
    return pages


def draw_down(
    sheet: Sheet, blocks: Sequence[Block], slack: float, *, most: float = 12.0, top: float | None = None
) -> None:
    """Draw `blocks` from `top`, sharing `slack` points between them, at most `most` each."""
    top = sheet.top if top is None else top
    extra = min(slack / max(len(blocks) - 1, 1), most)
    for index, block in enumerate(blocks):
        top += block.gap + extra if index else 0
        if block.ruled:
            if not (index and blocks[index - 1].closed):
                sheet.rule(top)
            top += RULE_ROOM
        block.draw(top)
        top += block.height
