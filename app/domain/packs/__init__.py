"""Policy packs: the facts a county publishes, and reading them from tables."""
