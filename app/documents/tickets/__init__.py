"""Papers of a first-visit ticket: the slip a citizen keeps, and the sheet for the file."""
