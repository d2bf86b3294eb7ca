"""Ten years of the fictional village: what a store holds when its worker has used it for so long."""

from demo.village.years.fill import DECADE, Size, fill

__all__ = ["DECADE", "Size", "fill"]
