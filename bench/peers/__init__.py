"""Sync beside what others use: the same records, the same line, in one run."""
