"""Application papers: chosen, made, looked at, taken out."""
