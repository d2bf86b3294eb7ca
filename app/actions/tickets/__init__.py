"""First-visit tickets: registered, decided, answered, called back about."""
