"""The only room that knows SQL: the encrypted file, its migrations, and every record in it."""

from app.store.store import Store

__all__ = ["Store"]
