"""Application papers and notices: what stands on them, and what may not."""
