"""A fictional village, deterministic from a seed: people, households, a past, and the demo's story."""

from demo.village.village import Village, generate

__all__ = ["Village", "generate"]
