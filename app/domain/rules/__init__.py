"""Benefit rules: what may be asked of a family, and the answer with its reasons."""
