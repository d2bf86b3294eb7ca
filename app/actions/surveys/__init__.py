"""Questionnaires: asked at the door, counted, printed, taken in from paper."""
