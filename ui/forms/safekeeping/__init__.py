"""Backups, restoring, checking, recovery code, passphrase."""
