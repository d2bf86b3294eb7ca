"""Policy: items, certificates not to issue, where each fact is from."""
