"""Application papers: what is chosen, and the very papers beside it."""
