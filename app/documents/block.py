"""A block of a page: how high it is and how to draw it. Pages are stacks of blocks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.documents.paper import TOP


@dataclass(frozen=True)
class Block:
    """`draw(top)` fills `height` points below `top`; `gap` is the least space above it."""

    height: float
    draw: Callable[[float], None]
    gap: float = 6.0


def stack(blocks: Sequence[Block]) -> float:
    """The height of `blocks` under each other, with the least space between them."""
    return sum(block.height for block in blocks) + sum(block.gap for block in blocks[1:])


def draw_down(blocks: Sequence[Block], slack: float, *, most: float = 12.0, top: float = TOP) -> None:
    """Draw `blocks` from `top`, sharing `slack` points between them, at most `most` each."""
    extra = min(slack / max(len(blocks) - 1, 1), most)
    for index, block in enumerate(blocks):
        top += block.gap + extra if index else 0
        block.draw(top)
        top += block.height
