"""The county's reports on the screen: which, of when, split how, and what stands behind a figure."""
