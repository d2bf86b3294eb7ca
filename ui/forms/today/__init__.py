"""The day: what presses, and what stands beside it."""
