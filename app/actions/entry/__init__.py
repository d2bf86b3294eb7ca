"""Who may come in: passphrases, keys, the county's way in, enrolment."""
