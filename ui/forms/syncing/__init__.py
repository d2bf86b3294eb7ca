"""The page of sync, and enrolling again."""
