"""The village's registers on paper."""
