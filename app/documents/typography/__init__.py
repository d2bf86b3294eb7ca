"""Faces, fonts and lines: how Chinese is set."""
