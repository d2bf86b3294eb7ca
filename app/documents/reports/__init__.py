"""The county's reports on paper."""
