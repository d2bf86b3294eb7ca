"""How many children, adults and old people live in each household, so that the village's totals hold.

Households are first drawn from what is common in the hills; then single households are exchanged for
others of the same size until the totals of children and old people are met exactly.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass

CHILD_YEARS, OLD_YEARS = 15, 60


@dataclass(frozen=True)
class Shape:
    """`children` under 15, `adults` 15–59, `old` 60 and over."""

    children: int
    adults: int
    old: int

    @property
    def size(self) -> int:
        return self.children + self.adults + self.old


def _shapes(text: str) -> tuple[tuple[Shape, ...], tuple[int, ...]]:
    shapes, weights = [], []
    for entry in text.split():
        counts, weight = entry.split("*")
        shapes.append(Shape(*(int(digit) for digit in counts)))
        weights.append(int(weight))
    return tuple(shapes), tuple(weights)


# children adults old * weight
COMMON = {
    2: _shapes("002*5 020*6 110*1 011*3 101*1"),
    3: _shapes("120*5 030*5 021*3 012*2 102*1 210*1"),
    4: _shapes("220*3 040*4 121*3 022*3 130*4 031*2 202*1"),
    5: _shapes("122*4 221*3 041*3 032*4 140*4 230*2 131*4"),
    6: _shapes("222*3 132*4 042*2 141*4 231*2 150*2"),
    7: _shapes("232*3 142*4 052*1 241*2 151*2"),
}


def shapes(
    rng: random.Random, sizes: Mapping[int, int], children: int, old: int, old_alone: int
) -> list[Shape]:
    """Shapes for `sizes` (size → households) holding exactly `children` and `old` people.

    `old_alone` of the households of one are an old person's, the others an adult's.
    """
    alone = sizes.get(1, 0)
    assert 0 <= old_alone <= alone
    found = [Shape(0, 0, 1)] * old_alone + [Shape(0, 1, 0)] * (alone - old_alone)
    shared: list[Shape] = []
    for size in sorted(COMMON):
        choices, weights = COMMON[size]
        shared.extend(rng.choices(choices, weights, k=sizes.get(size, 0)))
    _exchange(rng, shared, children, old - old_alone)
    return found + shared


def _exchange(rng: random.Random, shared: list[Shape], children: int, old: int) -> None:
    missing_children = children - sum(shape.children for shape in shared)
    missing_old = old - sum(shape.old for shape in shared)
    while missing_children or missing_old:
        place = rng.randrange(len(shared))
        now = shared[place]
        then = rng.choice(COMMON[now.size][0])
        more_children, more_old = then.children - now.children, then.old - now.old
        before = abs(missing_children) + abs(missing_old)
        after = abs(missing_children - more_children) + abs(missing_old - more_old)
        if after < before or (after == before and rng.random() < 0.2):
            shared[place] = then
            missing_children -= more_children
            missing_old -= more_old
