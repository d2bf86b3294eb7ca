"""Seeded bugs: each breaks one rule of the protocol on purpose, and must be noticed."""
