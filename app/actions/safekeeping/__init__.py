"""Backups, restoring, salvage, and proving that everything is whole."""
