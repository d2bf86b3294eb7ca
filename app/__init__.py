"""What the program knows: facts, rules, the encrypted store, papers. No Qt and no network here."""

RELEASE = "0.1.0"
