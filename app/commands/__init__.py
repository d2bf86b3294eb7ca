"""Support commands by subject; each module has `add(commands)` and registers what it can do."""
