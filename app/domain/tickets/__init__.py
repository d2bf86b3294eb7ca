"""First-visit tickets: their machine, and the calls that follow."""
