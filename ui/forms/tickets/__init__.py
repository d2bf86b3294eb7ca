"""First-visit tickets: the board, a new one, one with its story, calls."""
