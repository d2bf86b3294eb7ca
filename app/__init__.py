"""What the program knows: facts, rules, the encrypted store, papers. No Qt and no network here."""
