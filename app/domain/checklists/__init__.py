"""Pictorial checklists: what is on one, how it is begun, and which trips would be in vain."""
