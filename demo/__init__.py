"""The whole job on a fictional village, with every real part in its place: for watching, and for journeys."""
