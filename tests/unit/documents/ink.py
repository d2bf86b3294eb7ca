"""One drawing as black and white pixels, fast enough to hold every pictogram against every other."""

from __future__ import annotations

from dataclasses import dataclass, field

SIDE = 160  # pixels; 20 mm at 200 dpi, and a little paper around
WHOLE = (1 << SIDE * SIDE) - 1
BLACK = b"1" * 128 + b"0" * 128


@dataclass(frozen=True)
class Ink:
    """The black pixels of one drawing as the bits of one number, row after row."""

    bits: int = field(repr=False)  # too long to be written out

    @classmethod
    def of(cls, grey: bytes) -> Ink:
        """From `SIDE` times `SIDE` bytes of grey, 0 black."""
        return cls(int(grey.translate(BLACK), 2))

    @property
    def amount(self) -> int:
        return self.bits.bit_count()

    def grown(self, by: int) -> Ink:
        """Every line thicker by `by` pixels on each side."""
        bits = self.bits
        for _ in range(by):
            bits |= bits << 1 | bits >> 1
            bits |= (bits << SIDE | bits >> SIDE) & WHOLE
        return Ink(bits & WHOLE)

    def worn(self, by: int) -> Ink:
        """Every line thinner by `by` pixels on each side."""
        return self.paper.grown(by).paper

    @property
    def paper(self) -> Ink:
        """What is white, as ink."""
        return Ink(WHOLE & ~self.bits)

    def outside(self, other: Ink) -> float:
        """The share of this ink that `other` does not cover."""
        return (self.bits & ~other.bits).bit_count() / self.amount
