"""Questionnaires on paper: a blank in large print, and the totals with bars."""
