"""The county's schema, one file a step; files are numbered, run once, and never changed after release."""
